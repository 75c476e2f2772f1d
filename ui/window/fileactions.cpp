// SPDX-License-Identifier: MIT
#include "ui/window/fileactions.h"

#include "core/appcontext.h"
#include "core/tasks/taskrepository.h"
#include "ui/common/actionregistry.h"
#include "ui/desktop/filemime.h"
#include "ui/details/detailpane.h"
#include "ui/list/listpane.h"
#include "ui/list/selectedinorder.h"
#include "ui/list/taskselection.h"
#include "ui/window/actionids.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QDrag>
#include <QGuiApplication>
#include <QMimeData>
#include <QWindow>

#include <algorithm>

namespace taskreel {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype kMostPrepared = 50; ///< answers that are read for a drag that may come

/// The desktop's drag and drop. Qt has no other way than one that comes back when it is over; events go
/// on meanwhile, and nothing of ours waits for it.
void carryOut(QWidget *from, QMimeData *mime)
{
    auto *drag = new QDrag(from); // deletes itself
    drag->setMimeData(mime);
    drag->exec(Qt::CopyAction);
}

} // namespace

FileActions::FileActions(AppContext *context, ActionRegistry *actions, TaskSelection *selection,
                         QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_actions(actions)
    , m_selection(selection)
    , m_offers({context->repository(), context->media(), context->settings()})
    , m_watch(context->repository())
    , m_carrier(&carryOut)
{
    m_actions->add({.id = actionid::kCopyFile,
                    .text = tr("Copy &file"),
                    .iconName = u"edit-copy"_s,
                    .shortcuts = {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_C)}},
                   this, [this] { copyFiles(); });
    m_lookSoon.setSingleShot(true);
    m_lookSoon.setInterval(100ms);
    connect(&m_lookSoon, &QTimer::timeout, this, &FileActions::look);
    connect(selection, &TaskSelection::currentChanged, this,
            [this](const QString &id) { m_watch.look({id}); });
    connect(selection, &TaskSelection::selectedChanged, this, &FileActions::takeSelected);
    connect(context->repository(), &TaskRepository::tasksChanged, this, &FileActions::update);
    // Who comes back from a file manager may have moved them.
    connect(qGuiApp, &QGuiApplication::focusWindowChanged, this, [this](const QWindow *window) {
        if (window)
            look();
    });
    update();
}

FileActions::~FileActions() = default;

void FileActions::attach(ListPane *list, DetailPane *pane)
{
    m_list = list;
    m_pane = pane;
    connect(pane, &DetailPane::currentChanged, this, &FileActions::update);
    connect(list, &ListPane::visibleTasksChanged, this, [this](const QSet<QString> &ids) {
        m_visible = ids;
        m_lookSoon.start();
    });
    connect(list, &ListPane::dragRequested, this, [this] {
        drag(m_list->view(), m_offers.ofTasks(selectedInOrder(*m_context->filter(), *m_selection)));
    });
    connect(pane, &DetailPane::dragRequested, this, [this] {
        const QString path = m_offers.ofAsset(m_pane->currentAsset());
        drag(m_pane->stage(), path.isEmpty() ? QStringList() : QStringList{path});
    });
}

void FileActions::takeSelected()
{
    const QSet<QString> &selected = m_selection->selected();
    if (selected.size() <= kMostPrepared)
        m_offers.prepare(selected.values());
    m_lookSoon.start();
    update();
}

void FileActions::look()
{
    QSet<QString> ids = m_visible;
    if (m_selection->selected().size() <= kMostPrepared)
        ids += m_selection->selected();
    ids.insert(m_selection->current());
    m_watch.look(ids.values());
}

void FileActions::update()
{
    const QSet<QString> &selected = m_selection->selected();
    const bool saved = std::any_of(selected.cbegin(), selected.cend(), [this](const QString &id) {
        const TaskSummary *row = m_context->repository()->find(id);
        return row && (row->saveState == SaveState::Saved || row->saveState == SaveState::Partly);
    });
    const bool here = m_pane && selected.contains(m_pane->currentTaskId()) && !m_pane->localPath().isEmpty();
    m_actions->action(actionid::kCopyFile)->setEnabled(saved || here);
}

void FileActions::copyFiles()
{
    const QStringList paths = m_offers.ofTasks(selectedInOrder(*m_context->filter(), *m_selection));
    if (paths.isEmpty()) {
        Q_EMIT said(tr("There is no file of it on this computer yet. Download it first."));
        return;
    }
    QGuiApplication::clipboard()->setMimeData(fileMime(paths).release());
    Q_EMIT said(tr("%n file(s) copied", nullptr, int(paths.size())));
}

void FileActions::drag(QWidget *from, const QStringList &paths)
{
    if (paths.isEmpty()) {
        Q_EMIT said(tr("There is no file of it on this computer yet. Download it first."));
        return;
    }
    m_carrier(from, fileMime(paths).release());
}

} // namespace taskreel
