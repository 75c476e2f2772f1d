// SPDX-License-Identifier: MIT
#include "ui/window/markactions.h"

#include "core/appcontext.h"
#include "core/domain/tagedit.h"
#include "core/models/taskfilter.h"
#include "core/tasks/taskrepository.h"
#include "ui/common/actionregistry.h"
#include "ui/details/detailpane.h"
#include "ui/list/taskselection.h"
#include "ui/window/actionids.h"
#include "ui/window/markcommand.h"

#include <QUndoStack>

#include <algorithm>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

/// As the filter *Failed* counts them: also what an error stopped that time does not mend.
bool hasFailed(const TaskSummary &row)
{
    const bool stopped = !isFinal(row.status) && row.fetchState == FetchState::Idle
        && row.lastError.kind != ErrorKind::None && !isPassing(row.lastError.kind);
    return row.status == TaskStatus::Failed || row.status == TaskStatus::Cancelled || stopped;
}

} // namespace

MarkActions::MarkActions(AppContext *context, ActionRegistry *actions, TaskSelection *selection,
                         QUndoStack *undo, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_actions(actions)
    , m_selection(selection)
    , m_undo(undo)
{
    addActions();
    m_later.setSingleShot(true);
    m_later.setInterval(0);
    connect(&m_later, &QTimer::timeout, this, &MarkActions::update);
    const auto later = qOverload<>(&QTimer::start);
    connect(selection, &TaskSelection::selectedChanged, &m_later, later);
    connect(context->repository(), &TaskRepository::tasksChanged, &m_later, later);
    connect(context->repository(), &TaskRepository::tasksRemoved, &m_later, later);
    connect(context->filter(), &TaskFilter::countsChanged, &m_later, later);
    update();
}

void MarkActions::attach(DetailPane *pane)
{
    m_pane = pane;
    connect(pane, &DetailPane::tagsEdited, this, &MarkActions::setTags);
    connect(pane, &DetailPane::noteEdited, this, &MarkActions::setNote);
}

void MarkActions::addActions()
{
    m_actions->add({.id = paneaction::kStar,
                    .text = tr("S&tar"),
                    .iconName = u"draw-star"_s,
                    .shortcuts = {QKeySequence(Qt::Key_B), QKeySequence(Qt::Key_Asterisk)},
                    .checkable = true,
                    .singleKey = true},
                   this, [this] { toggleStar(); });
    m_actions->add({.id = paneaction::kReject,
                    .text = tr("Re&ject"),
                    .iconName = u"dialog-cancel"_s,
                    .shortcuts = {QKeySequence(Qt::Key_X)},
                    .checkable = true,
                    .singleKey = true},
                   this, [this] { toggleReject(); });
    m_actions->add({.id = actionid::kTags,
                    .text = tr("Ta&gs…"),
                    .iconName = u"tag"_s,
                    .shortcuts = {QKeySequence(Qt::Key_G)},
                    .singleKey = true},
                   this, [this] { m_pane->editTags(); });
    m_actions->add({.id = actionid::kNote,
                    .text = tr("N&ote…"),
                    .iconName = u"note"_s,
                    .shortcuts = {QKeySequence(Qt::Key_N)},
                    .singleKey = true},
                   this, [this] { m_pane->editNote(); });
    m_actions->add({.id = actionid::kRemoveFinished, .text = tr("Remove &finished")}, this,
                   [this] { remove(false); });
    m_actions->add({.id = actionid::kRemoveFailed, .text = tr("Remove fai&led")}, this,
                   [this] { remove(true); });
}

QStringList MarkActions::selectedIds() const
{
    QStringList ids;
    for (const QString &id : m_selection->selected()) {
        if (m_context->repository()->contains(id))
            ids.append(id);
    }
    return ids;
}

bool MarkActions::all(const QStringList &ids, bool TaskMarks::*mark) const
{
    return !ids.isEmpty() && std::all_of(ids.cbegin(), ids.cend(), [this, mark](const QString &id) {
        return m_context->repository()->find(id)->marks.*mark;
    });
}

void MarkActions::toggleStar()
{
    const QStringList ids = selectedIds();
    const bool on = !all(ids, &TaskMarks::starred);
    const int count = int(ids.size());
    // Nobody wants both: the newer word counts.
    apply(ids,
          [on](TaskMarks &marks) {
              marks.starred = on;
              marks.rejected = marks.rejected && !on;
          },
          on ? tr("star %n task(s)", nullptr, count)
             : tr("take the star from %n task(s)", nullptr, count));
}

void MarkActions::toggleReject()
{
    const QStringList ids = selectedIds();
    const bool on = !all(ids, &TaskMarks::rejected);
    const int count = int(ids.size());
    apply(ids,
          [on](TaskMarks &marks) {
              marks.rejected = on;
              marks.starred = marks.starred && !on;
          },
          on ? tr("reject %n task(s)", nullptr, count)
             : tr("no longer reject %n task(s)", nullptr, count));
}

void MarkActions::setTags(const QStringList &ids, const QStringList &given, const QStringList &taken)
{
    apply(ids, [&](TaskMarks &marks) { marks.tags = editedTags(marks.tags, given, taken); },
          tr("tag %n task(s)", nullptr, int(ids.size())));
}

void MarkActions::setNote(const QStringList &ids, const QString &note)
{
    apply(ids, [&note](TaskMarks &marks) { marks.note = note; },
          tr("note on %n task(s)", nullptr, int(ids.size())));
}

void MarkActions::apply(const QStringList &ids, const Edit &edit, const QString &text)
{
    QList<MarkCommand::Change> changes;
    for (const QString &id : ids) {
        const TaskSummary *row = m_context->repository()->find(id);
        if (!row)
            continue;
        MarkCommand::Change change{id, row->marks, row->marks};
        edit(change.after);
        if (change.after != change.before)
            changes.append(change);
    }
    if (!changes.isEmpty())
        m_undo->push(new MarkCommand(m_context->repository(), changes, text));
    m_later.start(); // a checkable action that changed nothing shows what is
}

void MarkActions::remove(bool failed)
{
    QStringList ids;
    const QStringList all = m_context->repository()->ids();
    for (const QString &id : all) {
        const TaskSummary &row = *m_context->repository()->find(id);
        if (failed ? hasFailed(row) : row.status == TaskStatus::Completed)
            ids.append(id);
    }
    Q_EMIT removeRequested(ids);
}

void MarkActions::update()
{
    const QStringList ids = selectedIds();
    for (const auto id : {paneaction::kStar, paneaction::kReject, actionid::kTags, actionid::kNote})
        m_actions->action(id)->setEnabled(!ids.isEmpty());
    m_actions->action(paneaction::kStar)->setChecked(all(ids, &TaskMarks::starred));
    m_actions->action(paneaction::kReject)->setChecked(all(ids, &TaskMarks::rejected));
    const StatusCounts counts = m_context->filter()->counts();
    m_actions->action(actionid::kRemoveFinished)->setEnabled(counts.completed > 0);
    m_actions->action(actionid::kRemoveFailed)->setEnabled(counts.failed > 0);
}

} // namespace taskreel
