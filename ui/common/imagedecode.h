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

/// The picture scaled to just this size, what sticks out cut off evenly. Any thread.
[[nodiscard]] QImage filled(const QImage &image, const QSize &px);
/// As a small file: JPEG, or PNG where something shines through. Any thread.
[[nodiscard]] QByteArray encodedSmall(const QImage &image);

/// Decodes PNG, JPEG, WebP and GIF by signature, dimensions read and bounded before decoding, scaled
/// while decoding, on the pool. `done` comes on `context`'s thread, never inside this call; not at all
/// if `context` is gone. WebP needs Qt's plugin.
void decodeImage(const QString &path, const QSize &boundPx, QObject *context,
                 std::function<void(const Result<QImage> &)> done);

} // namespace taskreel
