// SPDX-License-Identifier: MIT
#include "ui/common/chip.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace taskreel {

Chip::Chip(Theme *theme, QWidget *parent) : QAbstractButton(parent), m_theme(theme)
{
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize Chip::sizeHint() const
{
    const int text = fontMetrics().horizontalAdvance(this->text());
    return {text + 28, std::max(measure::kChipHeight, fontMetrics().height() + 8)};
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool strong = isChecked() || isDown();
    QColor fill(Qt::transparent);
    if (strong)
        fill = m_theme->color(ColorToken::SelectedRow);
    else if (underMouse() && isEnabled())
        fill = m_theme->color(ColorToken::HoverRow);
    const bool ring = strong || hasFocus();
    painter.setPen(QPen(m_theme->color(ring ? ColorToken::Accent : ColorToken::Line),
                        hasFocus() ? 1.6 : 1));
    painter.setBrush(fill);
    const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    painter.setPen(m_theme->color(strong ? ColorToken::Text : ColorToken::Dim));
    painter.drawText(rect(), Qt::AlignCenter, text());
}

} // namespace taskreel
