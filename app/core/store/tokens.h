// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/download.h"
#include "core/domain/tasksummary.h"

namespace taskreel {

// The words that stand for enum values in the library: an enum may gain or reorder values without
// changing the meaning of a file. An unknown word (from a damaged row) reads as the first value.
[[nodiscard]] QString token(TaskStatus status);
[[nodiscard]] QString token(MediaKind kind);
[[nodiscard]] QString token(SaveState state);
[[nodiscard]] QString token(ErrorKind kind);
[[nodiscard]] QString token(DownloadState state);
[[nodiscard]] TaskStatus statusFromToken(const QString &word);
[[nodiscard]] MediaKind mediaKindFromToken(const QString &word);
[[nodiscard]] SaveState saveStateFromToken(const QString &word);
[[nodiscard]] ErrorKind errorKindFromToken(const QString &word);
[[nodiscard]] DownloadState downloadStateFromToken(const QString &word);

} // namespace taskreel
