// SPDX-License-Identifier: MIT
#include "ui/list/taskrowdelegate.h"

#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"
#include "core/text/quantities.h"
#include "ui/common/rowtable.h"
#include "ui/common/thumbnailcache.h"
#include "ui/list/coverpainting.h"
#include "ui/list/headingpainting.h"
#include "ui/list/rowheadings.h"
#include "ui/list/visiblerows.h"
#include "ui/theme/statusglyphs.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QDateTime>
#include <QPainter>

#include <algorithm>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

constexpr int kCellMargin = 8;
constexpr int kGlyph = 15;
constexpr int kStar = 12;

using Column = TaskTableModel::Column;

} // namespace

TaskRowDelegate::TaskRowDelegate(TaskFilter *filter, Theme *theme, ThumbnailCache *thumbnails,
                                 QObject *parent)
    : QStyledItemDelegate(parent)
    , m_filter(filter)
    , m_theme(theme)
    , m_thumbnails(thumbnails)
{
}

void TaskRowDelegate::setEdges(int firstColumn, int lastColumn)
{
    m_firstColumn = firstColumn;
    m_lastColumn = lastColumn;
}

QSize TaskRowDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {100, measure::kRowHeight};
}

void TaskRowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &whole,
                            const QModelIndex &index) const
{
    // The first row of a run is higher: its heading first, then a row like all others.
    QStyleOptionViewItem option = whole;
    option.rect.setTop(std::max(whole.rect.top(), whole.rect.bottom() + 1 - measure::kRowHeight));
    if (m_headings && option.rect.top() > whole.rect.top()) {
        // Each cell shows its part of one line of words.
        constexpr int kLeft = 12;
        paintHeading(painter, whole.rect.adjusted(0, 0, 0, -option.rect.height()), kLeft,
                     m_headings->wordsAt(index.row()), *m_theme);
    }
    const TaskSummary &row = summaryOf(*m_filter, index);
    painter->save();
    painter->setFont(option.font);
    const RowCell place{index.row() == m_hoveredRow, index.column() == m_firstColumn,
                        index.column() == m_lastColumn};
    paintRowGround(painter, option, index, place, *m_theme);
    const QRect cell = option.rect.adjusted(kCellMargin, 0, -kCellMargin, 0);
    const QColor dim = m_theme->color(ColorToken::Dim);
    switch (Column(index.column())) {
    case Column::Cover:
        paintCover(painter, option.rect, row);
        break;
    case Column::Status:
        paintStatus(painter, cell, row);
        break;
    case Column::Prompt:
        paintPrompt(painter, cell, row);
        break;
    case Column::Duration:
        paintText(painter, cell, secondsText(row.durationMs), dim, Qt::AlignRight);
        break;
    case Column::Created:
        paintText(painter, cell,
                  relativeTimeText(row.createdAt.isValid() ? row.createdAt : row.addedAt,
                                   QDateTime::currentDateTimeUtc()),
                  dim, Qt::AlignLeft);
        break;
    case Column::Saved: {
        if (row.saveState == SaveState::NotSaved)
            break; // the cell's text says it to a screen reader; on screen only what is there counts
        ColorToken token = ColorToken::Dim;
        if (row.saveState == SaveState::Saved)
            token = ColorToken::Completed;
        else if (row.saveState == SaveState::Failed || row.saveState == SaveState::Gone)
            token = ColorToken::Failed;
        else if (row.saveState == SaveState::Saving && row.saveHold == SaveHold::Paused)
            token = ColorToken::Pending;
        else if (row.saveState == SaveState::Saving && row.saveHold == SaveHold::None)
            token = ColorToken::Running;
        paintText(painter, cell, index.data().toString(), m_theme->color(token), Qt::AlignLeft);
        break;
    }
    case Column::Model:
    case Column::Type:
    case Column::Size:
    case Column::TaskId:
    case Column::Expires:
    case Column::Tags:
    case Column::Note:
    case Column::Count:
        paintText(painter, cell, index.data().toString(), dim, Qt::AlignLeft);
        break;
    case Column::Cost:
    case Column::GenerationTime:
        paintText(painter, cell, index.data().toString(), dim, Qt::AlignRight);
        break;
    }
    paintRowFocus(painter, option, index, place, *m_theme);
    painter->restore();
}

void TaskRowDelegate::paintCover(QPainter *painter, const QRect &cell, const TaskSummary &row) const
{
    const QRect tile(cell.left() + 10, cell.top() + (cell.height() - measure::kCoverHeight) / 2,
                     measure::kCoverWidth, measure::kCoverHeight);
    const double ratio = painter->device()->devicePixelRatioF();
    const QPixmap cover = m_thumbnails->cover(row.id, tile.size() * ratio);
    if (row.marks.rejected)
        painter->setOpacity(kRejectedOpacity);
    if (cover.isNull())
        paintMissingCover(painter, tile, measure::kCoverRadius, row, m_thumbnails->isPending(row.id),
                          *m_theme);
    else
        paintCoverTile(painter, tile, measure::kCoverRadius, cover);
    painter->setOpacity(1.0);
}

void TaskRowDelegate::paintStatus(QPainter *painter, const QRect &cell, const TaskSummary &row) const
{
    const bool rejected = row.marks.rejected;
    const QColor ink = rejected ? m_theme->color(ColorToken::Dim) : statusColor(row, *m_theme);
    const QString detail =
            rejected ? tr("Rejected") : statusDetailText(row, QDateTime::currentDateTimeUtc());
    const QRectF box(cell.left(), cell.center().y() - kGlyph / 2.0, kGlyph, kGlyph);
    paintStatusGlyph(painter, box, glyphFor(row), ink);
    paintLines(painter, cell.adjusted(kGlyph + 9, 0, 0, 0), {statusText(row), ink, detail});
}

void TaskRowDelegate::paintPrompt(QPainter *painter, const QRect &cell, const TaskSummary &row) const
{
    Lines lines;
    lines.ink = m_theme->color(row.marks.rejected ? ColorToken::Dim : ColorToken::Text);
    lines.starred = row.marks.starred;
    lines.first = row.prompt.isEmpty() ? row.id : row.prompt.simplified();
    QStringList facts;
    const bool unknown = row.prompt.isEmpty() && row.model.isEmpty();
    for (const QString &fact : {row.model, row.taskType, unknown ? QString() : shortId(row.id)}) {
        if (!fact.isEmpty())
            facts.append(fact);
    }
    lines.second = facts.join(u" · "_s);
    if (!row.marks.tags.isEmpty())
        lines.tags = u"#"_s + row.marks.tags.join(u" #"_s);
    paintLines(painter, cell, lines);
}

void TaskRowDelegate::paintLines(QPainter *painter, const QRect &area, const Lines &lines) const
{
    const QFontMetrics metrics = painter->fontMetrics();
    const QFont small = m_theme->smallFont(painter->font());
    const int secondHeight =
            lines.second.isEmpty() && lines.tags.isEmpty() ? 0 : QFontMetrics(small).height();
    const int height = metrics.height() + secondHeight;
    const int top = area.top() + (area.height() - height) / 2;
    QRect first(area.left(), top, area.width(), metrics.height());
    if (lines.starred) {
        paintStar(painter, QRectF(first.left(), first.center().y() - kStar / 2.0, kStar, kStar),
                  m_theme->color(ColorToken::Pending));
        first.setLeft(first.left() + kStar + 5);
    }
    paintText(painter, first, lines.first, lines.ink, Qt::AlignLeft);
    if (secondHeight == 0)
        return;
    const QFont font = painter->font();
    painter->setFont(small);
    paintSecond(painter, QRect(area.left(), top + metrics.height(), area.width(), secondHeight), lines);
    painter->setFont(font);
}

void TaskRowDelegate::paintSecond(QPainter *painter, const QRect &area, const Lines &lines) const
{
    QRect facts = area;
    QRect tags = area;
    if (!lines.tags.isEmpty() && !lines.second.isEmpty()) {
        // Tags are the user's own words: the facts give way to them, at most by half.
        const QFontMetrics metrics = painter->fontMetrics();
        const int wanted = std::min(metrics.horizontalAdvance(lines.tags) + kCellMargin, area.width() / 2);
        // A pixel more than the advance, or the text counts as too long.
        facts.setWidth(std::min(metrics.horizontalAdvance(lines.second) + 1, area.width() - wanted));
        tags.setLeft(facts.right() + 1 + kCellMargin);
    }
    paintText(painter, facts, lines.second, m_theme->color(ColorToken::Dim), Qt::AlignLeft);
    if (!lines.tags.isEmpty())
        paintText(painter, tags, lines.tags, m_theme->color(ColorToken::Text), Qt::AlignLeft);
}

void TaskRowDelegate::paintText(QPainter *painter, const QRect &area, const QString &text,
                                const QColor &ink, Qt::Alignment alignment) const
{
    painter->setPen(ink);
    const QString shown = painter->fontMetrics().elidedText(text, Qt::ElideRight, area.width());
    painter->drawText(area, alignment | Qt::AlignVCenter, shown);
}

} // namespace taskreel
