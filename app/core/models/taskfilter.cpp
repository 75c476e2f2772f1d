// SPDX-License-Identifier: MIT
#include "core/models/taskfilter.h"

#include "core/models/tasktablemodel.h"

#include <QMap>

namespace taskreel {

using Column = TaskTableModel::Column;

TaskFilter::TaskFilter(TaskTableModel *model, QObject *parent)
    : QAbstractProxyModel(parent), m_model(model),
      m_sorting(model, Column::Count, Qt::AscendingOrder)
{
    m_countsTurn.setSingleShot(true);
    m_countsTurn.setInterval(0);
    connect(&m_countsTurn, &QTimer::timeout, this, &TaskFilter::announceCounts);
    m_midnight.setSingleShot(true);
    connect(&m_midnight, &QTimer::timeout, this, &TaskFilter::apply);
    setSourceModel(m_model);
    followModel();
    reload();
    m_announcedCounts = counts();
}

TaskFilter::~TaskFilter() = default;

void TaskFilter::sort(int column, Qt::SortOrder order)
{
    const bool own = column < 0 || column == static_cast<int>(Column::Cover);
    m_sortColumn = own ? -1 : column;
    m_sortOrder = order;
    m_sorting = TaskSorting(m_model, own ? Column::Count : static_cast<Column>(column), order);
    m_order = m_sorting.allRows();
    showOrder();
    Q_EMIT sortChanged();
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
    for (int row = 0; row < m_model->rowCount(); ++row)
        judge(row);
    showOrder();
}

bool TaskFilter::fits(int sourceRow) const
{
    const TaskSummary &row = m_model->summaryAt(sourceRow);
    if (!m_matcher.matchesFacets(row))
        return false;
    if (!m_matcher.hasWords())
        return true;
    QByteArray &text = m_texts[static_cast<size_t>(sourceRow)];
    if (text.isNull())
        text = TaskMatcher::searchText(row);
    return m_matcher.matchesWords(text);
}

void TaskFilter::judge(int sourceRow)
{
    m_fits[static_cast<size_t>(sourceRow)] = fits(sourceRow) ? 1 : 0;
}

void TaskFilter::countsMayDiffer()
{
    if (!m_countsTurn.isActive() && counts() != m_announcedCounts)
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

const TaskSummary &TaskFilter::summaryAt(int row) const
{
    Q_ASSERT(row >= 0 && row < rowCount());
    return m_model->summaryAt(m_shown[static_cast<size_t>(row)]);
}

QModelIndex TaskFilter::index(int row, int column, const QModelIndex &parent) const
{
    const bool here =
        !parent.isValid() && row >= 0 && row < rowCount() && column >= 0 && column < columnCount();
    return here ? createIndex(row, column) : QModelIndex();
}

QModelIndex TaskFilter::parent(const QModelIndex &child) const
{
    Q_UNUSED(child)
    return {};
}

QModelIndex TaskFilter::sibling(int row, int column, const QModelIndex &index) const
{
    return this->index(row, column, index.parent());
}

int TaskFilter::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int TaskFilter::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_model->columnCount();
}

QModelIndex TaskFilter::mapToSource(const QModelIndex &proxyIndex) const
{
    if (!proxyIndex.isValid() || proxyIndex.row() >= rowCount())
        return {};
    return m_model->index(m_shown[static_cast<size_t>(proxyIndex.row())], proxyIndex.column());
}

QModelIndex TaskFilter::mapFromSource(const QModelIndex &sourceIndex) const
{
    const auto row = static_cast<size_t>(sourceIndex.row());
    if (!sourceIndex.isValid() || row >= m_placeOf.size() || m_placeOf[row] < 0)
        return {};
    return createIndex(m_placeOf[row], sourceIndex.column());
}

QVariant TaskFilter::headerData(int section, Qt::Orientation orientation, int role) const
{
    // The columns have names while no row is shown, too.
    return m_model->headerData(section, orientation, role);
}

} // namespace taskreel
