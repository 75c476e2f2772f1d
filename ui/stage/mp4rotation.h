// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace taskreel {

/// How far the pictures of an MP4's first video track are to be turned for showing: 0, 90, 180 or 270
/// degrees clockwise, from the track header's matrix. 0 for anything else. Reads a few hundred bytes.
[[nodiscard]] int mp4Rotation(const QString &path);

} // namespace taskreel
