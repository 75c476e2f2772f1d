// SPDX-License-Identifier: MIT
#pragma once

#include "core/models/tasktablemodel.h"

#include <vector>

namespace taskreel {

// Orders of the table's rows by the raw values of a column. Pure; rows are numbers of the model's.

/// A sixteen-byte stand-in for a cell: equal keys of a text column say nothing yet.
struct SortKey
{
    quint64 high = 0;
    quint64 low = 0;
    auto operator<=>(const SortKey &) const = default;
};

[[nodiscard]] SortKey sortKeyOf(const TaskSummary &row, TaskTableModel::Column column);

class TaskSorting
{
public:
    using Column = TaskTableModel::Column;

    /// @param model borrowed; @param column Count: the model's own order
    TaskSorting(const TaskTableModel *model, Column column, Qt::SortOrder order);

    /// Rows with equal values stand in the model's order, whatever the direction.
    [[nodiscard]] bool less(int a, int b) const;
    [[nodiscard]] std::vector<int> allRows() const;
    /// Puts rows into an order that is sorted and does not hold them.
    void insert(std::vector<int> &order, std::vector<int> rows) const;
    [[nodiscard]] bool dependsOn(int firstColumn, int lastColumn) const;

private:
    [[nodiscard]] bool textsBeginAlike() const;
    [[nodiscard]] std::vector<int> rowsByText() const;

    const TaskTableModel *m_model;
    Column m_column;
    Qt::SortOrder m_order;
};

} // namespace taskreel
