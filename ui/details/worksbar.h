// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace taskreel {

class ActionButton;
class ActionRegistry;
class Theme;
class WorksStrip;

/// One row: the works, `Work 1 of 3`, and at the right what can be done with the shown one. The buttons
/// shrink to icons when the row is narrow. GUI thread.
class WorksBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WorksBar)

public:
    /// @param theme, actions borrowed, outlive this
    /// @param strip becomes a child
    WorksBar(Theme *theme, ActionRegistry *actions, WorksStrip *strip, QWidget *parent = nullptr);

    void setPosition(int index, int count);
    /// Takes up actions that were added to the registry meanwhile.
    void findActions();
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool event(QEvent *event) override;

private:
    void fit();
    void fillMenu();
    void colour();

    Theme *m_theme;
    ActionRegistry *m_actions;
    WorksStrip *m_strip;
    QLabel *m_position;
    QList<std::pair<QString, ActionButton *>> m_buttons; ///< by their action's id
    QPushButton *m_more;
};

} // namespace taskreel
