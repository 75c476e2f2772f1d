// SPDX-License-Identifier: MIT
#include "core/models/tasktablemodel.h"

#include "core/models/tasktexts.h"
#include "core/tasks/taskrepository.h"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace taskreel {

/// Above this many runs, one change of the whole costs views and proxies less than the runs do.
static constexpr size_t kMaxRuns = 32;

static constexpr int kColumns = static_cast<int>(TaskTableModel::Column::Count);

TaskTableModel::TaskTableModel(TaskRepository *repository, QObject *parent)
    : QAbstractTableModel(parent), m_repository(repository)
{
    connect(m_repository, &TaskRepository::replaced, this, &TaskTableModel::load);
    connect(m_repository, &TaskRepository::rowsLoaded, this, &TaskTableModel::insertTasks);
    connect(m_repository, &TaskRepository::tasksAdded, this, &TaskTableModel::insertTasks);
    connect(m_repository, &TaskRepository::tasksChanged, this, &TaskTableModel::updateTasks);
    connect(m_repository, &TaskRepository::tasksRemoved, this, &TaskTableModel::removeTasks);
    load();
}

TaskTableModel::~TaskTableModel() = default;

bool TaskTableModel::comesBefore(const TaskSummary &a, const TaskSummary &b)
{
    return a.addedAt != b.addedAt ? a.addedAt > b.addedAt : a.sequence < b.sequence;
}

void TaskTableModel::load()
{
    beginResetModel();
    m_rows.clear();
    m_rowOf.clear();
    m_staleFrom = 0;
    const QStringList ids = m_repository->ids();
    m_rows.reserve(static_cast<size_t>(ids.size()));
    for (const QString &id : ids)
        m_rows.push_back(std::make_unique<TaskSummary>(shown(*m_repository->find(id))));
    std::sort(m_rows.begin(), m_rows.end(),
              [](const auto &a, const auto &b) { return comesBefore(*a, *b); });
    endResetModel();
}

int TaskTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TaskTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumns;
}

QVariant TaskTableModel::data(const QModelIndex &index, int role) const
{
    Q_ASSERT(checkIndex(index, CheckIndexOption::ParentIsInvalid));
    if (!index.isValid())
        return {};
    const TaskSummary &row = summaryAt(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return cellText(row, column, QDateTime::currentDateTimeUtc());
    case Qt::ToolTipRole:
        return cellToolTip(row, column);
    case IdRole:
        return row.id;
    case SummaryRole:
        return QVariant::fromValue(row);
    case SortRole:
        return cellSortValue(row, column);
    default:
        return {};
    }
}

QVariant TaskTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= kColumns)
        return {};
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return columnTitle(static_cast<Column>(section));
    return {};
}

QString TaskTableModel::idAt(int row) const
{
    return row >= 0 && row < rowCount() ? summaryAt(row).id : QString();
}

const TaskSummary &TaskTableModel::summaryAt(int row) const
{
    Q_ASSERT(row >= 0 && row < rowCount());
    return *m_rows[static_cast<size_t>(row)];
}

int TaskTableModel::rowOf(const QString &id) const
{
    // Rows below m_staleFrom keep their place in the hash; a stale hint never points there.
    const auto hint = m_rowOf.constFind(id);
    if (hint != m_rowOf.cend() && *hint < m_staleFrom)
        return *hint;
    if (m_staleFrom == rowCount())
        return -1;
    for (int row = m_staleFrom; row < rowCount(); ++row)
        m_rowOf.insert(summaryAt(row).id, row);
    m_staleFrom = rowCount();
    return m_rowOf.value(id, -1);
}

void TaskTableModel::insertTasks(const QStringList &ids)
{
    Rows added;
    QStringList known;
    for (const QString &id : ids) {
        const TaskSummary *summary = m_repository->find(id);
        if (summary && rowOf(id) >= 0)
            known.append(id);
        else if (summary)
            added.push_back(std::make_unique<TaskSummary>(shown(*summary)));
    }
    std::sort(added.begin(), added.end(),
              [](const auto &a, const auto &b) { return comesBefore(*a, *b); });
    std::vector<Run> runs; // of `added`; first is the row before which they go
    for (const auto &row : added) {
        const auto place =
            std::upper_bound(m_rows.cbegin(), m_rows.cend(), row,
                             [](const auto &a, const auto &b) { return comesBefore(*a, *b); });
        const int before = static_cast<int>(place - m_rows.cbegin());
        if (runs.empty() || runs.back().first != before)
            runs.push_back({before, 0});
        ++runs.back().count;
    }
    if (runs.size() > kMaxRuns) {
        insertRun(rowCount(), added.begin(), added.end());
        std::vector<int> order(m_rows.size());
        std::iota(order.begin(), order.end(), 0);
        std::sort(order.begin(), order.end(),
                  [this](int a, int b) { return comesBefore(summaryAt(a), summaryAt(b)); });
        reorder(order);
    } else {
        auto end = added.end();
        for (auto run = runs.crbegin(); run != runs.crend(); ++run) {
            insertRun(run->first, end - run->count, end);
            end -= run->count;
        }
    }
    updateTasks(known);
}

void TaskTableModel::insertRun(int before, Rows::iterator begin, Rows::iterator end)
{
    const int count = static_cast<int>(end - begin);
    beginInsertRows({}, before, before + count - 1);
    m_rows.insert(m_rows.begin() + before, std::make_move_iterator(begin),
                  std::make_move_iterator(end));
    m_staleFrom = std::min(m_staleFrom, before);
    endInsertRows();
}

void TaskTableModel::updateTasks(const QStringList &ids)
{
    std::vector<int> rows;
    rows.reserve(static_cast<size_t>(ids.size()));
    for (const QString &id : ids) {
        if (const int row = rowOf(id); row >= 0)
            rows.push_back(row);
    }
    if (rows.empty())
        return;
    std::sort(rows.begin(), rows.end());
    struct ChangedRun
    {
        int first;
        int last;
        Columns columns;
    };
    std::vector<ChangedRun> runs;
    Columns all{kColumns, 0};
    for (const int row : rows) {
        const Columns changed = renew(row);
        if (runs.empty() || runs.back().last + 1 != row)
            runs.push_back({row, row, changed});
        ChangedRun &run = runs.back();
        run.last = row;
        for (Columns *columns : {&run.columns, &all}) {
            columns->first = std::min(columns->first, changed.first);
            columns->last = std::max(columns->last, changed.last);
        }
    }
    Q_EMIT rowsChanged(rows, all.first, all.last);
    if (runs.size() > kMaxRuns || rows.size() * 2 > m_rows.size())
        runs = {{rows.front(), rows.back(), all}};
    for (const ChangedRun &run : runs)
        Q_EMIT dataChanged(index(run.first, run.columns.first), index(run.last, run.columns.last));
}

/// The columns in which two states of a row differ, as a range; what a delegate paints in a column
/// counts, too. Nothing differs: the cover, since the answer itself may have changed.
static std::pair<int, int> changedColumns(const TaskSummary &a, const TaskSummary &b)
{
    using Column = TaskTableModel::Column;
    const std::pair<Column, bool> columns[] = {
        {Column::Cover,
         a.kind != b.kind || a.hasCover != b.hasCover || a.resultCount != b.resultCount
             || a.marks != b.marks || a.hasWatermarked != b.hasWatermarked
             || a.hasUnwatermarked != b.hasUnwatermarked},
        {Column::Status,
         a.status != b.status || a.rawStatus != b.rawStatus || a.percent != b.percent
             || a.fetchState != b.fetchState || a.nextCheckAt != b.nextCheckAt
             || a.lastError != b.lastError || a.errorText != b.errorText},
        {Column::Prompt,
         a.prompt != b.prompt || a.model != b.model || a.taskType != b.taskType
             || a.marks != b.marks},
        {Column::Duration, a.durationMs != b.durationMs},
        {Column::Created, a.createdAt != b.createdAt || a.endedAt != b.endedAt},
        {Column::Saved,
         a.saveState != b.saveState || a.savePercent != b.savePercent || a.saveError != b.saveError
             || a.savedPath != b.savedPath || a.saveHold != b.saveHold},
        {Column::Model, a.model != b.model},
        {Column::Type, a.taskType != b.taskType},
        {Column::Size, a.size != b.size},
        {Column::Expires, a.expiresAt != b.expiresAt || a.endedAt != b.endedAt},
        {Column::Cost, a.cost != b.cost},
        {Column::GenerationTime, a.startedAt != b.startedAt || a.endedAt != b.endedAt},
        {Column::Tags, a.marks.tags != b.marks.tags},
        {Column::Note, a.marks.note != b.marks.note},
    };
    int first = kColumns;
    int last = -1;
    for (const auto &[column, differs] : columns) {
        if (!differs)
            continue;
        first = std::min(first, static_cast<int>(column));
        last = std::max(last, static_cast<int>(column));
    }
    return last < 0 ? std::pair(0, 0) : std::pair(first, last);
}

TaskTableModel::Columns TaskTableModel::renew(int row)
{
    TaskSummary &known = *m_rows[static_cast<size_t>(row)];
    const TaskSummary *now = m_repository->find(known.id);
    if (!now)
        return {};
    TaskSummary next = shown(*now);
    const auto [first, last] = changedColumns(known, next);
    known = std::move(next);
    return {first, last};
}

TaskSummary TaskTableModel::shown(const TaskSummary &row) const
{
    return m_offline ? whileOffline(row) : row;
}

void TaskTableModel::setOffline(bool offline)
{
    if (std::exchange(m_offline, offline) == offline || m_rows.empty())
        return;
    bool any = false;
    for (const std::unique_ptr<TaskSummary> &row : m_rows) {
        // Only this one field: a change that is still to be announced must not slip in with it.
        TaskSummary &known = *row;
        const FetchState before = known.fetchState;
        if (offline)
            known.fetchState = stateWhileOffline(known);
        else if (const TaskSummary *now = m_repository->find(known.id);
                 now && before == FetchState::Offline)
            known.fetchState = now->fetchState;
        any = any || known.fetchState != before;
    }
    if (!any)
        return;
    const int column = static_cast<int>(Column::Status);
    Q_EMIT columnRenewed(column);
    Q_EMIT dataChanged(index(0, column), index(rowCount() - 1, column));
}

void TaskTableModel::removeTasks(const QStringList &ids)
{
    std::vector<bool> gone(m_rows.size(), false);
    for (const QString &id : ids) {
        if (const int row = rowOf(id); row >= 0)
            gone[static_cast<size_t>(row)] = true;
    }
    std::vector<Run> runs;
    for (int row = 0; row < rowCount(); ++row) {
        if (!gone[static_cast<size_t>(row)])
            continue;
        if (runs.empty() || runs.back().first + runs.back().count != row)
            runs.push_back({row, 0});
        ++runs.back().count;
    }
    if (runs.size() > kMaxRuns) {
        // Bring them together at the end first: then they are one run.
        std::vector<int> order(m_rows.size());
        std::iota(order.begin(), order.end(), 0);
        const auto firstGone = std::stable_partition(order.begin(), order.end(), [&gone](int row) {
            return !gone[static_cast<size_t>(row)];
        });
        const int first = static_cast<int>(firstGone - order.begin());
        const int count = static_cast<int>(order.end() - firstGone);
        reorder(order);
        removeRun({first, count});
        return;
    }
    for (auto run = runs.crbegin(); run != runs.crend(); ++run)
        removeRun(*run);
}

void TaskTableModel::removeRun(const Run &run)
{
    beginRemoveRows({}, run.first, run.first + run.count - 1);
    const auto begin = m_rows.begin() + run.first;
    for (auto row = begin; row != begin + run.count; ++row)
        m_rowOf.remove((*row)->id);
    m_rows.erase(begin, begin + run.count);
    m_staleFrom = std::min(m_staleFrom, run.first);
    endRemoveRows();
}

void TaskTableModel::reorder(const std::vector<int> &oldRowOfNew)
{
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    std::vector<int> newRowOfOld(oldRowOfNew.size());
    Rows rows;
    rows.reserve(m_rows.size());
    for (size_t row = 0; row < oldRowOfNew.size(); ++row) {
        const auto old = static_cast<size_t>(oldRowOfNew[row]);
        newRowOfOld[old] = static_cast<int>(row);
        rows.push_back(std::move(m_rows[old]));
    }
    m_rows = std::move(rows);
    m_staleFrom = 0;
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex &old : before)
        after.append(index(newRowOfOld[static_cast<size_t>(old.row())], old.column()));
    changePersistentIndexList(before, after);
    Q_EMIT reordered(newRowOfOld);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

} // namespace taskreel
