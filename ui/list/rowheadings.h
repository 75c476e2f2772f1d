// SPDX-License-Identifier: MIT
#pragma once

#include "ui/list/rowruns.h"

#include <QPersistentModelIndex>

class QTableView;

namespace taskreel {

/// The headings above runs of rows in the table: the first row of a run is made higher, and the delegate paints
/// the words there. Owned by the table. GUI thread.
class RowHeadings final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RowHeadings)

public:
    RowHeadings(TaskFilter *filter, QTableView *table);

    /// Empty: this row begins no run.
    [[nodiscard]] QString wordsAt(int row) const { return m_runs.wordsAt(row); }
    void refresh(); ///< now, instead of when the turn is over

private:
    TaskFilter *m_filter;
    QTableView *m_table;
    RowRuns m_runs;
    QList<QPersistentModelIndex> m_raised; ///< move along with the header's own sections
};

} // namespace taskreel
