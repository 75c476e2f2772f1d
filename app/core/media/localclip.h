// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/task.h"
#include "core/media/mediapin.h"

namespace taskreel {

class MediaLibrary;

struct LocalClip
{
    QString path; ///< empty: there is none
    MediaPin pin; ///< of a file that is not the user's own
};

/// The clip to show for a task out of what is on this machine already: kept, cached in this or an
/// earlier run, else the file saved last. Nothing is fetched or looked into: it may turn out to be
/// damaged. GUI thread.
/// @param savedPath TaskSummary::savedPath
[[nodiscard]] LocalClip localClip(MediaLibrary &library, const Task &task, const QString &savedPath,
                                  bool withoutWatermark);

} // namespace taskreel
