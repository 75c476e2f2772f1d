// SPDX-License-Identifier: MIT
#include "ui/stage/seekslider.h"

#include <QMouseEvent>
#include <QStyle>

namespace taskreel {

SeekSlider::SeekSlider(QWidget *parent)
    : QSlider(Qt::Horizontal, parent)
{
}

int SeekSlider::valueAt(int x) const
{
    const int handle = style()->pixelMetric(QStyle::PM_SliderLength, nullptr, this);
    return QStyle::sliderValueFromPosition(minimum(), maximum(), x - handle / 2, width() - handle,
                                           layoutDirection() == Qt::RightToLeft);
}

void SeekSlider::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton) {
        event->ignore();
        return;
    }
    setSliderDown(true);
    setSliderPosition(valueAt(event->position().toPoint().x()));
    event->accept();
}

void SeekSlider::mouseMoveEvent(QMouseEvent *event)
{
    if (isSliderDown())
        setSliderPosition(valueAt(event->position().toPoint().x()));
    event->accept();
}

void SeekSlider::mouseReleaseEvent(QMouseEvent *event)
{
    setSliderDown(false);
    event->accept();
}

} // namespace taskreel
