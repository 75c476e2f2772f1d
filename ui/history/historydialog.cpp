// SPDX-License-Identifier: MIT
#include "ui/history/historydialog.h"

#include "core/models/historytablemodel.h"
#include "core/tasks/historyimport.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "core/text/quantities.h"
#include "core/text/requesttext.h"
#include "ui/common/dialogparts.h"
#include "ui/history/historydelegate.h"
#include "ui/history/historyrange.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

namespace taskreel {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = HistoryImport::State;
using Column = HistoryTableModel::Column;

namespace {

QString number(qint64 value)
{
    return QLocale().toString(value);
}

} // namespace

HistoryDialog::HistoryDialog(const Services &services, QWidget *parent)
    : QDialog(parent)
    , m_services(services)
    , m_model(new HistoryTableModel(services.history, services.repository, this))
    , m_range(new HistoryRange(knownModels(), this))
    , m_table(new QTableView(this))
    , m_summary(new QLabel(this))
    , m_progress(new QProgressBar(this))
{
    setObjectName(u"historyDialog"_s);
    setWindowTitle(tr("Import from history"));
    makeTable();
    makeButtons();
    layOut();
    resize(920, 560);
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, &HistoryDialog::showState);
    connect(services.history, &HistoryImport::stateChanged, this, &HistoryDialog::showState);
    connect(services.poller, &TaskPoller::holdChanged, this, &HistoryDialog::showState);
    connect(m_model, &HistoryTableModel::newCountChanged, this, &HistoryDialog::showState);
    showState();
}

void HistoryDialog::makeTable()
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new HistoryDelegate(m_services.theme, m_table));
    m_table->setObjectName(u"historyTasks"_s);
    m_table->setAccessibleName(tr("History tasks"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(28);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setStretchLastSection(true);
    const std::pair<Column, int> widths[] = {{Column::Here, 105},  {Column::Created, 120},
                                             {Column::Model, 95}, {Column::Type, 140},
                                             {Column::Status, 100}};
    for (const auto &[column, width] : widths)
        header->resizeSection(int(column), width);
}

void HistoryDialog::makeButtons()
{
    m_search = makeDialogButton(tr("Search history"), u"historySearch"_s, this);
    m_stop = makeDialogButton(tr("Stop"), u"historyStop"_s, this);
    m_resume = makeDialogButton(tr("Go on"), u"historyResume"_s, this);
    m_enterKey = makeDialogButton(tr("Enter API key"), u"historyEnterKey"_s, this);
    m_import = makeDialogButton(tr("Import"), u"historyImport"_s, this);
    m_close = makeDialogButton(tr("Close"), u"historyClose"_s, this);
    m_search->setDefault(true);
    makePrimary(m_import);
    connect(m_search, &QPushButton::clicked, this, &HistoryDialog::start);
    connect(m_stop, &QPushButton::clicked, m_services.history, &HistoryImport::stop);
    connect(m_resume, &QPushButton::clicked, m_services.history, &HistoryImport::resume);
    connect(m_enterKey, &QPushButton::clicked, this, &HistoryDialog::enterKeyRequested);
    connect(m_import, &QPushButton::clicked, this, &HistoryDialog::importNew);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
}

void HistoryDialog::layOut()
{
    setUpSummary(m_summary, tr("History summary"), u"historySummary"_s);
    setUpProgressLine(m_progress, tr("History progress"), u"historyProgress"_s);

    auto *top = new QHBoxLayout;
    top->setSpacing(measure::kGap);
    top->addWidget(m_range, 1);
    top->addWidget(m_search);
    top->addWidget(m_stop);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(measure::kGap);
    foot->addWidget(m_summary, 1);
    foot->addWidget(m_enterKey);
    foot->addWidget(m_resume);
    foot->addWidget(m_import);
    foot->addWidget(m_close);
    auto *column = new QVBoxLayout(this);
    constexpr int kMargin = measure::kMargin + measure::kGrid;
    column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    column->setSpacing(measure::kGap);
    column->addLayout(top);
    column->addWidget(m_progress);
    column->addWidget(m_table, 1);
    column->addLayout(foot);
}

QStringList HistoryDialog::knownModels() const
{
    QStringList models;
    const QStringList ids = m_services.repository->ids();
    for (const QString &id : ids) {
        const TaskSummary *row = m_services.repository->find(id);
        if (row && !row->model.isEmpty() && !models.contains(row->model))
            models.append(row->model);
    }
    std::ranges::sort(models);
    return models;
}

void HistoryDialog::start()
{
    m_services.history->start(m_range->query());
}

void HistoryDialog::importNew()
{
    const QStringList ids = m_services.history->newIds();
    accept();
    Q_EMIT importRequested(ids);
}

void HistoryDialog::done(int result)
{
    m_services.history->stop();
    QDialog::done(result);
}

void HistoryDialog::showState()
{
    const HistoryImport *history = m_services.history;
    const bool runs = history->state() == State::Running;
    m_range->setEnabled(!runs);
    m_search->setVisible(!runs);
    m_stop->setVisible(runs);
    m_resume->setVisible(history->state() == State::Failed || history->state() == State::Stopped);
    const ErrorKind kind = history->error().kind;
    m_enterKey->setVisible(kind == ErrorKind::NoKey || kind == ErrorKind::KeyRefused);
    const int fresh = m_model->newCount();
    m_import->setEnabled(fresh > 0);
    //: on a button; %1: how many tasks
    m_import->setText(fresh > 0 ? tr("Import %1 new").arg(number(fresh)) : tr("Import"));
    QPushButton *primary = fresh > 0 && !runs ? m_import : m_search;
    primary->setDefault(true);
    const QString words = summary();
    m_summary->setText(words);
    m_summary->setAccessibleDescription(words);
    showProgress();
    if (runs && m_services.poller->pausedUntil().isValid())
        m_second.start();
    else
        m_second.stop();
}

void HistoryDialog::showProgress()
{
    const HistoryImport *history = m_services.history;
    m_progress->setVisible(history->state() == State::Running);
    // What it claims may be wrong, and it is more than what is shown when it ignores the range.
    const qint64 total = std::clamp<qint64>(history->total(), 0, 1'000'000);
    const qint64 read = qint64(history->pages()) * HistoryQuery::kLargestPage;
    m_progress->setRange(0, read < total ? int(total) : 0);
    m_progress->setValue(read < total ? int(read) : 0);
}

QString HistoryDialog::foundText() const
{
    //: %1 tasks are in the account's history, %2 of them are not in the list yet
    return tr("%1 found, %2 new")
            .arg(number(m_model->rowCount()), number(m_model->newCount()));
}

QString HistoryDialog::summary() const
{
    const HistoryImport *history = m_services.history;
    const QDateTime until = m_services.poller->pausedUntil();
    const bool none = m_model->rowCount() == 0;
    switch (history->state()) {
    case State::Idle:
        return tr("The service lists the tasks of your account. What is not here yet can be added.");
    case State::Running:
        if (until.isValid()) {
            const qint64 ms = QDateTime::currentDateTimeUtc().msecsTo(until);
            //: %1: "212 found, 180 new", %2: a time span
            return tr("%1 · the service asks for a pause, going on in %2")
                    .arg(foundText(), countdownText(std::max<qint64>(ms, 0)));
        }
        return none ? tr("Reading the history…") : tr("%1 so far…").arg(foundText());
    case State::Finished:
        if (none)
            return tr("The history has no task of this model in this period.");
        if (m_model->newCount() == 0)
            return tr("%1 found, and all of them are here already.").arg(number(m_model->rowCount()));
        return foundText();
    case State::Stopped:
        return none ? tr("It was stopped before anything was found.")
                    : tr("%1 until it was stopped").arg(foundText());
    case State::Failed:
        break;
    }
    const QString why = historyErrorSentence(history->error());
    return none ? why : foundText() + u". "_s + why;
}

} // namespace taskreel
