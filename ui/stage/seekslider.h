// SPDX-License-Identifier: MIT
#pragma once

#include <QSlider>

namespace taskreel {

/// A slider that jumps to where it is pressed and follows the pointer from there. GUI thread.
class SeekSlider final : public QSlider
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SeekSlider)

public:
    explicit SeekSlider(QWidget *parent = nullptr);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] int valueAt(int x) const;
};

} // namespace taskreel
