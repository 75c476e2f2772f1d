// SPDX-License-Identifier: MIT
// The part of TaskRepository that takes up what the library holds.
#include "core/tasks/taskrepository.h"

#include <algorithm>

namespace taskreel {

void TaskRepository::load(const QList<TaskSummary> &tasks, const QList<TaskSummary> &removed,
                          const QList<StoredFile> &saved)
{
    forgetAll();
    for (const QList<TaskSummary> &list : {tasks, removed}) {
        for (const TaskSummary &summary : list)
            m_lastSequence = std::max(m_lastSequence, summary.sequence);
    }
    for (const TaskSummary &summary : tasks)
        putLoaded(m_rows, summary);
    for (const TaskSummary &summary : removed)
        putLoaded(m_removed, summary);
    Q_EMIT replaced();
    endLoading(saved);
}

void TaskRepository::beginLoading()
{
    forgetAll();
    Q_EMIT replaced();
}

void TaskRepository::loadSlice(const QList<TaskSummary> &tasks, const QList<TaskSummary> &removed,
                               qint64 lastSequence)
{
    if (m_rows.isEmpty()) {
        // Growing later would move every row at once. A wild number in a damaged file costs little.
        constexpr qint64 kMost = 200'000;
        m_rows.reserve(static_cast<qsizetype>(std::clamp<qint64>(lastSequence, 0, kMost)));
    }
    m_lastSequence = std::max(m_lastSequence, lastSequence);
    QStringList ids;
    ids.reserve(tasks.size());
    for (const TaskSummary &summary : tasks)
        ids.append(putLoaded(m_rows, summary)->summary.id);
    for (const TaskSummary &summary : removed)
        putLoaded(m_removed, summary);
    if (!ids.isEmpty())
        Q_EMIT rowsLoaded(ids);
}

void TaskRepository::endLoading(const QList<StoredFile> &saved)
{
    m_sequences.clear();
    for (const StoredFile &file : saved) {
        if (Row *row = rowAnywhere(file.asset.taskId))
            row->files.insert(file.asset, file);
    }
    restoreLost();
    Q_EMIT loaded();
}

void TaskRepository::forgetAll()
{
    m_rows.clear();
    m_removed.clear();
    m_order.clear();
    m_sequences.clear();
    m_announced.clear();
    m_appearing.clear();
    m_changed.clear();
}

TaskRepository::Row *TaskRepository::putLoaded(QHash<QString, Row> &rows,
                                               const TaskSummary &summary)
{
    const QString key = keyOf(summary.id);
    if (const auto early = m_rows.constFind(key); early != m_rows.cend()) {
        // Added by hand before its slice came: what went to the disk of it is put right.
        m_order.remove(early->summary.sequence);
        m_rows.erase(early);
        m_appearing.insert(key);
        m_dirty.insert(key);
        scheduleTurn();
    }
    if (!m_lastAddedAt.isValid() || summary.addedAt > m_lastAddedAt)
        m_lastAddedAt = summary.addedAt;
    Row *row = &*rows.insert(key, Row{summary, summary.answeredAt.isValid(), {}});
    makeOrderUnique(*row);
    if (&rows == &m_rows) {
        m_order.insert(row->summary.sequence, key);
        m_announced.insert(key);
    }
    return row;
}

/// A library with two rows of one place (from a copy, a hand edit) shows both.
void TaskRepository::makeOrderUnique(Row &row)
{
    if (m_sequences.contains(row.summary.sequence) || m_order.contains(row.summary.sequence)) {
        row.summary.sequence = ++m_lastSequence;
        m_dirty.insert(keyOf(row.summary.id));
        scheduleTurn();
    }
    m_sequences.insert(row.summary.sequence);
}

} // namespace taskreel
