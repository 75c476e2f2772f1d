// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractButton>

namespace taskreel {

class Theme;

/// A checkable pill. GUI thread; owned by its parent widget.
class Chip final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Chip)

public:
    explicit Chip(Theme *theme, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme *m_theme;
};

} // namespace taskreel
