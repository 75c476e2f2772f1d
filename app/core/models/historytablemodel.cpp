// SPDX-License-Identifier: MIT
#include "core/models/historytablemodel.h"

#include "core/domain/tasksummary.h"
#include "core/tasks/historyimport.h"
#include "core/tasks/taskrepository.h"
#include "core/text/quantities.h"

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
    return parent.isValid() ? 0 : m_rows;
}

int HistoryTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

QVariant HistoryTableModel::data(const QModelIndex &index, int role) const
{
    Q_ASSERT(checkIndex(index, CheckIndexOption::IndexIsValid));
    const HistoryRow &row = m_history->rows().at(index.row());
    const auto column = static_cast<Column>(index.column());
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
    m_rows = 0;
    m_new = 0;
    endResetModel();
    Q_EMIT newCountChanged();
}

void HistoryTableModel::append(int first, int count)
{
    if (count == 0)
        return;
    for (int i = first; i < first + count; ++i)
        m_new += m_history->isKnown(m_history->rows().at(i).taskId) ? 0 : 1;
    beginInsertRows({}, first, first + count - 1);
    m_rows = first + count;
    endInsertRows();
    Q_EMIT newCountChanged();
}

void HistoryTableModel::look()
{
    if (m_rows == 0)
        return;
    m_new = 0;
    for (int i = 0; i < m_rows; ++i)
        m_new += m_history->isKnown(m_history->rows().at(i).taskId) ? 0 : 1;
    const int here = static_cast<int>(Column::Here);
    Q_EMIT dataChanged(index(0, here), index(m_rows - 1, here), {Qt::DisplayRole});
    Q_EMIT newCountChanged();
}

} // namespace taskreel
