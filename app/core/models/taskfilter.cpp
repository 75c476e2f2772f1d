// SPDX-License-Identifier: MIT
#include "core/models/taskfilter.h"

#include "core/models/tasktablemodel.h"
#include "core/models/tasktexts.h"

#include <QMap>

#include <algorithm>
#include <utility>

namespace taskreel {

namespace {

using Column = TaskTableModel::Column;

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
    case Column::Expires:
        return compared(expirySortValue(a), expirySortValue(b));
    case Column::Cost:
        return compared(a.cost.value_or(-1), b.cost.value_or(-1));
    case Column::GenerationTime:
        return compared(generationMs(a), generationMs(b));
    case Column::Tags:
        return a.marks.tags.join(u'\n').compare(b.marks.tags.join(u'\n'), Qt::CaseInsensitive);
    case Column::Note:
        return a.marks.note.compare(b.marks.note, Qt::CaseInsensitive);
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
    m_midnight.setSingleShot(true);
    connect(&m_midnight, &QTimer::timeout, this, &TaskFilter::apply);
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
    TaskCriteria next = m_criteria;
    next.search = text;
    setCriteria(next);
}

void TaskFilter::setStatus(Status status)
{
    TaskCriteria next = m_criteria;
    next.status = status;
    setCriteria(next);
}

void TaskFilter::clear()
{
    setCriteria({});
}

void TaskFilter::setCriteria(const TaskCriteria &criteria)
{
    TaskCriteria before = m_criteria;
    m_criteria = criteria;
    // Blanks alone change nothing.
    const bool sameWords = before.words() == criteria.words();
    before.search = criteria.search;
    if (sameWords && before == criteria)
        return;
    apply();
    Q_EMIT filterChanged();
}

void TaskFilter::apply()
{
    const QDateTime now = QDateTime::currentDateTime();
    m_matcher = TaskMatcher(m_criteria, now);
    const bool byDay = m_criteria.created != TaskCriteria::Created::Any
        && m_criteria.created != TaskCriteria::Created::Custom;
    if (byDay)
        m_midnight.start(int(now.msecsTo(now.date().addDays(1).startOfDay())) + 1000);
    else
        m_midnight.stop();
    invalidateFilter();
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
        counts.starred += summary.marks.starred;
    }
    m_counts = counts;
    return counts;
}

FacetCounts TaskFilter::facetCounts() const
{
    QMap<QString, int> models;
    QMap<MediaKind, int> kinds;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const TaskSummary &summary = m_model->summaryAt(row);
        if (!summary.model.isEmpty())
            ++models[summary.model];
        if (summary.kind != MediaKind::Unknown)
            ++kinds[summary.kind];
    }
    FacetCounts counts;
    for (auto it = models.cbegin(); it != models.cend(); ++it)
        counts.models.append({it.key(), it.value()});
    for (auto it = kinds.cbegin(); it != kinds.cend(); ++it)
        counts.kinds.append({it.key(), it.value()});
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
    return m_matcher.matchesFacets(row)
        && (!m_matcher.hasWords() || m_matcher.matchesWords(TaskMatcher::searchText(row)));
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
