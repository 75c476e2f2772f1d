// SPDX-License-Identifier: MIT
#include "ui/list/rowruns.h"

#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"
#include "core/text/quantities.h"

#include <QLocale>

#include <algorithm>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

using Column = TaskTableModel::Column;

constexpr std::size_t kMostRuns = 2'000; ///< more help nobody

QString dayWords(const QDateTime &utc)
{
    if (!utc.isValid())
        return RowRuns::tr("No date yet");
    const QDate day = utc.toLocalTime().date();
    const QDate today = QDate::currentDate();
    if (day == today)
        return RowRuns::tr("Today");
    if (day == today.addDays(-1))
        return RowRuns::tr("Yesterday");
    return QLocale().toString(day, u"dddd, d MMMM yyyy"_s);
}

} // namespace

RowRuns::RowRuns(TaskFilter *filter, QObject *parent)
    : QObject(parent)
    , m_filter(filter)
{
    m_later.setSingleShot(true);
    m_later.setInterval(0);
    connect(&m_later, &QTimer::timeout, this, &RowRuns::changed);
    connect(filter, &QAbstractItemModel::rowsInserted, this, &RowRuns::note);
    connect(filter, &QAbstractItemModel::rowsRemoved, this, &RowRuns::note);
    connect(filter, &QAbstractItemModel::dataChanged, this, &RowRuns::note);
    connect(filter, &QAbstractItemModel::modelReset, this, &RowRuns::note);
    connect(filter, &TaskFilter::sortChanged, this, &RowRuns::note);
    connect(filter, &QAbstractItemModel::layoutChanged, this, [this] {
        m_stale = true;
        Q_EMIT changed();
    });
}

void RowRuns::note()
{
    m_stale = true;
    if (!m_later.isActive())
        m_later.start();
}

const std::vector<RowRuns::Run> &RowRuns::runs() const
{
    if (m_stale)
        find();
    return m_runs;
}

void RowRuns::find() const
{
    m_stale = false;
    m_runs.clear();
    const int column = m_filter->sortColumn();
    if (column != int(Column::Created) && column != int(Column::Status))
        return;
    for (int row = 0; row < m_filter->rowCount() && m_runs.size() < kMostRuns;) {
        const int end = endOfRun(row);
        m_runs.push_back({row, end - row});
        row = end;
    }
}

int RowRuns::endOfRun(int first) const
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

QString RowRuns::wordsAt(int row) const
{
    const std::vector<Run> &all = runs();
    const auto run = std::lower_bound(all.cbegin(), all.cend(), row,
                                      [](const Run &r, int place) { return r.first < place; });
    if (run == all.cend() || run->first != row || row >= m_filter->rowCount())
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
