// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme/theme.h"

namespace taskreel {

/// The program's own colours, light or dark.
[[nodiscard]] ColorTable ownColors(bool dark);
/// The same tokens made from a desktop's palette: status colours by the lightness of its base.
[[nodiscard]] ColorTable colorsFromPalette(const QPalette &palette);
[[nodiscard]] QPalette paletteFromColors(const ColorTable &colors, bool dark);
[[nodiscard]] QColor blend(const QColor &over, const QColor &under, double share);

} // namespace taskreel
