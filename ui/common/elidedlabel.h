// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

namespace taskreel {

/// One line of plain text (or a few, where one is too short) that gives way: cut with `…` where there is no room, whole in the tooltip and
/// in the accessible description (a label with a name of its own does not expose its text).
class ElidedLabel final : public QLabel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ElidedLabel)

public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    void setWords(const QString &words);
    void setMostLines(int lines); ///< 1 at first; more make the height depend on the width
    [[nodiscard]] QString words() const { return m_words; }
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return m_mostLines > 1; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QStringList lines(int width) const;
    void elide();

    QString m_words;
    int m_mostLines = 1;
};

} // namespace taskreel
