// SPDX-License-Identifier: MIT
#pragma once

class QImage;

namespace taskreel::test {

/// Reads the frame number out of a demo clip's picture: the strip of blocks along its bottom edge,
/// as resources/demo/make-clips draws it. Works at any size from about 100 pixels across, with or
/// without the watermark.
/// @param picture the clip's picture alone, without bars around it
/// @return the number, from 0; -1 if there is no strip to read
[[nodiscard]] int readFrameCounter(const QImage &picture);

/// Whether the wordmark stands near the picture's lower right corner, in any of the demo's clips.
[[nodiscard]] bool showsWatermark(const QImage &picture);

} // namespace taskreel::test
