// SPDX-License-Identifier: MIT
#include "ui/common/toggleswitch.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace taskreel {

namespace {

constexpr int kTrackWidth = 34;
constexpr int kTrackHeight = 18;
constexpr int kTextGap = 8;

} // namespace

ToggleSwitch::ToggleSwitch(const QString &text, Theme *theme, QWidget *parent)
    : QCheckBox(text, parent)
    , m_theme(theme)
{
    setAttribute(Qt::WA_Hover);
}

QSize ToggleSwitch::sizeHint() const
{
    const int text = fontMetrics().size(Qt::TextShowMnemonic, this->text()).width();
    const int gap = this->text().isEmpty() ? 0 : kTextGap;
    return {kTrackWidth + gap + text + 4, measure::kControlHeight};
}

void ToggleSwitch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF track(2, (height() - kTrackHeight) / 2.0, kTrackWidth - 2, kTrackHeight);
    if (layoutDirection() == Qt::RightToLeft)
        track.moveRight(width() - 2);
    const QColor off = m_theme->color(ColorToken::Dim);
    QColor fill = isChecked() ? m_theme->color(ColorToken::Accent) : off;
    if (!isEnabled())
        fill = m_theme->color(ColorToken::Line);
    else if (underMouse())
        fill = fill.lighter(108);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(track, kTrackHeight / 2.0, kTrackHeight / 2.0);
    const double radius = kTrackHeight / 2.0 - 2.5;
    const double x = isChecked() ? track.right() - radius - 2.5 : track.left() + radius + 2.5;
    painter.setBrush(m_theme->color(isChecked() ? ColorToken::OnAccent : ColorToken::Base));
    painter.drawEllipse(QPointF(x, track.center().y()), radius, radius);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme->color(ColorToken::Accent), 1));
        painter.drawRoundedRect(track.adjusted(-1.5, -2.5, 1.5, 2.5), 11, 11);
    }
    const QRect words = layoutDirection() == Qt::RightToLeft
            ? rect().adjusted(0, 0, -kTrackWidth - kTextGap, 0)
            : rect().adjusted(kTrackWidth + kTextGap, 0, 0, 0);
    painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled,
                                   QPalette::WindowText));
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextShowMnemonic, text());
}

} // namespace taskreel
