// SPDX-License-Identifier: MIT
#include "ui/details/workthumb.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace taskreel {

WorkThumb::WorkThumb(Theme *theme, const QString &kind, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_kind(kind)
{
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setFixedSize(kSize);
    setCursor(Qt::PointingHandCursor);
    connect(theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void WorkThumb::setCover(const QImage &cover)
{
    m_cover = cover;
    m_scaled = {};
    update();
}

void WorkThumb::paintEvent(QPaintEvent *)
{
    constexpr int kFrame = 3; // frame and its distance from the picture
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF picture = QRectF(rect()).adjusted(kFrame, kFrame, -kFrame, -kFrame);
    QPainterPath outline;
    outline.addRoundedRect(picture, measure::kCoverRadius, measure::kCoverRadius);
    painter.fillPath(outline, m_theme->color(ColorToken::Stage));
    if (!m_cover.isNull()) {
        const QSize px = (picture.size() * devicePixelRatioF()).toSize();
        if (m_scaled.isNull() || m_scaled.size() != px) {
            const QImage filled = m_cover.scaled(px, Qt::KeepAspectRatioByExpanding,
                                                 Qt::SmoothTransformation);
            m_scaled = filled.copy({QPoint((filled.width() - px.width()) / 2,
                                           (filled.height() - px.height()) / 2),
                                    px});
        }
        painter.setClipPath(outline);
        painter.drawImage(picture, m_scaled);
        painter.setClipping(false);
    } else {
        painter.setFont(m_theme->smallFont(font()));
        painter.setPen(m_theme->color(ColorToken::StageText));
        painter.drawText(picture, Qt::AlignCenter | Qt::TextSingleLine, m_kind);
    }
    if (!isChecked() && !hasFocus())
        return;
    const ColorToken line = isChecked() ? ColorToken::Accent : ColorToken::Dim;
    painter.setPen(QPen(m_theme->color(line), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), measure::kRadius,
                            measure::kRadius);
}

} // namespace taskreel
