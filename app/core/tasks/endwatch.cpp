// SPDX-License-Identifier: MIT
#include "core/tasks/endwatch.h"

#include "core/tasks/taskrepository.h"

#include <utility>

namespace taskreel {

EndWatch::EndWatch(TaskRepository *repository, QObject *parent)
    : EndWatch(repository, Times(), parent)
{
}

EndWatch::EndWatch(TaskRepository *repository, const Times &times, QObject *parent)
    : QObject(parent), m_repository(repository), m_times(times)
{
    m_quiet.setSingleShot(true);
    m_longest.setSingleShot(true);
    connect(&m_quiet, &QTimer::timeout, this, &EndWatch::close);
    connect(&m_longest, &QTimer::timeout, this, &EndWatch::close);
    connect(repository, &TaskRepository::replaced, this, &EndWatch::takeAll);
    connect(repository, &TaskRepository::rowsLoaded, this, &EndWatch::take);
    connect(repository, &TaskRepository::tasksAdded, this, &EndWatch::take);
    connect(repository, &TaskRepository::tasksChanged, this, &EndWatch::take);
    connect(repository, &TaskRepository::tasksRemoved, this, &EndWatch::drop);
    takeAll();
}

bool EndWatch::isUnderWay(const TaskSummary &row)
{
    return row.status == TaskStatus::Pending || row.status == TaskStatus::Processing
        || row.status == TaskStatus::Other;
}

void EndWatch::takeAll()
{
    m_underWay.clear();
    take(m_repository->ids());
}

void EndWatch::take(const QStringList &ids)
{
    bool some = false;
    for (const QString &id : ids) {
        const TaskSummary *row = m_repository->find(id);
        if (!row)
            continue;
        if (isUnderWay(*row)) {
            m_underWay.insert(id);
        } else if (isFinal(row->status) && m_underWay.remove(id)
                   && row->status != TaskStatus::Cancelled) { // that one somebody ended
            (row->status == TaskStatus::Completed ? m_ready : m_failed).append(id);
            some = true;
            Q_EMIT ended(id);
        }
    }
    if (!some)
        return;
    // Nothing left that could join it: why wait. Still in a turn of its own, after all who listen.
    m_quiet.start(m_underWay.isEmpty() ? 0 : m_times.quietMs);
    if (!m_longest.isActive())
        m_longest.start(m_times.longestMs);
}

void EndWatch::drop(const QStringList &ids)
{
    for (const QString &id : ids) {
        m_underWay.remove(id);
        m_ready.removeOne(id);
        m_failed.removeOne(id);
    }
    if (m_underWay.isEmpty() && m_quiet.isActive())
        m_quiet.start(0);
}

void EndWatch::close()
{
    m_quiet.stop();
    m_longest.stop();
    const QStringList ready = std::exchange(m_ready, {});
    const QStringList failed = std::exchange(m_failed, {});
    if (!ready.isEmpty() || !failed.isEmpty())
        Q_EMIT batchClosed(ready, failed);
}

} // namespace taskreel
