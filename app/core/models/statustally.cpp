// SPDX-License-Identifier: MIT
#include "core/models/statustally.h"

#include "core/models/taskcriteria.h"

namespace taskreel {

namespace {

enum Fact : quint8 { Completed = 1, Running = 2, Failed = 4, NotSaved = 8, Starred = 16 };

quint8 factsOf(const TaskSummary &row)
{
    const auto fact = [](bool holds, Fact which) { return holds ? unsigned(which) : 0U; };
    return static_cast<quint8>(fact(row.status == TaskStatus::Completed, Completed)
                               | fact(isRunning(row), Running) | fact(isFailed(row), Failed)
                               | fact(isUnsaved(row), NotSaved) | fact(row.marks.starred, Starred));
}

} // namespace

void StatusTally::clear()
{
    m_facts.clear();
    m_counts = {};
}

void StatusTally::insert(int at, int count)
{
    m_facts.insert(m_facts.begin() + at, static_cast<size_t>(count), quint8(0));
    m_counts.all += count;
}

void StatusTally::set(int row, const TaskSummary &summary)
{
    quint8 &facts = m_facts[static_cast<size_t>(row)];
    const quint8 now = factsOf(summary);
    if (now == facts)
        return;
    add(facts, -1);
    add(now, 1);
    facts = now;
}

void StatusTally::erase(int first, int last)
{
    for (int row = first; row <= last; ++row)
        add(m_facts[static_cast<size_t>(row)], -1);
    m_facts.erase(m_facts.begin() + first, m_facts.begin() + last + 1);
    m_counts.all -= last - first + 1;
}

void StatusTally::reorder(const std::vector<int> &newRowOfOld)
{
    std::vector<quint8> facts(m_facts.size());
    for (size_t old = 0; old < newRowOfOld.size(); ++old)
        facts[static_cast<size_t>(newRowOfOld[old])] = m_facts[old];
    m_facts = std::move(facts);
}

void StatusTally::add(quint8 facts, int sign)
{
    m_counts.completed += facts & Completed ? sign : 0;
    m_counts.running += facts & Running ? sign : 0;
    m_counts.failed += facts & Failed ? sign : 0;
    m_counts.notSaved += facts & NotSaved ? sign : 0;
    m_counts.starred += facts & Starred ? sign : 0;
}

} // namespace taskreel
