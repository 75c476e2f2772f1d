// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

class QModelIndex;
class QPainter;
class QStyleOptionViewItem;
class QTableView;

namespace taskreel {

class Theme;

// What the tables of rows have in common, whatever stands in their cells. GUI thread.

/// Where in its row a cell is, for what is painted once a row.
struct RowCell
{
    bool hovered = false;
    bool first = false; ///< as shown
    bool last = false;
};

/// Whole rows selected, no grid, no vertical header, rows of one height in px.
void setUpRowTable(QTableView *table, int rowHeight);
/// The row's colour: selected, under the mouse, every other one; and the mark of a selected row.
void paintRowGround(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                    const RowCell &cell, const Theme &theme);
/// The line around the current row of a table that has the keyboard.
void paintRowFocus(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                   const RowCell &cell, const Theme &theme);

} // namespace taskreel
