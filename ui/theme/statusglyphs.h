// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QRectF>

class QPainter;

namespace taskreel {

class Theme;
struct TaskSummary;

/// Our own status signs, so that colour is never the only difference.
enum class StatusGlyph { Check, Spinner, Clock, Exclamation, Cross, Pause };

[[nodiscard]] StatusGlyph glyphFor(const TaskSummary &row);
[[nodiscard]] QColor statusColor(const TaskSummary &row, const Theme &theme);
/// Painted within a square of `box`'s size, lines of about a tenth of it.
void paintStatusGlyph(QPainter *painter, const QRectF &box, StatusGlyph glyph, const QColor &color);
/// The star of a starred task, filled, within a square of `box`'s size.
void paintStar(QPainter *painter, const QRectF &box, const QColor &color);

} // namespace taskreel
