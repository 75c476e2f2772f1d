// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"

#include <QAbstractTableModel>
#include <QHash>

namespace taskreel {

class TaskRepository;

/// The repository's rows as a flat table. GUI thread. Display texts are made on demand and cheap; the
/// countdown is not here (the delegate paints it from NextCheckRole).
class TaskTableModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskTableModel)

public:
    enum class Column { Cover, Status, Prompt, Duration, Created, Saved, Model, Type, Size, TaskId, Count };
    enum Role {
        IdRole = Qt::UserRole + 1,
        SummaryRole, ///< TaskSummary, for delegates
        SortRole, ///< raw value of the column
    };

    explicit TaskTableModel(TaskRepository *repository, QObject *parent = nullptr);
    ~TaskTableModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

    [[nodiscard]] QString idAt(int row) const;
    [[nodiscard]] int rowOf(const QString &id) const; ///< -1 if it is not here
    /// The row's summary without a copy. Valid until the next change.
    [[nodiscard]] const TaskSummary &summaryAt(int row) const;

private:
    TaskRepository *m_repository;
    QStringList m_rows;
    QHash<QString, int> m_rowOf;
};

} // namespace taskreel
