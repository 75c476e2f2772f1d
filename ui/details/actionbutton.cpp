// SPDX-License-Identifier: MIT
#include "ui/details/actionbutton.h"

#include "ui/theme/theme.h"

#include <QAction>

using namespace Qt::StringLiterals;

namespace taskreel {

ActionButton::ActionButton(const QString &name, const QString &objectName, QWidget *parent)
    : QPushButton(parent)
{
    setObjectName(objectName);
    setAccessibleName(name);
    setIconSize({measure::kIcon, measure::kIcon});
    setVisible(false);
}

void ActionButton::setAction(QAction *action)
{
    m_action = action;
    connect(this, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, this, &ActionButton::update);
    update();
}

void ActionButton::setIconOnly(bool on)
{
    if (m_iconOnly == on)
        return;
    m_iconOnly = on;
    update();
}

int ActionButton::fullWidth() const
{
    // The style adds the same around either text, so only the words differ.
    return sizeHint().width()
        + (m_iconOnly ? fontMetrics().horizontalAdvance(accessibleName()) + measure::kGrid : 0);
}

void ActionButton::update()
{
    setIcon(m_action->icon());
    // Without an icon the words are all there is.
    setText(m_iconOnly && !icon().isNull() ? QString() : accessibleName());
    setEnabled(m_action->isEnabled());
    setVisible(m_action->isVisible());
    const QString keys = m_action->shortcut().toString(QKeySequence::NativeText);
    setToolTip(keys.isEmpty() ? accessibleName() : u"%1 (%2)"_s.arg(accessibleName(), keys));
}

} // namespace taskreel
