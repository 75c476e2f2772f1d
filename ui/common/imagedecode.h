// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"

#include <QImage>
#include <QSize>
#include <functional>

namespace taskreel {

enum class ImageFit {
    Inside, ///< all of it, within the bound
    Fill, ///< the bound exactly, what sticks out is cut off evenly
};

/// Reads a PNG, JPEG, WebP or GIF, decided by its first bytes. Blocks: for the pool and tests.
[[nodiscard]] Result<QImage> readImage(const QString &path, const QSize &boundPx, ImageFit fit);

/// readImage() on the pool. `done` comes on `context`'s thread, never inside this call; not at all if
/// `context` is gone.
void decodeImageAs(const QString &path, const QSize &boundPx, ImageFit fit, QObject *context,
                   std::function<void(const Result<QImage> &)> done);

} // namespace taskreel
