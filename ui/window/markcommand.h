// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/taskmarks.h"

#include <QList>
#include <QUndoCommand>

namespace taskreel {

class TaskRepository;

/// One thing that the user said of one or many tasks: star, rejection, tags or note.
class MarkCommand final : public QUndoCommand
{
    Q_DISABLE_COPY_MOVE(MarkCommand)

public:
    struct Change
    {
        QString id;
        TaskMarks before;
        TaskMarks after;
    };
    /// @param repository borrowed, outlives the command
    /// @param text what the menus call it
    MarkCommand(TaskRepository *repository, const QList<Change> &changes, const QString &text);

    void redo() override;
    void undo() override;

private:
    TaskRepository *m_repository;
    QList<Change> m_changes;
};

} // namespace taskreel
