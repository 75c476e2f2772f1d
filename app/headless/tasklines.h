// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"
#include "headless/tasksaver.h"

#include <QByteArray>

#include <optional>

namespace taskreel {

/// One line of standard output for a task, without the line's end. `task` is empty before its first
/// answer. Text: `ID  completed  URL …`, tabs between; control characters of the server are
/// replaced.
[[nodiscard]] QByteArray textLine(const TaskSummary &row, const std::optional<Task> &task,
                                  bool withoutWatermark);
/// With --download, for a task without files to save: `ID  failed  SENTENCE`.
[[nodiscard]] QByteArray statusLine(const TaskSummary &row);
/// With --download, a line a file: `ID  saved  PATH` or `ID  not saved  NAME  SENTENCE`.
[[nodiscard]] QByteArray fileLine(const QString &taskId, const FileOutcome &file);
/// JSON: id, status, raw_status, model, task_type, prompt, created_at, ended_at, error, works with
/// the address of each variant.
/// @param files with --download: key, variant and path, bytes, sha256 of each, or its error
[[nodiscard]] QByteArray jsonLine(const TaskSummary &row, const std::optional<Task> &task,
                                  const std::optional<QList<FileOutcome>> &files = std::nullopt);

} // namespace taskreel
