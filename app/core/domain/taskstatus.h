// SPDX-License-Identifier: MIT
#pragma once

#include <QMetaType>
#include <QString>

namespace taskreel {

/// Where a task stands, mapped from the many words of the service.
enum class TaskStatus {
    NotAsked, ///< added here, nothing answered yet
    Pending, ///< pending, staged, retry, starting
    Processing, ///< processing, running, in_progress, started
    Completed, ///< completed, success, finished
    Failed,
    Cancelled,
    Other, ///< a word never heard of: kept, shown, asked again
};

/// Trims, ignores case. An empty word is NotAsked.
[[nodiscard]] TaskStatus taskStatusFromWord(const QString &word);
/// True when asking again cannot change it.
[[nodiscard]] bool isFinal(TaskStatus status);

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::TaskStatus)
