// SPDX-License-Identifier: MIT
#include "core/models/historytablemodel.h"

#include "core/domain/tasksummary.h"
#include "core/tasks/historyimport.h"
#include "core/tasks/taskrepository.h"
#include "core/text/quantities.h"

#include <algorithm>
#include <numeric>

namespace taskreel {

HistoryTableModel::HistoryTableModel(const HistoryImport *history, const TaskRepository *repository,
                                     QObject *parent)
    : QAbstractTableModel(parent), m_history(history)
{
    connect(history, &HistoryImport::started, this, &HistoryTableModel::clear);
    connect(history, &HistoryImport::rowsFound, this, &HistoryTableModel::append);
    connect(repository, &TaskRepository::tasksAdded, this, &HistoryTableModel::look);
    connect(repository, &TaskRepository::tasksRemoved, this, &HistoryTableModel::look);
    append(0, static_cast<int>(history->rows().size()));
}

int HistoryTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_found.size());
}

int HistoryTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

QVariant HistoryTableModel::data(const QModelIndex &index, int role) const
{
    Q_ASSERT(checkIndex(index, CheckIndexOption::IndexIsValid));
    const HistoryRow &row = m_history->rows().at(m_found[static_cast<size_t>(index.row())]);
    const auto column = static_cast<Column>(index.column());
    if (role == KnownRole)
        return m_history->isKnown(row.taskId);
    if (role == Qt::ToolTipRole && column == Column::Created)
        return exactTimeText(row.createdAt);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Column::Here:
        return m_history->isKnown(row.taskId) ? tr("Already here") : tr("New");
    case Column::Created:
        return relativeTimeText(row.createdAt, QDateTime::currentDateTimeUtc());
    case Column::Model:
        return row.model;
    case Column::Type:
        return row.taskType;
    case Column::Status: {
        TaskSummary summary;
        summary.status = row.status;
        summary.rawStatus = row.rawStatus;
        return statusText(summary);
    }
    case Column::TaskId:
        return row.taskId;
    case Column::Count:
        break;
    }
    return {};
}

QVariant HistoryTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Here:
        //: heading: whether a task of the account's history is in the list
        return tr("In the list");
    case Column::Created:
        return tr("Created");
    case Column::Model:
        return tr("Model");
    case Column::Type:
        return tr("Type");
    case Column::Status:
        return tr("Status");
    case Column::TaskId:
        return tr("Task ID");
    case Column::Count:
        break;
    }
    return {};
}

void HistoryTableModel::clear()
{
    beginResetModel();
    m_found.clear();
    m_new = 0;
    endResetModel();
    Q_EMIT newCountChanged();
}

bool HistoryTableModel::isKnown(int found) const
{
    return m_history->isKnown(m_history->rows().at(found).taskId);
}

void HistoryTableModel::append(int first, int count)
{
    if (count == 0)
        return;
    std::vector<int> fresh(static_cast<size_t>(count));
    std::iota(fresh.begin(), fresh.end(), first);
    const auto firstKnown = std::stable_partition(fresh.begin(), fresh.end(),
                                                  [this](int found) { return !isKnown(found); });
    const std::vector<int> known(firstKnown, fresh.end());
    fresh.erase(firstKnown, fresh.end());
    insert(rowCount(), known);
    insert(m_new, fresh);
    m_new += static_cast<int>(fresh.size());
    Q_EMIT newCountChanged();
}

void HistoryTableModel::insert(int before, const std::vector<int> &found)
{
    if (found.empty())
        return;
    beginInsertRows({}, before, before + static_cast<int>(found.size()) - 1);
    m_found.insert(m_found.begin() + before, found.cbegin(), found.cend());
    endInsertRows();
}

void HistoryTableModel::look()
{
    if (m_found.empty())
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const std::vector<int> before = m_found;
    std::sort(m_found.begin(), m_found.end());
    const auto firstKnown = std::stable_partition(m_found.begin(), m_found.end(),
                                                  [this](int found) { return !isKnown(found); });
    m_new = static_cast<int>(firstKnown - m_found.begin());
    std::vector<int> rowOf(m_found.size());
    for (size_t row = 0; row < m_found.size(); ++row)
        rowOf[static_cast<size_t>(m_found[row])] = static_cast<int>(row);
    const QModelIndexList old = persistentIndexList();
    for (const QModelIndex &one : old) {
        const int found = before[static_cast<size_t>(one.row())];
        changePersistentIndex(one, index(rowOf[static_cast<size_t>(found)], one.column()));
    }
    Q_EMIT layoutChanged({}, VerticalSortHint);
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, static_cast<int>(Column::Count) - 1));
    Q_EMIT newCountChanged();
}

} // namespace taskreel
