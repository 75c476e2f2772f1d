// SPDX-License-Identifier: MIT
#include "ui/theme/statusglyphs.h"

#include "core/domain/tasksummary.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QtMath>

namespace taskreel {

namespace {

bool isStopped(const TaskSummary &row)
{
    return row.lastError.kind != ErrorKind::None && !isPassing(row.lastError.kind)
            && row.fetchState != FetchState::Held && !isFinal(row.status);
}

} // namespace

StatusGlyph glyphFor(const TaskSummary &row)
{
    switch (row.status) {
    case TaskStatus::Completed:
        return StatusGlyph::Check;
    case TaskStatus::Failed:
        return StatusGlyph::Exclamation;
    case TaskStatus::Cancelled:
        return StatusGlyph::Cross;
    case TaskStatus::Processing:
        return isStopped(row) ? StatusGlyph::Exclamation : StatusGlyph::Spinner;
    case TaskStatus::NotAsked:
    case TaskStatus::Pending:
    case TaskStatus::Other:
        break;
    }
    return isStopped(row) ? StatusGlyph::Exclamation : StatusGlyph::Clock;
}

QColor statusColor(const TaskSummary &row, const Theme &theme)
{
    switch (glyphFor(row)) {
    case StatusGlyph::Check:
        return theme.color(ColorToken::Completed);
    case StatusGlyph::Exclamation:
        return theme.color(ColorToken::Failed);
    case StatusGlyph::Cross:
        return theme.color(ColorToken::Dim);
    case StatusGlyph::Spinner:
        return theme.color(ColorToken::Running);
    case StatusGlyph::Clock:
    case StatusGlyph::Pause:
        break;
    }
    return theme.color(row.status == TaskStatus::NotAsked ? ColorToken::Dim : ColorToken::Pending);
}

void paintStatusGlyph(QPainter *painter, const QRectF &box, StatusGlyph glyph, const QColor &color)
{
    const double unit = std::min(box.width(), box.height()) / 16.0;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(box.center());
    painter->scale(unit, unit);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(color, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QRectF ring(-6.5, -6.5, 13, 13);
    if (glyph == StatusGlyph::Spinner) {
        // Three quarters of a ring, open at the upper left: still, so that an idle window stays idle.
        painter->drawArc(ring, 90 * 16, -250 * 16);
    } else {
        painter->drawEllipse(ring);
    }
    switch (glyph) {
    case StatusGlyph::Check:
        painter->drawPolyline(QPolygonF({{-2.9, 0.2}, {-0.9, 2.2}, {3.0, -2.1}}));
        break;
    case StatusGlyph::Clock:
        painter->drawPolyline(QPolygonF({{0, -3.6}, {0, 0}, {2.8, 0}}));
        break;
    case StatusGlyph::Exclamation:
        painter->drawLine(QPointF(0, -3.2), QPointF(0, 0.6));
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        painter->drawEllipse(QPointF(0, 3.2), 1.05, 1.05);
        break;
    case StatusGlyph::Cross:
        painter->drawLine(QPointF(-2.3, -2.3), QPointF(2.3, 2.3));
        painter->drawLine(QPointF(-2.3, 2.3), QPointF(2.3, -2.3));
        break;
    case StatusGlyph::Pause:
        painter->drawLine(QPointF(-1.9, -2.4), QPointF(-1.9, 2.4));
        painter->drawLine(QPointF(1.9, -2.4), QPointF(1.9, 2.4));
        break;
    case StatusGlyph::Spinner:
        break;
    }
    painter->restore();
}

void paintStar(QPainter *painter, const QRectF &box, const QColor &color)
{
    constexpr int kCorners = 10; // five outside, five inside
    constexpr double kInner = 0.42;
    const double radius = std::min(box.width(), box.height()) / 2.0;
    QPolygonF star;
    for (int i = 0; i < kCorners; ++i) {
        const double angle = -M_PI / 2 + i * 2 * M_PI / kCorners;
        const double reach = i % 2 == 0 ? radius : radius * kInner;
        star.append(box.center() + QPointF(std::cos(angle), std::sin(angle)) * reach);
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(color);
    painter->drawPolygon(star);
    painter->restore();
}

} // namespace taskreel
