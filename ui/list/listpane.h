// SPDX-License-Identifier: MIT
#pragma once

#include "ui/list/listservices.h"

#include <QSet>
#include <QTimer>
#include <QWidget>

class QAbstractItemView;
class QHBoxLayout;
class QMenu;
class QStackedWidget;
class QToolButton;

namespace taskreel {

class FilterChips;
class HoverPlay;
class TaskGridView;
class TaskTableView;

/// The list: status filter, view switch, table or grid, and a word where nothing matches. Knows which
/// tasks are in sight and lets covers and the poller know. GUI thread.
class ListPane final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ListPane)

public:
    explicit ListPane(const ListServices &services, QWidget *parent = nullptr);
    ~ListPane() override;

    void addHover(HoverPlay *hover); ///< it watches the covers
    void addTool(QWidget *tool); ///< beside the view switch
    void setGrid(bool grid);
    [[nodiscard]] bool isGrid() const;
    [[nodiscard]] QAbstractItemView *view() const; ///< the one that is shown
    [[nodiscard]] QList<QWidget *> views() const;
    [[nodiscard]] QMenu *columnMenu() const; ///< of the table; owned by it
    void moveCurrent(int rows); ///< J and K
    void selectAll();
    /// The task to show when these go: the next below the current one, else above; may be empty.
    [[nodiscard]] QString neighbourOf(const QSet<QString> &ids) const;
    void saveState();

Q_SIGNALS:
    void stateChanged(); ///< something that saveState() keeps
    void visibleTasksChanged(const QSet<QString> &ids);
    void contextMenuRequested(const QPoint &globalPosition);
    void dragRequested(); ///< of the selected tasks, out of the view that is shown
    void activated(); ///< double click or Return on a task

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeNothingFound();
    QToolButton *makeViewButton(const QString &iconName, const QString &words, const QString &name);
    void watchView(QAbstractItemView *view);
    void lookAtVisible();
    void showPage();
    void showPlace();
    void fold();
    void tick();
    void restoreFilter();

    ListServices m_services;
    FilterChips *m_chips;
    TaskTableView *m_table;
    TaskGridView *m_grid;
    QStackedWidget *m_pages;
    QWidget *m_nothing;
    QHBoxLayout *m_bar;
    QToolButton *m_tableButton;
    QToolButton *m_gridButton;
    QTimer m_look; ///< collects scrolling, resizing and changes of the model
    QTimer m_place; ///< after the filter changed: when the views have followed
    QTimer m_second; ///< runs while something in sight counts seconds
    QTimer m_halfMinute; ///< relative times
    QSet<QString> m_visible;
    bool m_isGrid = false;
};

} // namespace taskreel
