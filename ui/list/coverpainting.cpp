// SPDX-License-Identifier: MIT
#include "ui/list/coverpainting.h"

#include "core/domain/tasksummary.h"
#include "core/text/quantities.h"
#include "ui/theme/theme.h"

#include <QBrush>
#include <QPainter>

namespace taskreel {

void paintCoverTile(QPainter *painter, const QRect &tile, int radius, const QPixmap &cover)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    const QSizeF need = QSizeF(cover.size()).scaled(tile.size(), Qt::KeepAspectRatioByExpanding);
    const double scale = need.width() / std::max(1, cover.width());
    QTransform place;
    place.translate(tile.center().x() + 0.5 - need.width() / 2, tile.center().y() + 0.5 - need.height() / 2);
    place.scale(scale, scale);
    QPixmap plain(cover);
    plain.setDevicePixelRatio(1.0);
    QBrush brush(plain);
    brush.setTransform(place);
    painter->setPen(Qt::NoPen);
    painter->setBrush(brush);
    painter->drawRoundedRect(tile, radius, radius);
    painter->restore();
}

void paintMissingCover(QPainter *painter, const QRect &tile, int radius, const TaskSummary &row,
                       bool loading, const Theme &theme)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool hasResult = loading || row.resultCount > 0;
    painter->setPen(QPen(theme.color(ColorToken::Line), 1, hasResult ? Qt::SolidLine : Qt::DashLine));
    painter->setBrush(hasResult ? QBrush(theme.color(ColorToken::HoverRow)) : QBrush(Qt::NoBrush));
    painter->drawRoundedRect(QRectF(tile).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    if (hasResult && !loading) {
        painter->setFont(theme.smallFont(painter->font()));
        painter->setPen(theme.color(ColorToken::Dim));
        const QString kind = kindText(row.kind);
        painter->drawText(tile, Qt::AlignCenter,
                          painter->fontMetrics().elidedText(kind, Qt::ElideRight, tile.width() - 8));
    }
    painter->restore();
}

} // namespace taskreel
