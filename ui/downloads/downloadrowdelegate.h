// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace taskreel {

class DownloadTableModel;
class Theme;
struct DownloadRow;

/// Paints a line of the download panel: sign and words of its state, the bar of its progress, the
/// rest as quiet text. No widgets in cells. GUI thread.
class DownloadRowDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DownloadRowDelegate)

public:
    static constexpr int kRowHeight = 34; ///< px

    /// Both borrowed, both outlive this.
    DownloadRowDelegate(const DownloadTableModel *model, Theme *theme, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
    void setHoveredRow(int row) { m_hoveredRow = row; } ///< -1: none

private:
    void paintState(QPainter *painter, const QRect &cell, const DownloadRow &row,
                    const QString &words) const;
    void paintProgress(QPainter *painter, const QRect &cell, const DownloadRow &row,
                       const QString &words) const;
    void paintText(QPainter *painter, const QRect &cell, const QString &text, const QColor &ink,
                   Qt::Alignment alignment, Qt::TextElideMode elide = Qt::ElideRight) const;

    const DownloadTableModel *m_model;
    Theme *m_theme;
    int m_hoveredRow = -1;
};

} // namespace taskreel
