// SPDX-License-Identifier: MIT
#pragma once

#include <QPointer>
#include <QPushButton>

class QAction;

namespace taskreel {

/// A button without logic of its own: text, icon, state and click are its action's. Can shrink to its
/// icon; the tooltip then says the rest. GUI thread.
class ActionButton final : public QPushButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ActionButton)

public:
    /// @param name the accessible name, which stays whatever the text is
    ActionButton(const QString &name, const QString &objectName, QWidget *parent = nullptr);

    void setAction(QAction *action);
    [[nodiscard]] bool hasAction() const { return m_action; }
    void setIconOnly(bool on);
    [[nodiscard]] int fullWidth() const; ///< px, with the text

private:
    void update();

    QPointer<QAction> m_action;
    bool m_iconOnly = false;
};

} // namespace taskreel
