// SPDX-License-Identifier: MIT
#pragma once

#include <QPixmap>
#include <QRect>

class QPainter;

namespace taskreel {

class Theme;
struct TaskSummary;

/// How much of a rejected task's cover is left: the words beside it stay readable.
inline constexpr double kRejectedOpacity = 0.3;

/// A cover within rounded corners, scaled only when it is of another size.
void paintCoverTile(QPainter *painter, const QRect &tile, int radius, const QPixmap &cover);
/// The place of a cover that is not there: flat while one is on its way, with the kind of the result when
/// there is none to come, dashed while there is no result.
void paintMissingCover(QPainter *painter, const QRect &tile, int radius, const TaskSummary &row,
                       bool loading, const Theme &theme);

} // namespace taskreel
