// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractTableModel>

#include <vector>

namespace taskreel {

class HistoryImport;
class TaskRepository;

/// What HistoryImport found, as a table: first what is not in the list yet, since that is what an
/// import brings, then what is; both in the order of the history, newest first. Rows come in as
/// pages do. GUI thread.
class HistoryTableModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HistoryTableModel)

public:
    enum class Column { Here, Created, Model, Type, Status, TaskId, Count };
    enum Role { KnownRole = Qt::UserRole + 1 }; ///< bool: it is in the list already

    /// Both borrowed, both outlive this.
    HistoryTableModel(const HistoryImport *history, const TaskRepository *repository,
                      QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

    [[nodiscard]] int newCount() const { return m_new; } ///< rows that are not in the list

Q_SIGNALS:
    void newCountChanged();

private:
    void clear();
    void append(int first, int count);
    void look(); ///< the list has changed
    void insert(int before, const std::vector<int> &found);
    [[nodiscard]] bool isKnown(int found) const;

    const HistoryImport *m_history;
    std::vector<int>
        m_found; ///< of each row, the place in HistoryImport::rows(); those announced so far
    int m_new = 0;
};

} // namespace taskreel
