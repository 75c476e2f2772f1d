// SPDX-License-Identifier: MIT
#include "ui/window/removecommand.h"

#include "core/tasks/taskrepository.h"
#include "ui/list/taskselection.h"

#include <QCoreApplication>

namespace taskreel {

RemoveCommand::RemoveCommand(TaskRepository *repository, TaskSelection *selection,
                             const QStringList &ids, const QString &neighbour)
    : m_repository(repository)
    , m_selection(selection)
    , m_ids(ids)
    , m_neighbour(neighbour)
    , m_current(selection->current())
{
    setText(QCoreApplication::translate("taskreel::RemoveCommand", "remove %n task(s)", nullptr,
                                        int(ids.size())));
}

void RemoveCommand::redo()
{
    if (m_ids.contains(m_selection->current()) || m_selection->current().isEmpty()) {
        const QSet<QString> next = m_neighbour.isEmpty() ? QSet<QString>() : QSet<QString>{m_neighbour};
        m_selection->set(m_neighbour, next);
    } else {
        m_selection->removeIds(m_ids);
    }
    m_repository->remove(m_ids);
}

void RemoveCommand::undo()
{
    m_repository->restore(m_ids);
    m_selection->set(m_ids.contains(m_current) ? m_current : m_ids.constFirst(),
                     QSet<QString>(m_ids.cbegin(), m_ids.cend()));
}

} // namespace taskreel
