// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"

#include <QSortFilterProxyModel>

namespace taskreel {

class TaskTableModel;

/// Counts shown on the chips.
struct StatusCounts
{
    int all = 0;
    int completed = 0;
    int running = 0; ///< pending, processing, not asked, other
    int failed = 0; ///< failed, cancelled, and rows stopped by an error
    int notSaved = 0; ///< completed and not saved
    bool operator==(const StatusCounts &) const = default;
};

/// Search and status filter over the table model, sorting by raw values. GUI thread.
class TaskFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskFilter)

public:
    enum class Status { All, Completed, Running, Failed, NotSaved };

    explicit TaskFilter(TaskTableModel *model, QObject *parent = nullptr);

    void setSearch(const QString &text); ///< words, all of them, in ID, prompt, model, type or error
    void setStatus(Status status);
    [[nodiscard]] QString search() const { return m_search; }
    [[nodiscard]] Status status() const { return m_status; }
    void clear(); ///< search and status

    [[nodiscard]] StatusCounts counts() const; ///< of everything, whatever the filter shows
    [[nodiscard]] QString idAt(const QModelIndex &proxyIndex) const;
    [[nodiscard]] QModelIndex indexOf(const QString &id, int column = 0) const; ///< invalid if hidden

Q_SIGNALS:
    void countsChanged(); ///< once a turn
    void filterChanged();

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    TaskTableModel *m_model;
    QString m_search;
    QStringList m_words;
    Status m_status = Status::All;
};

} // namespace taskreel
