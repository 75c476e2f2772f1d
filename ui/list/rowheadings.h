// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QPersistentModelIndex>
#include <QTimer>

#include <vector>

class QTableView;

namespace taskreel {

class TaskFilter;

/// The headings above runs of rows: days while the table is sorted by Created, statuses while it is sorted by
/// Status. The model stays flat; the first row of a run is made higher, and the delegate paints the words there.
/// Owned by the table. GUI thread.
class RowHeadings final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RowHeadings)

public:
    static constexpr int kHeight = 28; ///< px, on top of the row

    RowHeadings(TaskFilter *filter, QTableView *table);

    /// Empty: this row begins no run. `Today · 12`
    [[nodiscard]] QString wordsAt(int row) const;
    void refresh(); ///< now, instead of when the turn is over

private:
    struct Run
    {
        int first = 0;
        int count = 0;
    };

    void lowerRows();
    [[nodiscard]] int endOfRun(int first) const;

    TaskFilter *m_filter;
    QTableView *m_table;
    QTimer m_later; ///< once a turn
    std::vector<Run> m_runs;
    QList<QPersistentModelIndex> m_raised; ///< move along with the header's own sections
};

} // namespace taskreel
