// SPDX-License-Identifier: MIT
#include "ui/common/elidedlabel.h"

namespace taskreel {

ElidedLabel::ElidedLabel(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setWords(const QString &words)
{
    if (m_words == words)
        return;
    m_words = words;
    setAccessibleDescription(words);
    elide();
    updateGeometry();
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {24, fontMetrics().height() + 2};
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_words) + 2, fontMetrics().height() + 2};
}

void ElidedLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    elide();
}

void ElidedLabel::elide()
{
    const QString shown = fontMetrics().elidedText(m_words, Qt::ElideRight, width());
    setText(shown);
    setToolTip(shown == m_words ? QString() : m_words.toHtmlEscaped());
}

} // namespace taskreel
