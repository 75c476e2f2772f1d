// SPDX-License-Identifier: MIT
#include "ui/downloads/downloadrowdelegate.h"

#include "core/models/downloadtablemodel.h"
#include "ui/common/rowtable.h"
#include "ui/theme/statusglyphs.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QPainter>

namespace taskreel {

namespace {

using Column = DownloadTableModel::Column;

constexpr int kCellMargin = 8;
constexpr int kGlyph = 14;
constexpr int kBar = 6; ///< px, height of the progress bar

struct Look
{
    StatusGlyph glyph = StatusGlyph::Clock;
    ColorToken ink = ColorToken::Dim;
};

Look lookOf(const DownloadStanding &standing)
{
    switch (standing.state) {
    case DownloadState::Running:
        return {StatusGlyph::Spinner, ColorToken::Running};
    case DownloadState::Verifying:
        return {StatusGlyph::Spinner, ColorToken::Completed};
    case DownloadState::Paused:
        return {StatusGlyph::Pause, ColorToken::Pending};
    case DownloadState::Done:
        return {StatusGlyph::Check, ColorToken::Completed};
    case DownloadState::Failed:
        return {StatusGlyph::Exclamation, ColorToken::Failed};
    case DownloadState::Waiting:
        break;
    }
    if (standing.left)
        return {StatusGlyph::Pause, ColorToken::Pending};
    const bool troubled = standing.error.kind != ErrorKind::None;
    return {StatusGlyph::Clock, troubled ? ColorToken::Pending : ColorToken::Dim};
}

} // namespace

DownloadRowDelegate::DownloadRowDelegate(const DownloadTableModel *model, Theme *theme,
                                         QObject *parent)
    : QStyledItemDelegate(parent), m_model(model), m_theme(theme)
{
}

QSize DownloadRowDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {80, kRowHeight};
}

void DownloadRowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                                const QModelIndex &index) const
{
    const DownloadRow &row = m_model->rowAt(index.row());
    const QString text = index.data().toString();
    const QRect cell = option.rect.adjusted(kCellMargin, 0, -kCellMargin, 0);
    const QColor dim = m_theme->color(ColorToken::Dim);
    painter->save();
    painter->setFont(option.font);
    const bool hovered = index.row() == m_hoveredRow;
    paintRowGround(painter, option, index, {hovered, index.column() == int(Column::Name), false},
                   *m_theme);
    paintRowFocus(painter, option, index, {}, *m_theme);
    switch (Column(index.column())) {
    case Column::Name:
        // What tells names apart stands at their ends.
        paintText(painter, cell, text, m_theme->color(ColorToken::Text), Qt::AlignLeft,
                  Qt::ElideMiddle);
        break;
    case Column::Status:
        paintState(painter, cell, row, text);
        break;
    case Column::Progress:
        paintProgress(painter, cell, row, text);
        break;
    case Column::Size:
    case Column::Speed:
    case Column::TimeLeft:
        paintText(painter, cell, text, dim, Qt::AlignRight);
        break;
    case Column::Task:
    case Column::Count:
        paintText(painter, cell, text, dim, Qt::AlignLeft);
        break;
    }
    painter->restore();
}

void DownloadRowDelegate::paintState(QPainter *painter, const QRect &cell, const DownloadRow &row,
                                     const QString &words) const
{
    const Look look = lookOf(row.standing);
    const QColor ink = m_theme->color(look.ink);
    paintStatusGlyph(painter,
                     QRectF(cell.left(), cell.center().y() - kGlyph / 2.0 + 0.5, kGlyph, kGlyph),
                     look.glyph, ink);
    paintText(painter, cell.adjusted(kGlyph + 7, 0, 0, 0), words, ink, Qt::AlignLeft);
}

/// A saved file needs no full bar to say so.
void DownloadRowDelegate::paintProgress(QPainter *painter, const QRect &cell,
                                        const DownloadRow &row, const QString &words) const
{
    if (row.standing.state == DownloadState::Done)
        return;
    const int wordsWidth = painter->fontMetrics().horizontalAdvance(QStringLiteral("100 %"));
    const int barWidth = cell.width() - wordsWidth - kCellMargin;
    const QRectF groove(cell.left(), cell.center().y() - kBar / 2 + 0.5, barWidth, kBar);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme->color(ColorToken::Line));
    painter->drawRoundedRect(groove, kBar / 2.0, kBar / 2.0);
    const int percent = row.percent();
    if (percent > 0) {
        QRectF done = groove;
        done.setWidth(std::max<double>(kBar, groove.width() * percent / 100.0));
        painter->setBrush(m_theme->color(lookOf(row.standing).ink));
        painter->drawRoundedRect(done, kBar / 2.0, kBar / 2.0);
    }
    painter->setRenderHint(QPainter::Antialiasing, false);
    paintText(painter, cell, words, m_theme->color(ColorToken::Dim), Qt::AlignRight);
}

void DownloadRowDelegate::paintText(QPainter *painter, const QRect &cell, const QString &text,
                                    const QColor &ink, Qt::Alignment alignment,
                                    Qt::TextElideMode elide) const
{
    painter->setPen(ink);
    painter->drawText(cell, alignment | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(text, elide, cell.width()));
}

} // namespace taskreel
