// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace taskreel {

class RowHeadings;
class TaskFilter;
class Theme;
class ThumbnailCache;
struct TaskSummary;

/// Paints the table's cells: rows of two lines, covers, status signs, the countdown. The view tells which
/// row is hovered. Owned by the view. GUI thread.
class TaskRowDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskRowDelegate)

public:
    TaskRowDelegate(TaskFilter *filter, Theme *theme, ThumbnailCache *thumbnails, QObject *parent);

    void setHeadings(const RowHeadings *headings) { m_headings = headings; } ///< borrowed
    void setHoveredRow(int row) { m_hoveredRow = row; }
    void setEdges(int firstColumn, int lastColumn); ///< logical columns at the table's two edges

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    void paintCover(QPainter *painter, const QRect &cell, const TaskSummary &row) const;
    void paintStatus(QPainter *painter, const QRect &cell, const TaskSummary &row) const;
    void paintPrompt(QPainter *painter, const QRect &cell, const TaskSummary &row) const;
    /// Two lines of a cell; one, when there is no second.
    struct Lines
    {
        QString first;
        QColor ink; ///< of the first
        QString second;
        bool starred = false;
        QString tags = {}; ///< behind the second
    };
    void paintLines(QPainter *painter, const QRect &area, const Lines &lines) const;
    void paintSecond(QPainter *painter, const QRect &area, const Lines &lines) const;
    void paintText(QPainter *painter, const QRect &area, const QString &text, const QColor &ink,
                   Qt::Alignment alignment) const;

    TaskFilter *m_filter;
    Theme *m_theme;
    ThumbnailCache *m_thumbnails;
    const RowHeadings *m_headings = nullptr;
    int m_hoveredRow = -1;
    int m_firstColumn = 0;
    int m_lastColumn = 0;
};

} // namespace taskreel
