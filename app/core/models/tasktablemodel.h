// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"

#include <QAbstractTableModel>
#include <QHash>

#include <memory>
#include <vector>

namespace taskreel {

class TaskRepository;

/// The repository's rows as a flat table. GUI thread. Display texts are made on demand and cheap;
/// the countdown is not here (the delegate paints it from the summary's nextCheckAt).
///
/// Rows stand in the order of adding with the newest batch on top; inside a batch (one paste, one
/// file) the order of the text stays. The model holds the rows as they were last announced, so that
/// what a sorting proxy compares never changes behind its back.
class TaskTableModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskTableModel)

public:
    enum class Column {
        Cover,
        Status,
        Prompt,
        Duration,
        Created,
        Saved,
        Model,
        Type,
        Size,
        TaskId,
        Expires,
        Cost,
        GenerationTime,
        Tags,
        Note,
        Count
    };
    enum Role {
        IdRole = Qt::UserRole + 1,
        SummaryRole, ///< TaskSummary, for delegates
        SortRole, ///< raw value of the column
    };

    explicit TaskTableModel(TaskRepository *repository, QObject *parent = nullptr);
    ~TaskTableModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

    /// The service cannot be reached: rows that wait for it say so. One change of one column,
    /// however many there are; the repository's rows stay as they are.
    void setOffline(bool offline);

    [[nodiscard]] QString idAt(int row) const;
    [[nodiscard]] int rowOf(const QString &id) const; ///< -1 if it is not here
    /// The row's summary without a copy. Valid until the next change.
    [[nodiscard]] const TaskSummary &summaryAt(int row) const;
    /// The order of the rows: newest batch first, as pasted inside a batch.
    [[nodiscard]] static bool comesBefore(const TaskSummary &a, const TaskSummary &b);

Q_SIGNALS:
    // For the filter, which knows rows by their numbers and would otherwise have to look at all.
    /// These rows, in ascending order, have new summaries; dataChanged() follows, in runs.
    void rowsChanged(const std::vector<int> &rows, int firstColumn, int lastColumn);
    /// Something that neither sorts nor filters changed in this column of any row; before
    /// dataChanged().
    void columnRenewed(int column);
    /// The rows have new numbers; before layoutChanged().
    void reordered(const std::vector<int> &newRowOfOld);

private:
    using Rows = std::vector<std::unique_ptr<TaskSummary>>;
    struct Run
    {
        int first = 0; ///< insertion: the row to insert before
        int count = 0;
    };

    struct Columns
    {
        int first = 0;
        int last = 0;
    };

    void load();
    void insertTasks(const QStringList &ids);
    void insertRun(int before, Rows::iterator begin, Rows::iterator end);
    void updateTasks(const QStringList &ids);
    [[nodiscard]] Columns renew(int row);
    [[nodiscard]] TaskSummary shown(const TaskSummary &row) const;
    void removeTasks(const QStringList &ids);
    void removeRun(const Run &run);
    void reorder(const std::vector<int> &oldRowOfNew);

    TaskRepository *m_repository;
    bool m_offline = false;
    Rows m_rows;
    /// Right for rows above m_staleFrom only; the others are found again when one is asked for, so
    /// that a batch of insertions and removals costs one pass.
    mutable QHash<QString, int> m_rowOf;
    mutable int m_staleFrom = 0;
};

} // namespace taskreel
