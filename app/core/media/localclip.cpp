// SPDX-License-Identifier: MIT
#include "core/media/localclip.h"

#include "core/media/medialibrary.h"

#include <array>

namespace taskreel {

LocalClip localClip(MediaLibrary &library, const Task &task, const QString &savedPath,
                    bool withoutWatermark)
{
    const Variant first = withoutWatermark ? Variant::Unwatermarked : Variant::Watermarked;
    const Variant last = withoutWatermark ? Variant::Watermarked : Variant::Unwatermarked;
    bool hasVideo = false;
    for (const Work &work : task.works) {
        const Media *main = work.mainMedia();
        if (!main || main->kind != MediaKind::Video || main->role != MediaRole::Result)
            continue;
        hasVideo = true;
        for (const Variant variant : std::array{first, Variant::Unstated, last}) {
            if (const std::optional<LocalMedia> local =
                    library.local({task.id, main->key, variant}, Trust::ByName))
                return {local->path, local->pin};
        }
    }
    return {hasVideo ? savedPath : QString(), {}};
}

} // namespace taskreel
