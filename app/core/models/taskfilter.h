// SPDX-License-Identifier: MIT
#pragma once

#include "core/models/statustally.h"
#include "core/models/taskcriteria.h"
#include "core/models/tasksorting.h"

#include <QAbstractProxyModel>
#include <QTimer>

namespace taskreel {

class TaskTableModel;

/// What a choice of model or kind would show, for the filter's lists.
struct FacetCounts
{
    QList<std::pair<QString, int>> models; ///< by name
    QList<std::pair<MediaKind, int>> kinds;
};

/// Search, status and facets over the table model, sorting by raw values. GUI thread. At first, and
/// when sorted by Cover, rows stand in the model's own order (newest batch on top), which costs
/// nothing to keep; rows that are equal in the sorted column stand in that order, too.
///
/// Keeps the whole order of all rows, shown or not, and the folded text of each: a change of the
/// search or of some rows costs no sorting. What changes at many places at once is announced as one
/// change of the order and one range of rows, whatever the views would have to do for each.
class TaskFilter final : public QAbstractProxyModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskFilter)

public:
    using Status = TaskCriteria::Status;

    explicit TaskFilter(TaskTableModel *model, QObject *parent = nullptr);
    ~TaskFilter() override;

    void setSearch(const QString &text);
    void setStatus(Status status);
    void setCriteria(const TaskCriteria &criteria); ///< all at once
    [[nodiscard]] const TaskCriteria &criteria() const { return m_criteria; }
    [[nodiscard]] QString search() const { return m_criteria.search; }
    [[nodiscard]] Status status() const { return m_criteria.status; }
    void clear(); ///< shows everything
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    [[nodiscard]] int sortColumn() const { return m_sortColumn; } ///< -1: the model's own order
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sortOrder; }

    /// Of everything, whatever the filter shows.
    [[nodiscard]] StatusCounts counts() const { return m_tally.counts(); }
    [[nodiscard]] FacetCounts facetCounts() const; ///< of everything, too; made anew each time
    [[nodiscard]] QString idAt(const QModelIndex &proxyIndex) const;
    [[nodiscard]] QModelIndex indexOf(const QString &id,
                                      int column = 0) const; ///< invalid if hidden
    /// The shown row's summary without a copy. Valid until the next change.
    [[nodiscard]] const TaskSummary &summaryAt(int row) const;

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex mapToSource(const QModelIndex &proxyIndex) const override;
    [[nodiscard]] QModelIndex mapFromSource(const QModelIndex &sourceIndex) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    [[nodiscard]] QModelIndex sibling(int row, int column, const QModelIndex &index) const override;

Q_SIGNALS:
    void countsChanged(); ///< once a turn
    void filterChanged();
    void sortChanged(); ///< after the rows stand so

private:
    struct Runs;

    void followModel();
    void countsMayDiffer();
    void announceCounts();
    void apply();
    [[nodiscard]] bool fits(int sourceRow) const;
    void judge(int sourceRow);

    // taskfilterchanges.cpp: the model's changes, and what they are to the views
    void reload();
    void takeInserted(int first, int last);
    void hideLeaving(int first, int last);
    void forget(int first, int last);
    void takeChanged(const std::vector<int> &rows, int firstColumn, int lastColumn);
    void takeReordered(const std::vector<int> &newRowOfOld);
    void showOrder();
    void become(std::vector<int> next);
    void insertShown(const std::vector<int> &next);
    void arrange(std::vector<int> next);
    void notePlaces(size_t from = 0);
    void announceData(const std::vector<int> &rows, int firstColumn, int lastColumn);

    TaskTableModel *m_model;
    TaskSorting m_sorting;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    std::vector<int> m_order; ///< all rows of the model as sorted
    std::vector<int> m_shown; ///< those that fit: row here to row of the model
    std::vector<int> m_placeOf; ///< row of the model to row here; -1: not shown
    std::vector<char> m_fits; ///< by row of the model
    mutable std::vector<QByteArray> m_texts; ///< by row of the model; null: not made yet

    StatusTally m_tally; ///< by row of the model
    StatusCounts m_announcedCounts;
    QTimer m_countsTurn;
    QTimer m_midnight; ///< while "today" decides what is shown
    TaskCriteria m_criteria;
    TaskMatcher m_matcher{{}, {}};
};

} // namespace taskreel
