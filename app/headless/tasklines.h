// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"

#include <QByteArray>

namespace taskreel {

/// One line of standard output for a task, without the line's end. `task` is empty before its first answer.
/// Text: `ID  completed  URL …`, tabs between; control characters of the server are replaced.
[[nodiscard]] QByteArray textLine(const TaskSummary &row, const std::optional<Task> &task,
                                  bool withoutWatermark);
/// JSON: id, status, raw_status, model, task_type, prompt, created_at, ended_at, error, works with the
/// address of each variant.
[[nodiscard]] QByteArray jsonLine(const TaskSummary &row, const std::optional<Task> &task);

} // namespace taskreel
