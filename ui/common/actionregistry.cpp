// SPDX-License-Identifier: MIT
#include "ui/common/actionregistry.h"

#include <QWidget>

namespace taskreel {

namespace {

constexpr char kSingleKey[] = "taskreelShortcuts";

QVariant toVariant(const QList<QKeySequence> &shortcuts)
{
    return QVariant::fromValue(shortcuts);
}

} // namespace

ActionRegistry::ActionRegistry(QObject *parent) : QObject(parent) {}

QAction *ActionRegistry::add(const Spec &spec, QObject *context, std::function<void()> trigger)
{
    Q_ASSERT(!m_actions.contains(spec.id));
    auto *action = new QAction(spec.text, this);
    action->setObjectName(spec.id);
    action->setCheckable(spec.checkable);
    if (!spec.iconName.isEmpty())
        action->setIcon(m_iconSource ? m_iconSource(spec.iconName) : QIcon::fromTheme(spec.iconName));
    action->setShortcutContext(spec.singleKey ? Qt::WidgetWithChildrenShortcut : spec.context);
    if (spec.singleKey) {
        action->setProperty(kSingleKey, toVariant(spec.shortcuts));
        for (QWidget *scope : std::as_const(m_scopes))
            scope->addAction(action);
    }
    if (!spec.singleKey || m_singleKeys)
        action->setShortcuts(spec.shortcuts);
    if (trigger)
        connect(action, &QAction::triggered, context, std::move(trigger));
    m_order.append(action);
    m_actions.insert(spec.id, action);
    return action;
}

QAction *ActionRegistry::action(const QString &id) const
{
    QAction *found = m_actions.value(id);
    Q_ASSERT_X(found, "ActionRegistry::action", qPrintable(id));
    return found;
}

bool ActionRegistry::contains(const QString &id) const
{
    return m_actions.contains(id);
}

QList<QAction *> ActionRegistry::all() const
{
    return m_order;
}

QList<QKeySequence> ActionRegistry::shortcutsOf(const QAction *action) const
{
    const QVariant own = action->property(kSingleKey);
    return own.isValid() ? own.value<QList<QKeySequence>>() : action->shortcuts();
}

bool ActionRegistry::isSingleKey(const QAction *action)
{
    return action->property(kSingleKey).isValid();
}

void ActionRegistry::addSingleKeyScope(QWidget *scope)
{
    if (m_scopes.contains(scope))
        return;
    m_scopes.append(scope);
    connect(scope, &QObject::destroyed, this,
            [this](QObject *gone) { m_scopes.removeIf([gone](QWidget *w) { return w == gone; }); });
    for (QAction *action : std::as_const(m_order)) {
        if (isSingleKey(action))
            scope->addAction(action);
    }
}

void ActionRegistry::setSingleKeysEnabled(bool enabled)
{
    m_singleKeys = enabled;
    for (QAction *action : std::as_const(m_order)) {
        if (isSingleKey(action))
            action->setShortcuts(enabled ? shortcutsOf(action) : QList<QKeySequence>());
    }
}

void ActionRegistry::setIconSource(std::function<QIcon(const QString &)> source)
{
    m_iconSource = std::move(source);
}

} // namespace taskreel
