// SPDX-License-Identifier: MIT
#pragma once

#include "core/models/taskcriteria.h"

#include <QSortFilterProxyModel>
#include <QTimer>

#include <optional>

namespace taskreel {

class TaskTableModel;

/// Counts shown on the chips. A row is *stopped* when an error that time does not mend (not found,
/// no such plan) keeps it from being asked again.
struct StatusCounts
{
    int all = 0;
    int completed = 0;
    int running = 0; ///< pending, processing, not asked, other
    int failed = 0; ///< failed, cancelled, and rows stopped by an error
    int notSaved = 0; ///< completed with results that are not all saved
    int starred = 0;
    bool operator==(const StatusCounts &) const = default;
};

/// What a choice of model or kind would show, for the filter's lists.
struct FacetCounts
{
    QList<std::pair<QString, int>> models; ///< by name
    QList<std::pair<MediaKind, int>> kinds;
};

/// Search, status and facets over the table model, sorting by raw values. GUI thread. At first, and
/// when sorted by Cover, rows stand in the model's own order (newest batch on top), which costs
/// nothing to keep; rows that are equal in the sorted column stand in that order, too.
class TaskFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskFilter)

public:
    using Status = TaskCriteria::Status;

    explicit TaskFilter(TaskTableModel *model, QObject *parent = nullptr);

    void setSearch(const QString &text);
    void setStatus(Status status);
    void setCriteria(const TaskCriteria &criteria); ///< all at once
    [[nodiscard]] const TaskCriteria &criteria() const { return m_criteria; }
    [[nodiscard]] QString search() const { return m_criteria.search; }
    [[nodiscard]] Status status() const { return m_criteria.status; }
    void clear(); ///< shows everything
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    [[nodiscard]] StatusCounts counts() const; ///< of everything, whatever the filter shows
    [[nodiscard]] FacetCounts facetCounts() const; ///< of everything, too; made anew each time
    [[nodiscard]] QString idAt(const QModelIndex &proxyIndex) const;
    [[nodiscard]] QModelIndex indexOf(const QString &id,
                                      int column = 0) const; ///< invalid if hidden

Q_SIGNALS:
    void countsChanged(); ///< once a turn
    void filterChanged();

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow,
                                        const QModelIndex &sourceParent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    void noteRows();
    void announceCounts();
    void apply();

    TaskTableModel *m_model;
    mutable std::optional<StatusCounts> m_counts; ///< of now; made when asked for
    StatusCounts m_announcedCounts;
    QTimer m_countsTurn;
    QTimer m_midnight; ///< while "today" decides what is shown
    TaskCriteria m_criteria;
    TaskMatcher m_matcher{{}, {}};
};

} // namespace taskreel
