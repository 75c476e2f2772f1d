// SPDX-License-Identifier: MIT
#include "ui/list/headingpainting.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace taskreel {

void paintHeading(QPainter *painter, const QRect &band, int left, const QString &words,
                  const Theme &theme)
{
    painter->save();
    painter->setClipRect(band);
    painter->fillRect(band, theme.color(ColorToken::Window));
    painter->fillRect(QRect(band.left(), band.bottom(), band.width(), 1),
                      theme.color(ColorToken::Line));
    QFont font = theme.smallFont(painter->font());
    font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(theme.color(ColorToken::Dim));
    const QRect line(left, band.top(), band.right() + 1, band.height());
    painter->drawText(line, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, words);
    painter->restore();
}

} // namespace taskreel
