// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/media.h"

namespace taskreel {

/// What a person asked for when saving.
enum class VariantWish { Unwatermarked, Watermarked, Both };

/// The source to show or save for a wish: the wanted variant, else "not stated", else the other
/// one. Null only when the medium has no source. One rule for stage, rows and downloads.
[[nodiscard]] const Source *chooseSource(const Media &medium, bool withoutWatermark);
/// The sources to save for a wish: one with the same fallback, or every variant there is.
[[nodiscard]] QList<Source> chooseSources(const Media &medium, VariantWish wish);

} // namespace taskreel
