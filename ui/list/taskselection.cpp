// SPDX-License-Identifier: MIT
#include "ui/list/taskselection.h"

namespace taskreel {

void TaskSelection::setCurrent(const QString &id)
{
    if (m_current == id)
        return;
    m_current = id;
    Q_EMIT currentChanged(m_current);
}

void TaskSelection::setSelected(const QSet<QString> &ids)
{
    if (m_selected == ids)
        return;
    m_selected = ids;
    Q_EMIT selectedChanged();
}

void TaskSelection::set(const QString &current, const QSet<QString> &ids)
{
    const bool selectedDiffers = m_selected != ids;
    const bool currentDiffers = m_current != current;
    // Both are in place before anybody hears of either.
    m_selected = ids;
    m_current = current;
    if (selectedDiffers)
        Q_EMIT selectedChanged();
    if (currentDiffers)
        Q_EMIT currentChanged(m_current);
}

void TaskSelection::change(const QStringList &taken, const QStringList &dropped)
{
    bool changed = false;
    for (const QString &id : dropped)
        changed |= m_selected.remove(id);
    for (const QString &id : taken) {
        if (!m_selected.contains(id)) {
            m_selected.insert(id);
            changed = true;
        }
    }
    if (changed)
        Q_EMIT selectedChanged();
}

void TaskSelection::removeIds(const QStringList &ids)
{
    const bool currentGone = ids.contains(m_current);
    if (currentGone)
        m_current.clear();
    change({}, ids);
    if (currentGone)
        Q_EMIT currentChanged(m_current);
}

} // namespace taskreel
