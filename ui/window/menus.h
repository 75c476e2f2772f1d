// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QMenu;
class QMenuBar;
class QWidget;

namespace taskreel {

class ActionRegistry;

/// The menus, fed by the registry: the same ones hang in the menu bar and behind ☰. GUI thread; the
/// menus belong to the window.
class Menus final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Menus)

public:
    Menus(const ActionRegistry *actions, bool isDemo, QWidget *window);

    void fill(QMenuBar *bar) const;
    void addColumns(QMenu *columns); ///< to the View menu
    [[nodiscard]] QMenu *all() const { return m_all; } ///< behind ☰
    [[nodiscard]] QMenu *downloads() const { return m_downloads; }
    [[nodiscard]] QMenu *context() const { return m_context; } ///< of a row
    /// Those of the bar, and those inside that have keys of their own.
    [[nodiscard]] QList<QMenu *> byName() const { return m_menus + QList<QMenu *>{m_queue}; }

private:
    QMenu *make(const QString &title, const QList<QLatin1StringView> &ids);

    const ActionRegistry *m_actions;
    QWidget *m_window;
    QList<QMenu *> m_menus;
    QMenu *m_all;
    QMenu *m_downloads;
    QMenu *m_queue; ///< what is done to the files of the download queue; in the Task menu
    QMenu *m_context;
};

} // namespace taskreel
