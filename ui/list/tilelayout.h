// SPDX-License-Identifier: MIT
#pragma once

#include "ui/list/rowruns.h"

#include <QRect>

#include <vector>

namespace taskreel {

/// Where the tiles of a grid lie: cells of one size in lines, each run of rows begins a new line below its
/// heading. In px from the top left of the contents. Everything is found by arithmetic and by halving
/// among the runs, whatever the number of tiles. A plain value.
class TileLayout final
{
public:
    TileLayout() = default;
    /// @param runs those with a heading; rows behind the last of them follow without one
    TileLayout(int rows, const std::vector<RowRuns::Run> &runs, QSize cell, int columns,
               int headingHeight);

    [[nodiscard]] int rows() const { return m_rows; }
    [[nodiscard]] int columns() const { return m_columns; }
    [[nodiscard]] int height() const;
    [[nodiscard]] QRect rectOf(int row) const;
    /// The tile's cell, with the heading above it if its line is the first of a run.
    [[nodiscard]] QRect withHeading(int row) const;
    [[nodiscard]] int rowAt(QPoint place) const; ///< -1: none is there
    /// First and last row of the lines that touch this range of heights; last < first: none does.
    [[nodiscard]] std::pair<int, int> rowsBetween(int top, int bottom) const;
    /// The rows that begin a run whose heading touches this range of heights.
    [[nodiscard]] std::vector<int> headingsBetween(int top, int bottom) const;
    /// `lines` further down (above zero) or up, in the same column or the last tile of a short line.
    [[nodiscard]] int moved(int row, int lines) const;
    /// The tile of that column in the line nearest to that height; -1: there are no tiles.
    [[nodiscard]] int nearest(int column, int y) const;
    [[nodiscard]] int columnOf(int row) const;

private:
    struct Block
    {
        int first = 0;
        int count = 0;
        int top = 0; ///< of the heading
        int heading = 0; ///< its height; 0: none
        int line = 0; ///< number of its first line
    };

    [[nodiscard]] int linesOf(const Block &block) const;
    [[nodiscard]] const Block &blockOf(int row) const;
    [[nodiscard]] const Block &blockAt(int y) const;
    void append(int first, int count, int heading);

    int m_rows = 0;
    QSize m_cell{1, 1};
    int m_columns = 1;
    std::vector<Block> m_blocks; ///< never empty blocks
};

} // namespace taskreel
