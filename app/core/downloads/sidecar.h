// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/store/store.h"

#include <QByteArray>

namespace taskreel {

// The details beside a saved file: `clip.mp4` has `clip.mp4.json`. Nothing in it is secret but what
// the raw view shows as well.

/// An object with `saved` (file, bytes, sha256, task, medium, variant, time) and `answer`. Indented
/// UTF-8. Pure.
/// @param answer as TaskRepository::answerReady() gives it; redacted once more all the same. What
/// is not a JSON object is left out
[[nodiscard]] QByteArray sidecarBytes(const StoredFile &saved, const QByteArray &answer);

/// Writes them beside the file, which is in place by now. Never over another file: details that are
/// there already stay, others get the next free number. On disk when it returns. Blocking: the
/// transfer thread. @return the path it got
[[nodiscard]] Result<QString> writeSidecar(const QString &mediaPath, const QByteArray &bytes);

} // namespace taskreel
