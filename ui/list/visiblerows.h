// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"

#include <QModelIndex>

namespace taskreel {

class TaskFilter;

/// The row's summary behind an index of the filter, without a copy. The index must be valid.
[[nodiscard]] const TaskSummary &summaryOf(const TaskFilter &filter, const QModelIndex &index);
/// True while the row's second line counts seconds.
[[nodiscard]] bool isCounting(const TaskSummary &row);
/// True while the words about the end of the row's links count seconds.
[[nodiscard]] bool isExpiringSoon(const TaskSummary &row, const QDateTime &nowUtc);

} // namespace taskreel
