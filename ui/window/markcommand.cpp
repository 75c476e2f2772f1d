// SPDX-License-Identifier: MIT
#include "ui/window/markcommand.h"

#include "core/tasks/taskrepository.h"

namespace taskreel {

MarkCommand::MarkCommand(TaskRepository *repository, const QList<Change> &changes, const QString &text)
    : QUndoCommand(text)
    , m_repository(repository)
    , m_changes(changes)
{
}

void MarkCommand::redo()
{
    for (const Change &change : std::as_const(m_changes))
        m_repository->setMarks(change.id, change.after);
}

void MarkCommand::undo()
{
    for (const Change &change : std::as_const(m_changes))
        m_repository->setMarks(change.id, change.before);
}

} // namespace taskreel
