// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/task.h"

namespace taskreel {

class MediaLibrary;

/// The clip to show for a task out of what is on this machine already: kept, cached, else the file
/// saved last. Nothing is fetched. Empty: there is none. GUI thread.
/// @param savedPath TaskSummary::savedPath
[[nodiscard]] QString localClip(const MediaLibrary &library, const Task &task,
                                const QString &savedPath, bool withoutWatermark);

} // namespace taskreel
