// SPDX-License-Identifier: MIT
#pragma once

#include <QTimer>
#include <QWidget>

class QVBoxLayout;

namespace taskreel {

class Theme;

/// The stage over the whole screen, its controls below while the pointer moves. Borrows both widgets from
/// their layout and hands them back with closed(). GUI thread; deletes itself.
class FullScreenView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FullScreenView)

public:
    FullScreenView(Theme *theme, QWidget *stage, QWidget *controls, QWidget *window);

Q_SIGNALS:
    void closed(); ///< the widgets are still children: take them back now

protected:
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showControls();

    QWidget *m_stage;
    QWidget *m_controls;
    QTimer m_hideTimer;
};

} // namespace taskreel
