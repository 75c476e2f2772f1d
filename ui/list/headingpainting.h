// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QPainter;
class QRect;

namespace taskreel {

class Theme;

inline constexpr int kHeadingHeight = 28; ///< px, above the first row or tile of a run

/// A run's heading: a band across the list with one line of words. GUI thread.
/// @param band to be painted now, perhaps only a cell's part of it; @param left where the words begin
void paintHeading(QPainter *painter, const QRect &band, int left, const QString &words,
                  const Theme &theme);

} // namespace taskreel
