// SPDX-License-Identifier: MIT
#pragma once

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QObject>
#include <functional>

class QWidget;

namespace taskreel {

/// The one registry of QActions: menu bar, context menus, buttons and shortcuts take their actions
/// from here by id; buttons have no logic of their own. GUI thread.
class ActionRegistry final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ActionRegistry)

public:
    struct Spec
    {
        QString id; ///< `task.copyId`; also the action's objectName
        QString text; ///< with mnemonic, translated
        QString iconName = {}; ///< freedesktop name or empty
        QList<QKeySequence> shortcuts = {};
        Qt::ShortcutContext context = Qt::WindowShortcut;
        bool checkable = false;
        /// A single-key shortcut: lives on the list and the stage only (addSingleKeyScope()).
        bool singleKey = false;
    };

    explicit ActionRegistry(QObject *parent = nullptr);

    QAction *add(const Spec &spec, QObject *context, std::function<void()> trigger);
    [[nodiscard]] QAction *action(const QString &id) const; ///< never null for a known id: asserts
    [[nodiscard]] bool contains(const QString &id) const;
    [[nodiscard]] QList<QAction *> all() const; ///< in order of adding
    /// The keys of an action, also while single keys are switched off.
    [[nodiscard]] QList<QKeySequence> shortcutsOf(const QAction *action) const;
    [[nodiscard]] static bool isSingleKey(const QAction *action);
    /// Single-key actions answer while focus is in `scope` or a child of it.
    void addSingleKeyScope(QWidget *scope);
    void setSingleKeysEnabled(bool enabled);
    /// Where Spec::iconName becomes an icon (Theme::icon); set it before adding actions.
    void setIconSource(std::function<QIcon(const QString &)> source);

private:
    QList<QAction *> m_order;
    QHash<QString, QAction *> m_actions;
    QList<QWidget *> m_scopes;
    std::function<QIcon(const QString &)> m_iconSource;
    bool m_singleKeys = true;
};

} // namespace taskreel
