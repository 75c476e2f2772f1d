// SPDX-License-Identifier: MIT
#pragma once

#include "core/media/thumbnailfolder.h"

#include <QImage>
#include <QSize>

namespace taskreel {

// The small pictures of tasks on disk, read and written as images. All of it blocks: for the pool.

inline constexpr QSize kSmallPicture{480, 480}; ///< px, at most: enough for a tile on a fine screen

/// Scaled and cut to `px`. Null: it is not there; a damaged one is removed, since it can be made
/// again.
[[nodiscard]] QImage storedPicture(ThumbnailFolder &folder, const QString &taskId,
                                   ThumbnailFolder::Origin origin, const QSize &px);
/// Writes `small` and gives it back as storedPicture() would.
QImage storedAnew(ThumbnailFolder &folder, const QString &taskId, ThumbnailFolder::Origin origin,
                  const QImage &small, const QSize &px);
/// Whole, as large as it is there; the cover's before a frame's. Null: none is there.
[[nodiscard]] QImage smallPicture(const ThumbnailFolder &folder, const QString &taskId);

} // namespace taskreel
