// SPDX-License-Identifier: MIT
#include "core/models/taskfilter.h"

#include "core/models/tasktablemodel.h"

#include <algorithm>
#include <utility>

namespace taskreel {

namespace {

using Column = TaskTableModel::Column;

/// Not ended, and nothing will ask again by itself.
bool isStopped(const TaskSummary &row)
{
    return !isFinal(row.status) && row.fetchState == FetchState::Idle
        && row.lastError.kind != ErrorKind::None && !isPassing(row.lastError.kind);
}

bool isFailed(const TaskSummary &row)
{
    return row.status == TaskStatus::Failed || row.status == TaskStatus::Cancelled
        || isStopped(row);
}

bool isRunning(const TaskSummary &row)
{
    return !isFinal(row.status) && !isStopped(row);
}

bool isUnsaved(const TaskSummary &row)
{
    return row.status == TaskStatus::Completed && row.resultCount > 0
        && row.saveState != SaveState::Saved;
}

template<typename T>
int compared(const T &a, const T &b)
{
    return a < b ? -1 : (b < a ? 1 : 0);
}

qint64 area(const QSize &size)
{
    return size.isValid() ? qint64(size.width()) * size.height() : 0;
}

int compareIn(Column column, const TaskSummary &a, const TaskSummary &b)
{
    switch (column) {
    case Column::Status:
        return compared(a.status, b.status);
    case Column::Prompt:
        return a.prompt.compare(b.prompt, Qt::CaseInsensitive);
    case Column::Duration:
        return compared(a.durationMs, b.durationMs);
    case Column::Created:
        return compared(a.createdAt, b.createdAt);
    case Column::Saved:
        return compared(a.saveState, b.saveState);
    case Column::Model:
        return a.model.compare(b.model, Qt::CaseInsensitive);
    case Column::Type:
        return a.taskType.compare(b.taskType, Qt::CaseInsensitive);
    case Column::Size:
        return compared(area(a.size), area(b.size));
    case Column::TaskId:
        return a.id.compare(b.id, Qt::CaseInsensitive);
    case Column::Cover:
    case Column::Count:
        break;
    }
    return 0;
}

} // namespace

TaskFilter::TaskFilter(TaskTableModel *model, QObject *parent)
    : QSortFilterProxyModel(parent), m_model(model)
{
    m_countsTurn.setSingleShot(true);
    m_countsTurn.setInterval(0);
    connect(&m_countsTurn, &QTimer::timeout, this, &TaskFilter::announceCounts);
    // Before the proxy's own connections: who asks while it emits gets counts of now.
    connect(m_model, &QAbstractItemModel::modelReset, this, &TaskFilter::noteRows);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &TaskFilter::noteRows);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &TaskFilter::noteRows);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &TaskFilter::noteRows);
    setSortRole(TaskTableModel::SortRole);
    setSourceModel(m_model);
    m_announcedCounts = counts();
}

void TaskFilter::sort(int column, Qt::SortOrder order)
{
    QSortFilterProxyModel::sort(column == static_cast<int>(Column::Cover) ? -1 : column, order);
}

void TaskFilter::setSearch(const QString &text)
{
    const QStringList words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    m_search = text;
    if (words == m_words)
        return;
    m_words = words;
    invalidateFilter();
    Q_EMIT filterChanged();
}

void TaskFilter::setStatus(Status status)
{
    if (status == m_status)
        return;
    m_status = status;
    invalidateFilter();
    Q_EMIT filterChanged();
}

void TaskFilter::clear()
{
    m_search.clear();
    if (m_words.isEmpty() && m_status == Status::All)
        return;
    m_words.clear();
    m_status = Status::All;
    invalidateFilter();
    Q_EMIT filterChanged();
}

void TaskFilter::noteRows()
{
    m_counts.reset();
    if (!m_countsTurn.isActive())
        m_countsTurn.start();
}

void TaskFilter::announceCounts()
{
    const StatusCounts now = counts();
    if (now == m_announcedCounts)
        return;
    m_announcedCounts = now;
    Q_EMIT countsChanged();
}

StatusCounts TaskFilter::counts() const
{
    if (m_counts)
        return *m_counts;
    StatusCounts counts;
    counts.all = m_model->rowCount();
    for (int row = 0; row < counts.all; ++row) {
        const TaskSummary &summary = m_model->summaryAt(row);
        counts.completed += summary.status == TaskStatus::Completed;
        counts.running += isRunning(summary);
        counts.failed += isFailed(summary);
        counts.notSaved += isUnsaved(summary);
    }
    m_counts = counts;
    return counts;
}

QString TaskFilter::idAt(const QModelIndex &proxyIndex) const
{
    return m_model->idAt(mapToSource(proxyIndex).row());
}

QModelIndex TaskFilter::indexOf(const QString &id, int column) const
{
    const int row = m_model->rowOf(id);
    return row < 0 ? QModelIndex() : mapFromSource(m_model->index(row, column));
}

bool TaskFilter::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    Q_UNUSED(sourceParent)
    const TaskSummary &row = m_model->summaryAt(sourceRow);
    switch (m_status) {
    case Status::All:
        break;
    case Status::Completed:
        if (row.status != TaskStatus::Completed)
            return false;
        break;
    case Status::Running:
        if (!isRunning(row))
            return false;
        break;
    case Status::Failed:
        if (!isFailed(row))
            return false;
        break;
    case Status::NotSaved:
        if (!isUnsaved(row))
            return false;
        break;
    }
    return std::all_of(m_words.cbegin(), m_words.cend(), [&row](const QString &word) {
        for (const QString *text : {&row.prompt, &row.id, &row.model, &row.taskType, &row.errorText,
                                    &row.lastError.message}) {
            if (text->contains(word, Qt::CaseInsensitive))
                return true;
        }
        return false;
    });
}

bool TaskFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const TaskSummary &a = m_model->summaryAt(left.row());
    const TaskSummary &b = m_model->summaryAt(right.row());
    const int order = compareIn(static_cast<Column>(left.column()), a, b);
    if (order != 0)
        return order < 0;
    // Descending, the proxy asks the other way round; equals keep their order both ways.
    return sortOrder() == Qt::AscendingOrder ? TaskTableModel::comesBefore(a, b)
                                             : TaskTableModel::comesBefore(b, a);
}

} // namespace taskreel
