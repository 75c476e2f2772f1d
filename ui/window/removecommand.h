// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>
#include <QUndoCommand>

namespace taskreel {

class TaskRepository;
class TaskSelection;

/// Takes rows out of the list, and brings them back as they were. Files are never touched.
class RemoveCommand final : public QUndoCommand
{
    Q_DISABLE_COPY_MOVE(RemoveCommand)

public:
    /// @param neighbour is shown when the rows are gone; may be empty
    RemoveCommand(TaskRepository *repository, TaskSelection *selection, const QStringList &ids,
                  const QString &neighbour);

    void redo() override;
    void undo() override;

private:
    TaskRepository *m_repository;
    TaskSelection *m_selection;
    QStringList m_ids;
    QString m_neighbour;
    QString m_current; ///< what was shown before
};

} // namespace taskreel
