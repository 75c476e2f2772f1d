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

} // namespace taskreel
