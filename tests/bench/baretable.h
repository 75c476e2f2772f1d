// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"

#include <QAbstractTableModel>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QTableView>

namespace taskreel::test {

/// The peer of the list benches: rows of seven plain cells. Header only.
class BareModel final : public QAbstractTableModel
{
public:
    explicit BareModel(const QList<TaskSummary> &rows)
    {
        m_rows.reserve(rows.size());
        for (const TaskSummary &row : rows) {
            m_rows.append({row.id, row.prompt, row.model, row.taskType, int(row.status),
                           row.createdAt, row.durationMs});
        }
    }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_rows.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : 7;
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole ? m_rows[index.row()][index.column()] : QVariant();
    }

private:
    QList<QVariantList> m_rows;
};

/// QTableView over QSortFilterProxyModel over those rows.
struct BareTable
{
    explicit BareTable(const QList<TaskSummary> &rows) : model(rows)
    {
        proxy.setSourceModel(&model);
        proxy.setFilterKeyColumn(-1);
        proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
        proxy.setSortCaseSensitivity(Qt::CaseInsensitive);
        view.setModel(&proxy);
        view.verticalHeader()->hide();
        view.resize(900, 800);
    }
    BareModel model;
    QSortFilterProxyModel proxy;
    QTableView view;
};

} // namespace taskreel::test
