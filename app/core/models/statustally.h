// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"

#include <vector>

namespace taskreel {

/// Counts shown on the chips. A row is *stopped* when an error that time does not mend (not found,
/// no such plan) keeps it from being asked again.
struct StatusCounts
{
    int all = 0;
    int completed = 0;
    int running = 0; ///< pending, processing, not asked, other
    int failed = 0; ///< failed, cancelled, and rows stopped by an error
    int notSaved = 0; ///< completed with results that are not all saved
    int starred = 0;
    bool operator==(const StatusCounts &) const = default;
};

/// The counts of a list of rows, kept along with its changes: each costs what changed, not a look
/// at every row. Rows are numbers of the model's. A plain value.
class StatusTally final
{
public:
    [[nodiscard]] const StatusCounts &counts() const { return m_counts; }

    void clear();
    /// Makes room before the row `at`; each new row must be given to set() next.
    void insert(int at, int count);
    void set(int row, const TaskSummary &summary);
    void erase(int first, int last);
    void reorder(const std::vector<int> &newRowOfOld);

private:
    void add(quint8 facts, int sign);

    std::vector<quint8> m_facts; ///< by row: what it counts for
    StatusCounts m_counts;
};

} // namespace taskreel
