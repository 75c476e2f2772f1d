// SPDX-License-Identifier: MIT
#include "ui/list/tasktiledelegate.h"

#include "core/models/taskfilter.h"
#include "core/text/quantities.h"
#include "ui/common/thumbnailcache.h"
#include "ui/list/coverpainting.h"
#include "ui/list/visiblerows.h"
#include "ui/theme/statusglyphs.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QDateTime>
#include <QPainter>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

constexpr int kGlyph = 13;
constexpr int kTextGap = 6;

} // namespace

TaskTileDelegate::TaskTileDelegate(TaskFilter *filter, Theme *theme, ThumbnailCache *thumbnails,
                                   QObject *parent)
    : QStyledItemDelegate(parent)
    , m_filter(filter)
    , m_theme(theme)
    , m_thumbnails(thumbnails)
    , m_coverWidth(measure::kTileWidth)
{
}

QSize TaskTileDelegate::coverSize(int coverWidth)
{
    return {coverWidth, coverWidth * 9 / 16};
}

void TaskTileDelegate::setCoverWidth(int width)
{
    m_coverWidth = width;
}

QSize TaskTileDelegate::cellSize(int coverWidth, const QFont &font) const
{
    const int words = QFontMetrics(font).height() + QFontMetrics(m_theme->smallFont(font)).height();
    return {coverWidth + kGap, coverSize(coverWidth).height() + kTextGap + words + kGap + 4};
}

QSize TaskTileDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return cellSize(m_coverWidth, option.font);
}

void TaskTileDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const TaskSummary &row = summaryOf(*m_filter, index);
    const QRect cell = option.rect.adjusted(kGap / 2, kGap / 2, -kGap / 2, -kGap / 2);
    const QRect tile(cell.topLeft(), coverSize(cell.width()));
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintPicture(painter, tile, row);
    paintFrame(painter, option, tile, index);
    paintWords(painter, option, tile, row);
    painter->restore();
}

void TaskTileDelegate::paintPicture(QPainter *painter, const QRect &tile, const TaskSummary &row) const
{
    const double ratio = painter->device()->devicePixelRatioF();
    const QPixmap cover = m_thumbnails->cover(row.id, tile.size() * ratio);
    if (cover.isNull()) {
        paintMissingCover(painter, tile, measure::kRadius, row, m_thumbnails->isPending(row.id),
                          *m_theme);
        if (row.resultCount == 0) {
            const QRectF box(QPointF(tile.center()) - QPointF(9, 9), QSizeF(18, 18));
            paintStatusGlyph(painter, box, glyphFor(row), statusColor(row, *m_theme));
        }
    } else {
        painter->setOpacity(row.marks.rejected ? kRejectedOpacity : 1.0);
        paintCoverTile(painter, tile, measure::kRadius, cover);
        painter->setOpacity(1.0);
    }
    if (row.marks.starred)
        paintStarBadge(painter, tile);
    if (row.durationMs > 0)
        paintBadge(painter, tile, secondsText(row.durationMs), true);
    if (row.saveState == SaveState::Saved)
        paintBadge(painter, tile, tr("Saved"), false);
    else if (row.saveState == SaveState::Saving && row.saveHold == SaveHold::Paused)
        paintBadge(painter, tile, tr("Paused"), false);
    else if (row.saveState == SaveState::Saving && row.saveHold == SaveHold::Waiting)
        paintBadge(painter, tile, tr("Waiting"), false);
    else if (row.saveState == SaveState::Saving)
        paintBadge(painter, tile, tr("%1 %").arg(row.savePercent), false);
}

void TaskTileDelegate::paintBadge(QPainter *painter, const QRect &tile, const QString &text,
                                  bool lowerRight) const
{
    painter->save();
    painter->setFont(m_theme->smallFont(painter->font()));
    const QFontMetrics metrics = painter->fontMetrics();
    QRect box(0, 0, metrics.horizontalAdvance(text) + 12, metrics.height() + 4);
    if (lowerRight)
        box.moveBottomRight(tile.bottomRight() - QPoint(6, 6));
    else
        box.moveTopLeft(tile.topLeft() + QPoint(6, 6));
    QColor ground = m_theme->color(ColorToken::StageLabel);
    ground.setAlphaF(0.82F);
    painter->setPen(Qt::NoPen);
    painter->setBrush(ground);
    painter->drawRoundedRect(box, 4, 4);
    painter->setPen(m_theme->color(ColorToken::StageText));
    painter->drawText(box, Qt::AlignCenter, text);
    painter->restore();
}

void TaskTileDelegate::paintStarBadge(QPainter *painter, const QRect &tile) const
{
    constexpr int kBadge = 20;
    const QRectF box(tile.right() - 6 - kBadge, tile.top() + 6, kBadge, kBadge);
    QColor ground = m_theme->color(ColorToken::StageLabel);
    ground.setAlphaF(0.82F);
    painter->save();
    painter->setPen(Qt::NoPen);
    painter->setBrush(ground);
    painter->drawRoundedRect(box, measure::kCoverRadius, measure::kCoverRadius);
    painter->restore();
    paintStar(painter, box.adjusted(4, 4, -4, -4), m_theme->color(ColorToken::StageText));
}

void TaskTileDelegate::paintFrame(QPainter *painter, const QStyleOptionViewItem &option,
                                  const QRect &tile, const QModelIndex &index) const
{
    painter->setBrush(Qt::NoBrush);
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool focus = view && view->hasFocus() && view->currentIndex() == index;
    if (selected) {
        painter->setPen(QPen(m_theme->color(ColorToken::Accent), 2));
        painter->drawRoundedRect(QRectF(tile).adjusted(-1, -1, 1, 1), measure::kRadius + 1,
                                 measure::kRadius + 1);
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(QPen(m_theme->color(ColorToken::Dim), 1));
        painter->drawRoundedRect(QRectF(tile).adjusted(0.5, 0.5, -0.5, -0.5), measure::kRadius,
                                 measure::kRadius);
    }
    if (focus) {
        painter->setPen(QPen(m_theme->color(ColorToken::Accent), 1));
        painter->drawRoundedRect(QRectF(tile).adjusted(-3.5, -3.5, 3.5, 3.5), measure::kRadius + 3,
                                 measure::kRadius + 3);
    }
}

void TaskTileDelegate::paintWords(QPainter *painter, const QStyleOptionViewItem &option,
                                  const QRect &tile, const TaskSummary &row) const
{
    const QFontMetrics metrics(option.font);
    const QRect first(tile.left(), tile.bottom() + kTextGap, tile.width(), metrics.height());
    painter->setFont(option.font);
    painter->setPen(m_theme->color(row.marks.rejected ? ColorToken::Dim : ColorToken::Text));
    const QString title = row.prompt.isEmpty() ? row.id : row.prompt.simplified();
    painter->drawText(first, Qt::AlignVCenter | Qt::AlignLeft,
                      metrics.elidedText(title, Qt::ElideRight, first.width()));
    const QFont small = m_theme->smallFont(option.font);
    const QFontMetrics smallMetrics(small);
    const QRect second(tile.left(), first.bottom() + 1, tile.width(), smallMetrics.height());
    paintStatusGlyph(painter,
                     QRectF(second.left(), second.center().y() - kGlyph / 2.0 + 0.5, kGlyph, kGlyph),
                     glyphFor(row), statusColor(row, *m_theme));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QStringList facts{row.marks.rejected ? tr("Rejected") : statusText(row)};
    if (!row.marks.tags.isEmpty())
        facts.append(u"#"_s + row.marks.tags.join(u" #"_s));
    if (!row.model.isEmpty())
        facts.append(row.model);
    facts.append(relativeTimeText(row.createdAt.isValid() ? row.createdAt : row.addedAt, now));
    const QRect words = second.adjusted(kGlyph + 6, 0, 0, 0);
    painter->setFont(small);
    painter->setPen(m_theme->color(ColorToken::Dim));
    painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                      smallMetrics.elidedText(facts.join(u" · "_s), Qt::ElideRight, words.width()));
}

} // namespace taskreel
