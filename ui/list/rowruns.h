// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QTimer>

#include <vector>

namespace taskreel {

class TaskFilter;

/// The runs of rows that have a heading: days while the list is sorted by Created, statuses while it is
/// sorted by Status, none otherwise. The model stays flat; who paints asks here where a run begins and what
/// its heading says. Owned by a view. GUI thread.
class RowRuns final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RowRuns)

public:
    struct Run
    {
        int first = 0;
        int count = 0;
        bool operator==(const Run &) const = default;
    };

    /// @param filter borrowed. Made before the view takes the model, so that it knows of changes first.
    RowRuns(TaskFilter *filter, QObject *parent);

    [[nodiscard]] const std::vector<Run> &runs() const; ///< of now, in order
    /// Empty: this row begins no run. `Today · 12`
    [[nodiscard]] QString wordsAt(int row) const;

Q_SIGNALS:
    void changed(); ///< runs may begin elsewhere: at once when rows move, else when the turn is over

private:
    void note();
    void find() const;
    [[nodiscard]] int endOfRun(int first) const;

    TaskFilter *m_filter;
    QTimer m_later;
    mutable std::vector<Run> m_runs;
    mutable bool m_stale = true;
};

} // namespace taskreel
