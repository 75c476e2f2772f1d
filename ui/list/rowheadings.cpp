// SPDX-License-Identifier: MIT
#include "ui/list/rowheadings.h"

#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"
#include "core/text/quantities.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QLocale>
#include <QTableView>

#include <algorithm>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

using Column = TaskTableModel::Column;

constexpr std::size_t kMostRuns = 2'000; ///< more help nobody

QString dayWords(const QDateTime &utc)
{
    if (!utc.isValid())
        return RowHeadings::tr("No date yet");
    const QDate day = utc.toLocalTime().date();
    const QDate today = QDate::currentDate();
    if (day == today)
        return RowHeadings::tr("Today");
    if (day == today.addDays(-1))
        return RowHeadings::tr("Yesterday");
    return QLocale().toString(day, u"dddd, d MMMM yyyy"_s);
}

} // namespace

RowHeadings::RowHeadings(TaskFilter *filter, QTableView *table)
    : QObject(table)
    , m_filter(filter)
    , m_table(table)
{
    m_later.setSingleShot(true);
    m_later.setInterval(0);
    connect(&m_later, &QTimer::timeout, this, &RowHeadings::refresh);
    const auto later = qOverload<>(&QTimer::start);
    connect(filter, &QAbstractItemModel::rowsInserted, &m_later, later);
    connect(filter, &QAbstractItemModel::rowsRemoved, &m_later, later);
    connect(filter, &QAbstractItemModel::layoutChanged, this, &RowHeadings::refresh);
    connect(filter, &QAbstractItemModel::dataChanged, &m_later, later);
    connect(table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, &m_later, later);
    connect(filter, &QAbstractItemModel::modelReset, this, [this] {
        m_raised.clear(); // the header starts anew as well
        m_runs.clear();
        m_later.start();
    });
    m_later.start();
}

int RowHeadings::endOfRun(int first) const
{
    const TaskSummary &row = m_filter->summaryAt(first);
    const auto end = [this, first](auto belongs) {
        // Sorted: a run is found by halving, not by looking at each row.
        int low = first + 1;
        int high = m_filter->rowCount();
        while (low < high) {
            const int middle = low + (high - low) / 2;
            if (belongs(m_filter->summaryAt(middle)))
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    };
    if (m_filter->sortColumn() == int(Column::Status))
        return end([&row](const TaskSummary &other) { return other.status == row.status; });
    if (!row.createdAt.isValid())
        return end([](const TaskSummary &other) { return !other.createdAt.isValid(); });
    const QDate day = row.createdAt.toLocalTime().date();
    const QDateTime from = day.startOfDay().toUTC();
    const QDateTime before = day.addDays(1).startOfDay().toUTC();
    return end([&from, &before](const TaskSummary &other) {
        return other.createdAt.isValid() && other.createdAt >= from && other.createdAt < before;
    });
}

void RowHeadings::refresh()
{
    m_later.stop();
    const int column = m_filter->sortColumn();
    std::vector<Run> runs;
    if (column == int(Column::Created) || column == int(Column::Status)) {
        for (int row = 0; row < m_filter->rowCount() && runs.size() < kMostRuns;) {
            const int end = endOfRun(row);
            runs.push_back({row, end - row});
            row = end;
        }
    }
    const auto same = [this](const Run &run, const QPersistentModelIndex &raised) {
        return raised.isValid() && raised.row() == run.first;
    };
    const bool placed = std::equal(runs.cbegin(), runs.cend(), m_raised.cbegin(), m_raised.cend(), same);
    m_runs = std::move(runs);
    if (!placed) {
        lowerRows();
        QHeaderView *header = m_table->verticalHeader();
        for (const Run &run : m_runs) {
            header->resizeSection(run.first, measure::kRowHeight + kHeight);
            m_raised.append(m_filter->index(run.first, 0));
        }
    }
    m_table->viewport()->update();
}

void RowHeadings::lowerRows()
{
    for (const QPersistentModelIndex &index : std::as_const(m_raised)) {
        if (index.isValid())
            m_table->verticalHeader()->resizeSection(index.row(), measure::kRowHeight);
    }
    m_raised.clear();
}

QString RowHeadings::wordsAt(int row) const
{
    const auto run = std::lower_bound(m_runs.cbegin(), m_runs.cend(), row,
                                      [](const Run &r, int place) { return r.first < place; });
    if (run == m_runs.cend() || run->first != row || row >= m_filter->rowCount())
        return {};
    const TaskSummary &summary = m_filter->summaryAt(row);
    QString words;
    if (m_filter->sortColumn() == int(Column::Created))
        words = dayWords(summary.createdAt);
    else if (summary.status == TaskStatus::Other)
        words = tr("Other");
    else
        words = statusText(summary);
    //: a heading in the list; %1: a day or a status, %2: how many rows stand below it
    return tr("%1 · %2").arg(words, QLocale().toString(run->count));
}

} // namespace taskreel
