// SPDX-License-Identifier: MIT
#pragma once

#include <QCheckBox>

namespace taskreel {

class Theme;

/// A check box that looks like a switch: for settings that act at once. GUI thread.
class ToggleSwitch final : public QCheckBox
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ToggleSwitch)

public:
    ToggleSwitch(const QString &text, Theme *theme, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    [[nodiscard]] bool hitButton(const QPoint &point) const override { return rect().contains(point); }

private:
    Theme *m_theme;
};

} // namespace taskreel
