// SPDX-License-Identifier: MIT
#include "core/tasks/pollqueue.h"

#include <utility>

namespace taskreel {

void PollQueue::add(const QString &id, const Entry &entry)
{
    remove(id);
    const auto it = m_entries.insert(id, entry);
    it->phase = Phase::Waiting;
    link(id, *it);
}

void PollQueue::remove(const QString &id)
{
    const auto it = m_entries.find(id);
    if (it == m_entries.end())
        return;
    unlink(id, *it);
    m_entries.erase(it);
}

void PollQueue::wait(const QString &id, qint64 dueMs)
{
    edit(id, [dueMs](Entry &entry) {
        entry.phase = Phase::Waiting;
        entry.dueMs = dueMs;
    });
}

void PollQueue::asking(const QString &id)
{
    edit(id, [](Entry &entry) { entry.phase = Phase::Asking; });
}

void PollQueue::setRank(const QString &id, Rank rank)
{
    edit(id, [rank](Entry &entry) { entry.rank = rank; });
}

QStringList PollQueue::takeDue(qint64 nowMs)
{
    QStringList due;
    while (!m_waiting.empty() && std::get<0>(*m_waiting.begin()) <= nowMs) {
        const QString id = std::get<QString>(*m_waiting.begin());
        edit(id, [](Entry &entry) { entry.phase = Phase::Ready; });
        due.append(id);
    }
    return due;
}

QString PollQueue::nextReady(bool againToo) const
{
    const ByRank *next = m_readyFirst.empty() ? nullptr : &*m_readyFirst.begin();
    if (againToo && !m_readyAgain.empty() && (!next || *m_readyAgain.begin() < *next))
        next = &*m_readyAgain.begin();
    return next ? std::get<QString>(*next) : QString();
}

std::optional<qint64> PollQueue::nextDueMs() const
{
    if (m_waiting.empty())
        return std::nullopt;
    return std::get<0>(*m_waiting.begin());
}

QString PollQueue::nextWaiting() const
{
    return m_waiting.empty() ? QString() : std::get<QString>(*m_waiting.begin());
}

const PollQueue::Entry *PollQueue::find(const QString &id) const
{
    const auto it = m_entries.constFind(id);
    return it == m_entries.cend() ? nullptr : &*it;
}

QStringList PollQueue::ids() const
{
    return m_entries.keys();
}

void PollQueue::shift(qint64 byMs)
{
    m_waiting.clear();
    m_readyFirst.clear();
    m_readyAgain.clear();
    for (auto it = m_entries.begin(); it != m_entries.end(); ++it) {
        it->dueMs += byMs;
        link(it.key(), *it);
    }
}

PollQueue::ByRank PollQueue::byRank(const QString &id, const Entry &entry)
{
    return {entry.rank, entry.dueMs, entry.order, id};
}

void PollQueue::link(const QString &id, const Entry &entry)
{
    if (entry.phase == Phase::Waiting)
        m_waiting.emplace(entry.dueMs, entry.order, id);
    else if (entry.phase == Phase::Ready)
        (entry.first ? m_readyFirst : m_readyAgain).insert(byRank(id, entry));
}

void PollQueue::unlink(const QString &id, const Entry &entry)
{
    if (entry.phase == Phase::Waiting)
        m_waiting.erase({entry.dueMs, entry.order, id});
    else if (entry.phase == Phase::Ready)
        (entry.first ? m_readyFirst : m_readyAgain).erase(byRank(id, entry));
}

} // namespace taskreel
