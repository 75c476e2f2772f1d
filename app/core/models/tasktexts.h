// SPDX-License-Identifier: MIT
#pragma once

#include "core/models/tasktablemodel.h"

#include <QDateTime>

namespace taskreel {

// The words of the table's cells: readable on their own, as a screen reader speaks them. Pure.
[[nodiscard]] QString columnTitle(TaskTableModel::Column column);
[[nodiscard]] QString cellText(const TaskSummary &row, TaskTableModel::Column column,
                               const QDateTime &nowUtc);
/// Rich text with everything escaped: server text shows literally. Empty: none.
[[nodiscard]] QString cellToolTip(const TaskSummary &row, TaskTableModel::Column column);
[[nodiscard]] QVariant cellSortValue(const TaskSummary &row, TaskTableModel::Column column);
/// From start to end on the server; -1 when the answer does not say.
[[nodiscard]] qint64 generationMs(const TaskSummary &row);
/// When the first link ends, in ms since 1970; rows whose links do not say it come after all
/// others.
[[nodiscard]] qint64 expirySortValue(const TaskSummary &row);

} // namespace taskreel
