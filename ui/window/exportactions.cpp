// SPDX-License-Identifier: MIT
#include "ui/window/exportactions.h"

#include "core/appcontext.h"
#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"
#include "core/settings/appsettings.h"
#include "core/text/errortext.h"
#include "ui/common/actionregistry.h"
#include "ui/list/selectedinorder.h"
#include "ui/list/taskselection.h"
#include "ui/window/actionids.h"
#include "ui/window/noticeboard.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLocale>

#include <algorithm>

namespace taskreel {

using namespace Qt::StringLiterals;
using Topic = NoticeBoard::Topic;

namespace {

constexpr int kShortMs = 8'000;
constexpr int kManyTasks = 500; ///< from here on progress is worth showing

struct Kind
{
    ListFormat format;
    const char *filter; ///< of the file dialog
    QLatin1StringView suffix;
};

constexpr Kind kKinds[] = {
    {ListFormat::Csv, QT_TRANSLATE_NOOP("taskreel::ExportActions", "Table for spreadsheets (*.csv)"),
     QLatin1StringView("csv")},
    {ListFormat::Json, QT_TRANSLATE_NOOP("taskreel::ExportActions", "JSON with answers (*.json)"),
     QLatin1StringView("json")},
    {ListFormat::Markdown, QT_TRANSLATE_NOOP("taskreel::ExportActions", "Markdown table (*.md)"),
     QLatin1StringView("md")},
    {ListFormat::Ids, QT_TRANSLATE_NOOP("taskreel::ExportActions", "Task IDs (*.txt)"),
     QLatin1StringView("txt")},
    {ListFormat::Links, QT_TRANSLATE_NOOP("taskreel::ExportActions", "Links (*.txt)"),
     QLatin1StringView("txt")},
};

} // namespace

ExportActions::ExportActions(AppContext *context, ActionRegistry *actions, TaskSelection *selection,
                             QWidget *window)
    : QObject(window)
    , m_context(context)
    , m_actions(actions)
    , m_selection(selection)
    , m_window(window)
{
    addActions();
    connect(selection, &TaskSelection::selectedChanged, this, &ExportActions::update);
    connect(context->filter(), &TaskFilter::countsChanged, this, &ExportActions::update);
    update();
}

void ExportActions::attach(NoticeBoard *board)
{
    m_board = board;
}

void ExportActions::addActions()
{
    m_actions->add({.id = actionid::kExportList,
                    .text = tr("&Export list…"),
                    .iconName = u"document-export"_s,
                    .shortcuts = {QKeySequence(Qt::CTRL | Qt::Key_E)}},
                   this, [this] { chooseFile(allIds()); });
    m_actions->add({.id = actionid::kExportSelected,
                    .text = tr("E&xport selected…"),
                    .shortcuts = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)}},
                   this, [this] { chooseFile(selectedIds()); });
    const auto addCopy = [this](QLatin1StringView id, const QString &text, ListFormat format) {
        m_actions->add({.id = id, .text = text}, this,
                       [this, format] { run(selectedIds(), format, {}); });
    };
    addCopy(actionid::kCopyLinks, tr("&Links"), ListFormat::Links);
    addCopy(actionid::kCopyMarkdown, tr("&Markdown table"), ListFormat::Markdown);
    addCopy(actionid::kCopyCsv, tr("&CSV"), ListFormat::Csv);
    addCopy(actionid::kCopyJson, tr("&JSON"), ListFormat::Json);
}

QStringList ExportActions::allIds() const
{
    const TaskTableModel *model = m_context->tableModel();
    QStringList ids;
    ids.reserve(model->rowCount());
    for (int row = 0; row < model->rowCount(); ++row)
        ids.append(model->idAt(row));
    return ids;
}

QStringList ExportActions::selectedIds() const
{
    return selectedInOrder(*m_context->filter(), *m_selection);
}

void ExportActions::chooseFile(const QStringList &ids)
{
    auto *dialog = new QFileDialog(m_window, tr("Export list"));
    dialog->setObjectName(u"exportListDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    QStringList filters;
    for (const Kind &kind : kKinds)
        filters.append(tr(kind.filter));
    dialog->setNameFilters(filters);
    const auto kindOf = [filters](const QString &filter) -> const Kind & {
        return kKinds[std::max<qsizetype>(0, filters.indexOf(filter))];
    };
    const auto useSuffix = [dialog, kindOf](const QString &filter) {
        dialog->setDefaultSuffix(QString(kindOf(filter).suffix));
    };
    connect(dialog, &QFileDialog::filterSelected, dialog, useSuffix);
    useSuffix(filters.constFirst());
    dialog->selectFile(tr("tasks"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog, kindOf, ids](const QString &path) {
        run(ids, kindOf(dialog->selectedNameFilter()).format, path);
    });
    dialog->open();
}

void ExportActions::run(const QStringList &ids, ListFormat format, const QString &path)
{
    if (ids.isEmpty())
        return;
    if (m_running) {
        if (m_board)
            m_board->post(Topic::Intake,
                          {.text = tr("An export is still running. Wait for it, or cancel it.")}, kShortMs);
        return;
    }
    if (m_board)
        m_board->withdraw(Topic::Export); // the words of the last one
    m_running = new ListExport(
        m_context->repository(),
        {format, ids, m_context->settings()->withoutWatermark(), path}, this);
    connect(m_running, &ListExport::progressed, this, &ExportActions::showProgress);
    connect(m_running, &ListExport::finished, this, &ExportActions::takeResult);
    m_running->start();
}

void ExportActions::showProgress(int done, int total)
{
    if (!m_board || total < kManyTasks || done == total)
        return;
    const QString text = tr("Exporting, %1 of %2")
                             .arg(QLocale().toString(done), QLocale().toString(total));
    if (m_board->has(Topic::Export)) {
        m_board->reword(Topic::Export, text);
        return;
    }
    m_board->post(Topic::Export, {.text = text,
                                  .buttons = {{tr("Cancel"),
                                               [this] {
                                                   if (m_running)
                                                       m_running->cancel();
                                               }}},
                                  .closable = false});
}

void ExportActions::takeResult(const Result<ListExport::Outcome> &result)
{
    const QString path = m_running ? m_running->order().path : QString();
    if (m_running)
        m_running->deleteLater();
    m_running.clear();
    if (result && path.isEmpty())
        QGuiApplication::clipboard()->setText(QString::fromUtf8(result->text));
    if (!m_board)
        return;
    if (result) {
        const QString text = path.isEmpty() ? tr("%n task(s) copied", nullptr, result->tasks)
                                            : tr("%n task(s) exported", nullptr, result->tasks);
        m_board->post(Topic::Export, {.level = Notice::Level::Success, .text = text}, kShortMs);
    } else if (result.error().kind == ErrorKind::Cancelled) {
        m_board->withdraw(Topic::Export);
    } else {
        m_board->post(Topic::Export,
                      {.level = Notice::Level::Error, .text = errorSentence(result.error(), Retry::ByHand)});
    }
}

void ExportActions::update()
{
    const bool some = !m_selection->selected().isEmpty();
    for (const auto id : {actionid::kExportSelected, actionid::kCopyLinks, actionid::kCopyMarkdown,
                          actionid::kCopyCsv, actionid::kCopyJson})
        m_actions->action(id)->setEnabled(some);
    m_actions->action(actionid::kExportList)->setEnabled(m_context->filter()->counts().all > 0);
}

} // namespace taskreel
