// SPDX-License-Identifier: MIT
#include "ui/common/rowtable.h"

#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyleOptionViewItem>
#include <QTableView>

namespace taskreel {

static constexpr int kMarkWidth = 3; // px

void setUpRowTable(QTableView *table, int rowHeight)
{
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setContextMenuPolicy(Qt::CustomContextMenu);
    table->setCornerButtonEnabled(false);
    table->viewport()->setMouseTracking(true);
    QHeaderView *rows = table->verticalHeader();
    rows->hide();
    rows->setSectionResizeMode(QHeaderView::Fixed);
    rows->setMinimumSectionSize(rowHeight);
    rows->setDefaultSectionSize(rowHeight);
}

void paintRowGround(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                    const RowCell &cell, const Theme &theme)
{
    ColorToken token = ColorToken::Base;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected)
        token = ColorToken::SelectedRow;
    else if (cell.hovered)
        token = ColorToken::HoverRow;
    else if (index.row() % 2 != 0)
        token = ColorToken::Alternate;
    painter->fillRect(option.rect, theme.color(token));
    if (!selected || !cell.first)
        return;
    const QRect mark(option.rect.topLeft(), QSize(kMarkWidth, option.rect.height()));
    painter->fillRect(mark, theme.color(ColorToken::Accent));
}

void paintRowFocus(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                   const RowCell &cell, const Theme &theme)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    if (!view || !view->hasFocus() || view->currentIndex().row() != index.row())
        return;
    painter->setPen(QPen(theme.color(ColorToken::Accent), 1));
    const QRect r = option.rect.adjusted(0, 0, 0, -1);
    painter->drawLine(r.topLeft(), r.topRight());
    painter->drawLine(r.bottomLeft(), r.bottomRight());
    if (cell.first)
        painter->drawLine(r.topLeft(), r.bottomLeft());
    if (cell.last)
        painter->drawLine(r.topRight(), r.bottomRight());
}

} // namespace taskreel
