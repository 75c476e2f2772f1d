// SPDX-License-Identifier: MIT
#include "ui/window/taskactions.h"

#include "core/appcontext.h"
#include "core/downloads/downloadqueue.h"
#include "core/downloads/downloadplan.h"
#include "core/models/taskcriteria.h"
#include "core/models/taskfilter.h"
#include "core/settings/appsettings.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "ui/common/actionregistry.h"
#include "ui/desktop/openexternally.h"
#include "ui/details/detailpane.h"
#include "ui/list/listpane.h"
#include "ui/list/selectedinorder.h"
#include "ui/list/taskselection.h"
#include "ui/window/actionids.h"

#include <QClipboard>
#include <QGuiApplication>
#include <algorithm>

namespace taskreel {

using namespace Qt::StringLiterals;

TaskActions::TaskActions(AppContext *context, ActionRegistry *actions, TaskSelection *selection,
                         QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_actions(actions)
    , m_selection(selection)
{
    addTaskActions();
    addDownloadActions();
    addPlaybackActions();
    addSettingActions();
    connect(selection, &TaskSelection::selectedChanged, this, &TaskActions::update);
    connect(selection, &TaskSelection::currentChanged, this, &TaskActions::update);
    connect(context->repository(), &TaskRepository::tasksChanged, this, &TaskActions::updateCancel);
    connect(context->filter(), &TaskFilter::countsChanged, this, &TaskActions::update);
    connect(context->downloads(), &DownloadQueue::totalsChanged, this, &TaskActions::update);
    update();
}

void TaskActions::attach(ListPane *list, DetailPane *pane)
{
    m_list = list;
    m_pane = pane;
    connect(pane, &DetailPane::currentChanged, this, &TaskActions::update);
    // Home and End belong to the list when it has the focus, to the clip on the stage.
    for (const auto id : {actionid::kToStart, actionid::kToEnd, actionid::kPreviousWork,
                          actionid::kNextWork})
        pane->stage()->addAction(m_actions->action(id));
    update();
}

void TaskActions::addTaskActions()
{
    m_actions->add({.id = paneaction::kCheckNow,
                    .text = tr("&Check now"),
                    .iconName = u"view-refresh"_s,
                    .shortcuts = {QKeySequence(Qt::Key_F5)}},
                   this, [this] { m_context->poller()->checkNow(selectedIds()); });
    m_actions->add({.id = actionid::kCheckAll,
                    .text = tr("Check &all unfinished now"),
                    .shortcuts = {QKeySequence(Qt::CTRL | Qt::Key_F5)}},
                   this, [this] { m_context->poller()->checkNow(); });
    m_actions->add({.id = actionid::kCancelOnServer,
                    .text = tr("Cancel on ser&ver…"),
                    .iconName = u"process-stop"_s},
                   this, [this] { Q_EMIT cancelRequested(pendingIds()); });
    m_actions->add({.id = paneaction::kCopyId,
                    .text = tr("Copy &ID"),
                    .iconName = u"edit-copy"_s,
                    .shortcuts = {QKeySequence::Copy}},
                   this, [this] { copyIds(); });
    m_actions->add({.id = paneaction::kCopyLink,
                    .text = tr("Copy &link"),
                    .iconName = u"edit-copy"_s,
                    .shortcuts = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)}},
                   this, [this] { copyLink(); });
    m_actions->add({.id = paneaction::kOpenInBrowser,
                    .text = tr("Open in &browser"),
                    .iconName = u"internet-web-browser"_s},
                   this, [this] { openLink(); });
    m_actions->add({.id = paneaction::kShowInFolder,
                    .text = tr("Show in &folder"),
                    .iconName = u"folder"_s,
                    .shortcuts = {QKeySequence(Qt::CTRL | Qt::Key_Return)}},
                   this, [this] { showSavedFile(); });
    m_actions->add({.id = actionid::kRemove,
                    .text = tr("&Remove from list"),
                    .iconName = u"edit-delete"_s,
                    .shortcuts = {QKeySequence::Delete}},
                   this, [this] { Q_EMIT removeRequested(selectedIds()); });
    m_actions->add({.id = actionid::kNextTask,
                    .text = tr("&Next task"),
                    .shortcuts = {QKeySequence(Qt::Key_J)},
                    .singleKey = true},
                   this, [this] { m_list->moveCurrent(1); });
    m_actions->add({.id = actionid::kPreviousTask,
                    .text = tr("&Previous task"),
                    .shortcuts = {QKeySequence(Qt::Key_K)},
                    .singleKey = true},
                   this, [this] { m_list->moveCurrent(-1); });
}

void TaskActions::addDownloadActions()
{
    m_actions->add({.id = paneaction::kDownload,
                    .text = tr("&Download"),
                    .iconName = u"document-save"_s,
                    .shortcuts = {QKeySequence(Qt::Key_D)},
                    .singleKey = true},
                   this, [this] { downloadWork(wish()); });
    m_actions->add({.id = actionid::kDownloadSelected,
                    .text = tr("Download &selected"),
                    .iconName = u"document-save"_s,
                    .shortcuts = {QKeySequence(Qt::CTRL | Qt::Key_D)}},
                   this, [this] { downloadSelected(wish()); });
    m_actions->add({.id = actionid::kDownloadAll,
                    .text = tr("Download &all completed"),
                    .iconName = u"document-save-all"_s,
                    .shortcuts = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D)}},
                   this, [this] { downloadAll(wish()); });
    m_actions->add({.id = actionid::kDownloadUnsaved, .text = tr("Download everything &not yet saved")}, this,
                   [this] { downloadUnsaved(); });
    m_actions->add({.id = actionid::kDownloadWorkBoth, .text = tr("This work, both versions")}, this,
                   [this] { downloadWork(VariantWish::Both); });
    m_actions->add({.id = actionid::kDownloadSelectedBoth, .text = tr("Selected, both versions")}, this,
                   [this] { downloadSelected(VariantWish::Both); });
    m_actions->add({.id = actionid::kDownloadAllBoth, .text = tr("All completed, both versions")}, this,
                   [this] { downloadAll(VariantWish::Both); });
    m_actions->add({.id = actionid::kCancelDownloads,
                    .text = tr("&Cancel downloads"),
                    .iconName = u"process-stop"_s},
                   this, [this] { m_context->downloads()->cancelAll(); });
}

void TaskActions::addPlaybackActions()
{
    struct Key
    {
        QLatin1StringView id;
        QString text;
        QString icon;
        QList<QKeySequence> keys;
        void (*act)(DetailPane *);
    };
    const Key keys[] = {
        {actionid::kPlay, tr("&Play or pause"), u"media-playback-start"_s, {Qt::Key_Space},
         [](DetailPane *p) { p->togglePlaying(); }},
        {actionid::kStepBack, tr("One frame &back"), {}, {Qt::Key_Comma},
         [](DetailPane *p) { p->stepFrames(-1); }},
        {actionid::kStepForward, tr("One frame &on"), {}, {Qt::Key_Period},
         [](DetailPane *p) { p->stepFrames(1); }},
        {actionid::kSecondBack, tr("One second back"), {}, {Qt::Key_Left},
         [](DetailPane *p) { p->seekBy(-1000); }},
        {actionid::kSecondForward, tr("One second on"), {}, {Qt::Key_Right},
         [](DetailPane *p) { p->seekBy(1000); }},
        {actionid::kSlower, tr("&Slower"), {}, {Qt::Key_BracketLeft},
         [](DetailPane *p) { p->slowDown(); }},
        {actionid::kFaster, tr("&Faster"), {}, {Qt::Key_BracketRight},
         [](DetailPane *p) { p->speedUp(); }},
        {actionid::kStageFullScreen, tr("Picture &full screen"), u"view-fullscreen"_s, {Qt::Key_F},
         [](DetailPane *p) { p->toggleFullScreen(); }},
    };
    for (const Key &key : keys) {
        m_actions->add({.id = key.id, .text = key.text, .iconName = key.icon, .shortcuts = key.keys,
                        .singleKey = true},
                       this, [this, act = key.act] { act(m_pane); });
    }
    const Key stageKeys[] = {
        {actionid::kToStart, tr("To the s&tart"), {}, {Qt::Key_Home},
         [](DetailPane *p) { p->seekToStart(); }},
        {actionid::kToEnd, tr("To the &end"), {}, {Qt::Key_End}, [](DetailPane *p) { p->seekToEnd(); }},
        {actionid::kPreviousWork, tr("Pre&vious work"), {}, {Qt::Key_PageUp},
         [](DetailPane *p) { p->previousWork(); }},
        {actionid::kNextWork, tr("&Next work"), {}, {Qt::Key_PageDown},
         [](DetailPane *p) { p->nextWork(); }},
    };
    for (const Key &key : stageKeys) {
        m_actions->add({.id = key.id, .text = key.text, .shortcuts = key.keys,
                        .context = Qt::WidgetWithChildrenShortcut},
                       this, [this, act = key.act] { act(m_pane); });
    }
}

void TaskActions::addSettingActions()
{
    AppSettings *settings = m_context->settings();
    const auto add = [this, settings](QLatin1StringView id, const QString &text, Qt::Key key, bool on,
                                      void (AppSettings::*set)(bool),
                                      void (AppSettings::*changed)(bool)) {
        QAction *action = m_actions->add({.id = id, .text = text, .shortcuts = {QKeySequence(key)},
                                          .checkable = true, .singleKey = true},
                                         this, nullptr);
        action->setChecked(on);
        connect(action, &QAction::toggled, settings, set);
        connect(settings, changed, action, &QAction::setChecked);
    };
    add(actionid::kWithoutWatermark, tr("&Without watermark"), Qt::Key_T, settings->withoutWatermark(),
        &AppSettings::setWithoutWatermark, &AppSettings::withoutWatermarkChanged);
    add(actionid::kLoop, tr("&Loop"), Qt::Key_L, settings->loop(), &AppSettings::setLoop,
        &AppSettings::loopChanged);
    add(actionid::kMute, tr("&Mute"), Qt::Key_M, settings->muted(), &AppSettings::setMuted,
        &AppSettings::mutedChanged);
}

QStringList TaskActions::selectedIds() const
{
    return selectedInOrder(*m_context->filter(), *m_selection);
}

QStringList TaskActions::pendingIds() const
{
    QStringList ids = selectedIds();
    ids.removeIf([this](const QString &id) {
        const TaskSummary *row = m_context->repository()->find(id);
        return !row || row->status != TaskStatus::Pending;
    });
    return ids;
}

VariantWish TaskActions::wish() const
{
    return m_context->settings()->withoutWatermark() ? VariantWish::Unwatermarked
                                                     : VariantWish::Watermarked;
}

void TaskActions::downloadWork(VariantWish wish)
{
    if (m_pane && m_pane->hasWork())
        m_context->downloads()->saveWork(m_pane->currentTaskId(), m_pane->currentWorkKey(), wish);
}

void TaskActions::downloadSelected(VariantWish wish)
{
    m_context->downloads()->saveTasks(selectedIds(), wish);
}

void TaskActions::downloadAll(VariantWish wish)
{
    QStringList completed;
    const QStringList ids = m_context->repository()->ids();
    for (const QString &id : ids) {
        const TaskSummary *row = m_context->repository()->find(id);
        if (row && row->status == TaskStatus::Completed)
            completed.append(id);
    }
    m_context->downloads()->saveTasks(completed, wish);
}

/// Of what is saved in part, the works that lack; what was rejected need not be saved.
void TaskActions::downloadUnsaved()
{
    TaskRepository *repository = m_context->repository();
    QStringList whole;
    const QStringList ids = repository->ids();
    for (const QString &id : ids) {
        const TaskSummary *row = repository->find(id);
        if (!isUnsaved(*row) || row->saveState == SaveState::Saving || row->marks.rejected)
            continue;
        QSet<AssetId> saved;
        for (const StoredFile &file : repository->savedFiles(id))
            saved.insert(file.asset);
        saved -= repository->lostFiles(id);
        const std::optional<Task> task = saved.isEmpty() ? std::nullopt : repository->task(id);
        if (!task) {
            whole.append(id);
            continue;
        }
        const QStringList works = unsavedWorks(*task, saved, wish());
        for (const QString &work : works)
            m_context->downloads()->saveWork(id, work, wish());
    }
    if (!whole.isEmpty())
        m_context->downloads()->saveTasks(whole, wish());
}

void TaskActions::copyIds()
{
    const QStringList ids = selectedIds();
    if (ids.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(ids.join(u'\n'));
    Q_EMIT said(tr("%n ID(s) copied", nullptr, int(ids.size())));
}

void TaskActions::copyLink()
{
    const QString link = m_pane ? m_pane->currentLink() : QString();
    if (link.isEmpty())
        return;
    // Whole, with its signature: who copies a link wants one that works.
    QGuiApplication::clipboard()->setText(link);
    Q_EMIT said(tr("Link copied. It stops working some time after the task has ended."));
}

void TaskActions::showSavedFile()
{
    const QString path = m_pane ? m_pane->savedPath() : QString();
    if (!path.isEmpty() && !showInFolder(path))
        Q_EMIT said(tr("The saved file is no longer there. Download it again."));
}

void TaskActions::openLink()
{
    const QString link = m_pane ? m_pane->currentLink() : QString();
    if (!link.isEmpty() && !openInBrowser(link.toUtf8()))
        Q_EMIT said(tr("This link could not be opened in a browser. Copy it instead."));
}

void TaskActions::enable(const QString &id, bool enabled)
{
    m_actions->action(id)->setEnabled(enabled);
}

void TaskActions::update()
{
    const bool some = !m_selection->selected().isEmpty();
    const bool work = m_pane && m_pane->hasWork();
    const bool link = m_pane && !m_pane->currentLink().isEmpty();
    const bool saved = m_pane && !m_pane->savedPath().isEmpty();
    const DownloadTotals totals = m_context->downloads()->totals();
    for (const auto id : {paneaction::kCopyId, actionid::kRemove, actionid::kDownloadSelected,
                          actionid::kDownloadSelectedBoth})
        enable(id, some);
    enable(paneaction::kCopyLink, link);
    enable(paneaction::kOpenInBrowser, link);
    enable(paneaction::kShowInFolder, saved);
    enable(paneaction::kDownload, work);
    enable(actionid::kDownloadWorkBoth, work);
    const bool completed = m_context->filter()->counts().completed > 0;
    enable(actionid::kDownloadAll, completed);
    enable(actionid::kDownloadAllBoth, completed);
    enable(actionid::kDownloadUnsaved, m_context->filter()->counts().notSaved > 0);
    enable(actionid::kCancelDownloads, totals.waiting + totals.running > 0);
    updateCancel();
}

void TaskActions::updateCancel()
{
    const QSet<QString> &selected = m_selection->selected();
    const bool pending = std::any_of(selected.cbegin(), selected.cend(), [this](const QString &id) {
        const TaskSummary *row = m_context->repository()->find(id);
        return row && row->status == TaskStatus::Pending;
    });
    enable(actionid::kCancelOnServer, pending);
}

} // namespace taskreel
