// SPDX-License-Identifier: MIT
#include "ui/downloads/verifydialog.h"

#include "core/downloads/downloadqueue.h"
#include "core/downloads/libraryverifier.h"
#include "core/models/verifytablemodel.h"
#include "core/text/quantities.h"
#include "ui/common/dialogparts.h"
#include "ui/desktop/openexternally.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableView>

#include <numeric>

namespace taskreel {

using namespace Qt::StringLiterals;
using State = LibraryVerifier::State;
using Column = VerifyTableModel::Column;

namespace {

constexpr int kProgressSteps = 1000;

QString number(qint64 value)
{
    return QLocale().toString(value);
}

/// A prompt is told by its beginning, a file's name and its folder by their end, too.
class ElidingDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const bool prompt = index.column() == static_cast<int>(Column::Prompt);
        option->textElideMode = prompt ? Qt::ElideRight : Qt::ElideMiddle;
    }
};

} // namespace

VerifyDialog::VerifyDialog(const Services &services, QWidget *parent)
    : QDialog(parent), m_services(services),
      m_model(new VerifyTableModel(services.verifier, services.queue, services.repository, this)),
      m_table(new QTableView(this)), m_summary(new QLabel(this)), m_progress(new QProgressBar(this))
{
    setObjectName(u"verifyDialog"_s);
    setWindowTitle(tr("Verify library"));
    makeTable();
    makeButtons();
    layOut();
    resize(860, 480);
    connect(services.verifier, &LibraryVerifier::stateChanged, this, &VerifyDialog::showState);
    connect(services.verifier, &LibraryVerifier::progressed, this, &VerifyDialog::showProgress);
    connect(m_model, &VerifyTableModel::savingChanged, this, &VerifyDialog::showProgress);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &VerifyDialog::showButtons);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &VerifyDialog::showButtons);
    start();
    showState();
}

void VerifyDialog::makeTable()
{
    m_table->setModel(m_model);
    m_table->setObjectName(u"verifyFiles"_s);
    m_table->setAccessibleName(tr("Files that are not fine"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setItemDelegate(new ElidingDelegate(m_table));
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(28);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setStretchLastSection(true);
    const std::pair<Column, int> widths[] = {
        {Column::Finding, 120}, {Column::File, 260}, {Column::Prompt, 220}};
    for (const auto &[column, width] : widths)
        header->resizeSection(static_cast<int>(column), width);
}

void VerifyDialog::makeButtons()
{
    m_stop = makeDialogButton(tr("Stop"), u"verifyStop"_s, this);
    m_again = makeDialogButton(tr("Verify again"), u"verifyAgain"_s, this);
    m_show = makeDialogButton(tr("Show in folder"), u"verifyShow"_s, this);
    m_download = makeDialogButton(tr("Download again"), u"verifyDownload"_s, this);
    m_close = makeDialogButton(tr("Close"), u"verifyClose"_s, this);
    makePrimary(m_download);
    connect(m_stop, &QPushButton::clicked, m_services.verifier, &LibraryVerifier::stop);
    connect(m_again, &QPushButton::clicked, this, &VerifyDialog::start);
    connect(m_show, &QPushButton::clicked, this, &VerifyDialog::showCurrentInFolder);
    connect(m_download, &QPushButton::clicked, this, &VerifyDialog::saveAgain);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
}

void VerifyDialog::layOut()
{
    setUpSummary(m_summary, tr("Verification summary"), u"verifySummary"_s);
    setUpProgressLine(m_progress, tr("Verification progress"), u"verifyProgress"_s);
    m_progress->setRange(0, kProgressSteps);

    auto *top = new QHBoxLayout;
    top->setSpacing(measure::kGap);
    top->addWidget(m_summary, 1);
    top->addWidget(m_stop);
    top->addWidget(m_again);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(measure::kGap);
    foot->addStretch(1);
    foot->addWidget(m_show);
    foot->addWidget(m_download);
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

void VerifyDialog::start()
{
    m_services.verifier->start(m_services.queue->savedFiles());
}

bool VerifyDialog::hasSelection() const
{
    return m_table->selectionModel()->hasSelection();
}

QList<int> VerifyDialog::chosenRows() const
{
    QList<int> rows;
    if (!hasSelection()) {
        rows.resize(m_model->rowCount());
        std::iota(rows.begin(), rows.end(), 0);
        return rows;
    }
    const QModelIndexList selected = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        rows.append(index.row());
    return rows;
}

void VerifyDialog::saveAgain()
{
    m_model->saveAgain(chosenRows());
}

void VerifyDialog::showCurrentInFolder()
{
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid())
        showInFolder(m_model->path(current.row()));
}

void VerifyDialog::showState()
{
    const bool runs = m_services.verifier->state() == State::Running;
    m_stop->setVisible(runs);
    m_again->setVisible(!runs);
    m_progress->setVisible(runs);
    showProgress();
}

void VerifyDialog::showProgress()
{
    const LibraryVerifier::Progress progress = m_services.verifier->progress();
    if (progress.bytesTotal > 0)
        m_progress->setValue(
            static_cast<int>(progress.bytes * kProgressSteps / progress.bytesTotal));
    const QString words = summary();
    m_summary->setText(words);
    m_summary->setAccessibleDescription(words);
    showButtons();
}

void VerifyDialog::showButtons()
{
    m_download->setEnabled(!m_model->wanting(chosenRows()).isEmpty());
    m_download->setText(hasSelection() || m_model->rowCount() == 0 ? tr("Download again")
                                                                   : tr("Download all again"));
    const QModelIndex current = m_table->currentIndex();
    m_show->setEnabled(current.isValid() && m_model->isThere(current.row()));
}

QString VerifyDialog::progressText() const
{
    const LibraryVerifier::Progress progress = m_services.verifier->progress();
    const QString text = tr("Files: %1 of %2 · %3 of %4")
                             .arg(number(progress.files), number(progress.filesTotal),
                                  bytesText(progress.bytes), bytesText(progress.bytesTotal));
    if (progress.secondsLeft < 0)
        return text;
    //: %1: "Files: 3 of 10 · 1 GB of 5 GB", %2: a time span
    return tr("%1 · %2 left").arg(text, spanText(progress.secondsLeft * 1000));
}

QString VerifyDialog::findingsText() const
{
    const LibraryVerifier *verifier = m_services.verifier;
    QStringList parts{tr("fine: %1").arg(number(verifier->count(FileFind::Fine)))};
    const std::pair<FileFind, QString> others[] = {
        {FileFind::Missing, tr("missing: %1")},
        {FileFind::Changed, tr("changed: %1")},
        {FileFind::Unreadable, tr("cannot be read: %1")}};
    for (const auto &[find, words] : others) {
        if (const int count = verifier->count(find); count > 0)
            parts.append(words.arg(number(count)));
    }
    if (const int again = m_model->savedAgain(); again > 0)
        parts.append(tr("saved again: %1").arg(number(again)));
    return parts.join(u" · "_s);
}

QString VerifyDialog::summary() const
{
    const LibraryVerifier *verifier = m_services.verifier;
    const LibraryVerifier::Progress progress = verifier->progress();
    switch (verifier->state()) {
    case State::Idle:
        return {};
    case State::Running:
        return progressText();
    case State::Stopped:
        //: %1 and %2: how many files, %3: "fine: 20 · missing: 1"
        return tr("Stopped after %1 of %2 files. Of these – %3.")
            .arg(number(progress.files), number(progress.filesTotal), findingsText());
    case State::Finished:
        break;
    }
    if (progress.filesTotal == 0)
        return tr("Nothing has been saved yet, so there is nothing to verify.");
    if (verifier->findings().isEmpty())
        return tr("%n file(s) read: all as they were saved.", nullptr, progress.filesTotal);
    return tr("%n file(s) read", nullptr, progress.filesTotal) + u" – "_s + findingsText() + u'.';
}

} // namespace taskreel
