// SPDX-License-Identifier: MIT
#include "ui/common/elidedlabel.h"

#include "core/text/tooltips.h"

#include <QTextLayout>

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

void ElidedLabel::setMostLines(int lines)
{
    m_mostLines = lines;
    // Not the policy's own flag: a label takes that back with each text.
    QSizePolicy policy = sizePolicy();
    policy.setVerticalPolicy(lines > 1 ? QSizePolicy::Minimum : QSizePolicy::Fixed); // fixed is one line
    setSizePolicy(policy);
    elide();
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {24, fontMetrics().height() + 2};
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_words) + 2, fontMetrics().height() + 2};
}

int ElidedLabel::heightForWidth(int width) const
{
    if (m_mostLines == 1)
        return -1;
    const int count = std::max(1, int(lines(width).size()));
    return fontMetrics().height() + (count - 1) * fontMetrics().lineSpacing() + 2;
}

void ElidedLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    elide();
}

QStringList ElidedLabel::lines(int width) const
{
    QStringList result;
    QTextLayout layout(m_words, font());
    layout.beginLayout();
    while (result.size() + 1 < m_mostLines) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        if (line.textStart() + line.textLength() == m_words.size())
            break; // the last one, below
        result.append(m_words.mid(line.textStart(), line.textLength()).trimmed());
    }
    qsizetype used = 0;
    for (int i = 0; i < result.size(); ++i)
        used += layout.lineAt(i).textLength();
    layout.endLayout();
    result.append(fontMetrics().elidedText(m_words.mid(used), Qt::ElideRight, width));
    return result;
}

void ElidedLabel::elide()
{
    const QStringList shown = lines(width());
    setText(shown.join(u'\n'));
    const bool isCut = shown.constLast().endsWith(u'…') && !m_words.endsWith(shown.constLast());
    setToolTip(isCut ? toolTipText(m_words) : QString());
}

} // namespace taskreel
