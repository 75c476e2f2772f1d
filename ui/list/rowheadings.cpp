// SPDX-License-Identifier: MIT
#include "ui/list/rowheadings.h"

#include "core/models/taskfilter.h"
#include "ui/list/headingpainting.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QSet>
#include <QTableView>

namespace taskreel {

RowHeadings::RowHeadings(TaskFilter *filter, QTableView *table)
    : QObject(table)
    , m_filter(filter)
    , m_table(table)
    , m_runs(filter, nullptr)
{
    connect(&m_runs, &RowRuns::changed, this, &RowHeadings::refresh);
    // The header starts anew as well.
    connect(filter, &QAbstractItemModel::modelReset, this, [this] { m_raised.clear(); });
    refresh();
}

void RowHeadings::refresh()
{
    QSet<int> wanted;
    for (const RowRuns::Run &run : m_runs.runs())
        wanted.insert(run.first);
    QHeaderView *header = m_table->verticalHeader();
    // A header that updates looks for the place of each section that is resized, among all rows.
    header->setUpdatesEnabled(false);
    m_raised.removeIf([&](const QPersistentModelIndex &index) {
        if (index.isValid() && wanted.remove(index.row()))
            return false;
        if (index.isValid())
            header->resizeSection(index.row(), measure::kRowHeight);
        return true;
    });
    for (const int row : std::as_const(wanted)) {
        header->resizeSection(row, measure::kRowHeight + kHeadingHeight);
        m_raised.append(m_filter->index(row, 0));
    }
    header->setUpdatesEnabled(true);
    m_table->viewport()->update();
}

} // namespace taskreel
