// SPDX-License-Identifier: MIT
#pragma once

#include "ui/list/dragstart.h"
#include "ui/list/listservices.h"
#include "ui/list/tilelayout.h"

#include <QListView>

namespace taskreel {

class SelectionBridge;
class TaskTileDelegate;

/// The tasks as covers. Tiles share the width evenly; runs of rows have headings, as in the table. A list
/// view to the rest of the program and to screen readers, but it lays its tiles out itself: Qt's knows no
/// headings, and looks at every row. Takes the model when it is first shown. Accessible name `Tasks`.
/// GUI thread.
class TaskGridView final : public QListView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskGridView)

public:
    explicit TaskGridView(const ListServices &services, QWidget *parent = nullptr);
    ~TaskGridView() override;

    [[nodiscard]] SelectionBridge *bridge() const { return m_bridge; }
    [[nodiscard]] QStringList visibleIds() const;
    [[nodiscard]] QSize coverPx() const;
    /// Of the run that begins with this row, in the viewport; empty: none does.
    [[nodiscard]] QRect headingRect(int row) const;
    [[nodiscard]] QString headingWords(int row) const { return m_runs->wordsAt(row); }
    void repaintTask(const QString &id);

    [[nodiscard]] QRect visualRect(const QModelIndex &index) const override;
    [[nodiscard]] QModelIndex indexAt(const QPoint &place) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    void doItemsLayout() override;
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                     const QList<int> &roles = {}) override;

Q_SIGNALS:
    void dragRequested(); ///< of the selected tiles

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void updateGeometries() override;
    [[nodiscard]] QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    [[nodiscard]] int horizontalOffset() const override;
    [[nodiscard]] int verticalOffset() const override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection &selection) const override;

private:
    void shareWidth();
    [[nodiscard]] int columns() const;
    [[nodiscard]] const TileLayout &tiles() const; ///< of the rows as they are now
    [[nodiscard]] std::pair<int, int> visibleRows() const;
    [[nodiscard]] QModelIndex indexOf(int row) const;
    [[nodiscard]] QItemSelection within(const QRect &rect) const;
    void paintHeadings(QPainter *painter, const QRect &area) const;
    void paintTiles(QPainter *painter, const QRegion &region) const;
    void paintBand(QPainter *painter) const;

    ListServices m_services;
    RowRuns *m_runs;
    SelectionBridge *m_bridge;
    DragStart m_drag;
    TaskTileDelegate *m_delegate;
    mutable TileLayout m_tiles;
    mutable bool m_stale = true;
    QPoint m_bandFrom; ///< where the mouse was pressed, in the contents
    QPoint m_bandTo; ///< in the viewport
};

} // namespace taskreel
