// SPDX-License-Identifier: MIT
#pragma once

#include "ui/list/dragstart.h"
#include "ui/list/listservices.h"

#include <QTableView>

class QMenu;

namespace taskreel {

class RowHeadings;
class SelectionBridge;
class TaskRowDelegate;

/// The tasks as rows of two lines, all of one height. Columns are remembered; those that there is no
/// room for are hidden until the user chooses columns. Accessible name `Tasks`. GUI thread.
class TaskTableView final : public QTableView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskTableView)

public:
    explicit TaskTableView(const ListServices &services, QWidget *parent = nullptr);
    ~TaskTableView() override;

    [[nodiscard]] SelectionBridge *bridge() const { return m_bridge; }
    [[nodiscard]] QStringList visibleIds() const; ///< in order, top to bottom
    [[nodiscard]] QSize coverPx() const; ///< what thumbnails are wanted at
    /// Repaints the status of visible rows that count seconds; false: none does.
    bool repaintCounting();
    void repaintTask(const QString &id);
    void saveColumns();
    [[nodiscard]] QMenu *columnMenu() const { return m_columnMenu; } ///< which columns are shown

Q_SIGNALS:
    void columnsChanged(); ///< something that saveColumns() keeps
    void dragRequested(); ///< of the selected rows

protected:
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void setUpHeader();
    void restoreColumns();
    void resetColumns();
    void fitColumns();
    QMenu *makeColumnMenu();
    void chooseColumn(int column, bool shown);
    void hoverRow(int row);
    void repaintRow(int row);
    void updateEdges();
    [[nodiscard]] std::pair<int, int> visibleRows() const; ///< first, last; -1 when empty

    ListServices m_services;
    SelectionBridge *m_bridge;
    DragStart m_drag;
    QMenu *m_columnMenu = nullptr;
    TaskRowDelegate *m_delegate;
    RowHeadings *m_headings = nullptr;
    int m_hoveredRow = -1;
    bool m_columnsChosen = false; ///< by the user: no longer shown and hidden by width
};

} // namespace taskreel
