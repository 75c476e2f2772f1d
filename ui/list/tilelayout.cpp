// SPDX-License-Identifier: MIT
#include "ui/list/tilelayout.h"

#include <algorithm>
#include <iterator>

namespace taskreel {

TileLayout::TileLayout(int rows, const std::vector<RowRuns::Run> &runs, QSize cell, int columns,
                       int headingHeight)
    : m_rows(rows)
    , m_cell(cell.expandedTo({1, 1}))
    , m_columns(std::max(1, columns))
{
    int next = 0;
    for (const RowRuns::Run &run : runs) {
        append(run.first, std::min(run.count, rows - run.first), headingHeight);
        next = run.first + run.count;
    }
    append(next, rows - next, 0);
}

void TileLayout::append(int first, int count, int heading)
{
    if (count <= 0)
        return;
    Block block{first, count, height(), heading, 0};
    if (!m_blocks.empty())
        block.line = m_blocks.back().line + linesOf(m_blocks.back());
    m_blocks.push_back(block);
}

int TileLayout::linesOf(const Block &block) const
{
    return (block.count + m_columns - 1) / m_columns;
}

int TileLayout::height() const
{
    if (m_blocks.empty())
        return 0;
    const Block &last = m_blocks.back();
    return last.top + last.heading + linesOf(last) * m_cell.height();
}

const TileLayout::Block &TileLayout::blockOf(int row) const
{
    const auto next =
        std::upper_bound(m_blocks.cbegin(), m_blocks.cend(), row,
                         [](int place, const Block &block) { return place < block.first; });
    return *std::prev(next);
}

const TileLayout::Block &TileLayout::blockAt(int y) const
{
    const auto next =
        std::upper_bound(m_blocks.cbegin(), m_blocks.cend(), y,
                         [](int place, const Block &block) { return place < block.top; });
    return next == m_blocks.cbegin() ? *next : *std::prev(next);
}

int TileLayout::columnOf(int row) const
{
    return row >= 0 && row < m_rows ? (row - blockOf(row).first) % m_columns : 0;
}

QRect TileLayout::rectOf(int row) const
{
    if (row < 0 || row >= m_rows)
        return {};
    const Block &block = blockOf(row);
    const int place = row - block.first;
    const QPoint corner(place % m_columns * m_cell.width(),
                        block.top + block.heading + place / m_columns * m_cell.height());
    return {corner, m_cell};
}

QRect TileLayout::withHeading(int row) const
{
    QRect rect = rectOf(row);
    if (!rect.isEmpty() && row - blockOf(row).first < m_columns)
        rect.setTop(rect.top() - blockOf(row).heading);
    return rect;
}

int TileLayout::rowAt(QPoint place) const
{
    if (m_blocks.empty() || place.x() < 0 || place.y() < 0)
        return -1;
    const Block &block = blockAt(place.y());
    const int below = place.y() - block.top - block.heading;
    const int column = place.x() / m_cell.width();
    if (below < 0 || column >= m_columns)
        return -1;
    const int row = below / m_cell.height() * m_columns + column;
    return row < block.count ? block.first + row : -1;
}

std::pair<int, int> TileLayout::rowsBetween(int top, int bottom) const
{
    if (m_blocks.empty() || bottom < top || bottom < 0 || top >= height())
        return {0, -1};
    const auto lineAt = [this](const Block &block, int y) {
        const int below = std::max(0, y - block.top - block.heading);
        return std::min(below / m_cell.height(), linesOf(block) - 1);
    };
    const Block &from = blockAt(std::max(0, top));
    const Block &to = blockAt(bottom);
    const int first = from.first + lineAt(from, top) * m_columns;
    const int last = to.first + std::min((lineAt(to, bottom) + 1) * m_columns, to.count) - 1;
    return {first, last};
}

std::vector<int> TileLayout::headingsBetween(int top, int bottom) const
{
    std::vector<int> rows;
    auto block = std::lower_bound(m_blocks.cbegin(), m_blocks.cend(), top,
                                  [](const Block &b, int y) { return b.top + b.heading <= y; });
    for (; block != m_blocks.cend() && block->top <= bottom; ++block) {
        if (block->heading > 0)
            rows.push_back(block->first);
    }
    return rows;
}

int TileLayout::moved(int row, int lines) const
{
    if (row < 0 || row >= m_rows)
        return row;
    const Block &own = blockOf(row);
    const Block &last = m_blocks.back();
    const int column = columnOf(row);
    const int wanted = own.line + (row - own.first) / m_columns + lines;
    if (wanted < 0 || wanted >= last.line + linesOf(last))
        return row;
    const auto next =
        std::upper_bound(m_blocks.cbegin(), m_blocks.cend(), wanted,
                         [](int line, const Block &block) { return line < block.line; });
    const Block &block = *std::prev(next);
    const int place = (wanted - block.line) * m_columns + column;
    return block.first + std::min(place, block.count - 1);
}

int TileLayout::nearest(int column, int y) const
{
    if (m_blocks.empty())
        return -1;
    const Block &block = blockAt(std::clamp(y, 0, height() - 1));
    const int below = std::max(0, std::min(y, height() - 1) - block.top - block.heading);
    const int place = below / m_cell.height() * m_columns + column;
    return block.first + std::min(place, block.count - 1);
}

} // namespace taskreel
