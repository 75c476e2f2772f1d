// SPDX-License-Identifier: MIT
#include "ui/list/coverpainting.h"

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

void paintEmptyTile(QPainter *painter, const QRect &tile, int radius, const QColor &line)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(line, 1, Qt::DashLine));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(QRectF(tile).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter->restore();
}

} // namespace taskreel
