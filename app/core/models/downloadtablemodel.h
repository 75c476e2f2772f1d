// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/download.h"
#include "core/text/downloadtext.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>

#include <memory>
#include <vector>

namespace taskreel {

class DownloadList;
class TaskRepository;

/// A file of the queue as it was last announced.
struct DownloadRow
{
    AssetId asset;
    DownloadStanding standing;
    QString name; ///< of the file, without its folder
    QString path; ///< absolute; of the part file, as long as it is not saved; empty before either
    QString taskId;
    qint64 received = 0; ///< bytes
    qint64 total = -1; ///< bytes; -1: not known
    qint64 bytesPerSecond = 0;
    qint64 secondsLeft = -1; ///< -1: not known

    bool operator==(const DownloadRow &) const = default;
    [[nodiscard]] int percent() const; ///< 0–100; -1: not known
    [[nodiscard]] bool canPause() const;
    [[nodiscard]] bool canResume() const; ///< goes on where it was, or starts over after a failure
};

/// The download queue as a flat table, in its own order. GUI thread. Holds the rows as they were last
/// announced; one announcement of the list is one change a run of rows.
class DownloadTableModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DownloadTableModel)

public:
    enum class Column { Name, Status, Progress, Size, Speed, TimeLeft, Task, Count };
    enum Role {
        AssetRole = Qt::UserRole + 1, ///< AssetId
        SortRole, ///< raw value of the column
        PercentRole, ///< int, -1: not known
        StateRole, ///< int of DownloadState
    };

    /// Both borrowed, both outlive this.
    DownloadTableModel(const DownloadList *list, const TaskRepository *repository,
                       QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

    [[nodiscard]] const DownloadRow &rowAt(int row) const;
    [[nodiscard]] int rowOf(const AssetId &asset) const; ///< -1 if it is not here

private:
    [[nodiscard]] DownloadRow readRow(const AssetId &asset) const;
    [[nodiscard]] QVariant textOf(const DownloadRow &row, Column column) const;
    [[nodiscard]] QVariant accessibleTextOf(const DownloadRow &row, Column column) const;
    [[nodiscard]] QVariant rawOf(const DownloadRow &row, Column column) const;
    [[nodiscard]] QString toolTipOf(const DownloadRow &row, Column column) const;
    [[nodiscard]] QString taskText(const QString &taskId) const;
    void append(const QList<AssetId> &assets);
    void change(const QSet<AssetId> &assets);
    void remove(const QSet<AssetId> &assets);
    void reorder();
    void announce(const std::vector<int> &rows); ///< in ascending order

    const DownloadList *m_list;
    const TaskRepository *m_repository;
    using Rows = std::vector<std::unique_ptr<DownloadRow>>;
    Rows m_rows;
    QSet<AssetId> m_known;
    /// Numbered anew when one is asked for, so that a batch of removals costs one pass.
    mutable QHash<AssetId, int> m_rowOf;
    mutable bool m_numbered = true;
};

} // namespace taskreel
