// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

namespace taskreel {

/// One line of plain text that gives way: cut with `…` where there is no room, whole in the tooltip and
/// in the accessible description (a label with a name of its own does not expose its text).
class ElidedLabel final : public QLabel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ElidedLabel)

public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    void setWords(const QString &words);
    [[nodiscard]] QString words() const { return m_words; }
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void elide();

    QString m_words;
};

} // namespace taskreel
