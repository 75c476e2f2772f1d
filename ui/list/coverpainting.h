// SPDX-License-Identifier: MIT
#pragma once

#include <QPixmap>
#include <QRect>

class QColor;
class QPainter;

namespace taskreel {

/// A cover within rounded corners, scaled only when it is of another size.
void paintCoverTile(QPainter *painter, const QRect &tile, int radius, const QPixmap &cover);
/// The dashed place of a cover that is not there.
void paintEmptyTile(QPainter *painter, const QRect &tile, int radius, const QColor &line);

} // namespace taskreel
