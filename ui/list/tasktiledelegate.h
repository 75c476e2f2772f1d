// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace taskreel {

class TaskFilter;
class Theme;
class ThumbnailCache;
struct TaskSummary;

/// Paints a tile of the grid: cover with badges, prompt, status. Owned by the view. GUI thread.
class TaskTileDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskTileDelegate)

public:
    static constexpr int kGap = 12; ///< between tiles

    TaskTileDelegate(TaskFilter *filter, Theme *theme, ThumbnailCache *thumbnails, QObject *parent);

    /// The cell for a cover of this width: cover, two lines and the gaps.
    [[nodiscard]] QSize cellSize(int coverWidth, const QFont &font) const;
    [[nodiscard]] static QSize coverSize(int coverWidth);
    void setCoverWidth(int width); ///< of the tiles to come; the view lays out anew

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    void paintPicture(QPainter *painter, const QRect &tile, const TaskSummary &row) const;
    void paintBadge(QPainter *painter, const QRect &tile, const QString &text, bool lowerRight) const;
    void paintStarBadge(QPainter *painter, const QRect &tile) const;
    void paintFrame(QPainter *painter, const QStyleOptionViewItem &option, const QRect &tile,
                    const QModelIndex &index) const;
    void paintWords(QPainter *painter, const QStyleOptionViewItem &option, const QRect &tile,
                    const TaskSummary &row) const;

    TaskFilter *m_filter;
    Theme *m_theme;
    ThumbnailCache *m_thumbnails;
    int m_coverWidth;
};

} // namespace taskreel
