// SPDX-License-Identifier: MIT
#include "core/models/downloadtablemodel.h"

#include "core/downloads/downloadlist.h"
#include "core/tasks/taskrepository.h"
#include "core/text/quantities.h"
#include "core/text/tooltips.h"

#include <QDir>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr int kColumns = static_cast<int>(DownloadTableModel::Column::Count);

int DownloadRow::percent() const
{
    if (standing.state == DownloadState::Done)
        return 100;
    // How far an earlier run came is seen when it goes on.
    const bool stands = standing.left || standing.state == DownloadState::Paused;
    if (stands && received == 0)
        return -1;
    if (total <= 0)
        return received > 0 || total == 0 ? -1 : 0;
    return static_cast<int>(std::clamp<qint64>(received * 100 / total, 0, 100));
}

bool DownloadRow::canPause() const
{
    return standing.state == DownloadState::Running || standing.state == DownloadState::Verifying
        || (standing.state == DownloadState::Waiting && !standing.left);
}

bool DownloadRow::canResume() const
{
    return standing.state == DownloadState::Paused || standing.state == DownloadState::Failed
        || (standing.state == DownloadState::Waiting
            && (standing.left || standing.nextTryAt.isValid()));
}

DownloadTableModel::DownloadTableModel(const DownloadList *list, const TaskRepository *repository,
                                       QObject *parent)
    : QAbstractTableModel(parent), m_list(list), m_repository(repository)
{
    connect(list, &DownloadList::appended, this, &DownloadTableModel::append);
    connect(list, &DownloadList::changed, this, &DownloadTableModel::change);
    connect(list, &DownloadList::removed, this, &DownloadTableModel::remove);
    connect(list, &DownloadList::reordered, this, &DownloadTableModel::reorder);
    append(list->order());
}

int DownloadTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DownloadTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumns;
}

const DownloadRow &DownloadTableModel::rowAt(int row) const
{
    return *m_rows.at(static_cast<size_t>(row));
}

int DownloadTableModel::rowOf(const AssetId &asset) const
{
    if (!m_numbered) {
        m_numbered = true;
        m_rowOf.clear();
        for (size_t row = 0; row < m_rows.size(); ++row)
            m_rowOf.insert(m_rows[row]->asset, static_cast<int>(row));
    }
    return m_rowOf.value(asset, -1);
}

DownloadRow DownloadTableModel::readRow(const AssetId &asset) const
{
    DownloadRow row;
    row.asset = asset;
    const DownloadItem *item = m_list->find(asset);
    if (!item)
        return row;
    row.standing = {item->state, item->left, item->nextTryAt, item->error};
    row.name = item->fileName();
    row.path = item->state == DownloadState::Done ? item->path : item->record.partPath();
    row.taskId = item->taskId;
    row.received = item->received;
    row.total = item->total;
    row.bytesPerSecond = item->bytesPerSecond;
    row.secondsLeft = item->secondsLeft();
    return row;
}

QVariant DownloadTableModel::data(const QModelIndex &index, int role) const
{
    Q_ASSERT(checkIndex(index, CheckIndexOption::IndexIsValid));
    const DownloadRow &row = rowAt(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return textOf(row, column);
    case Qt::AccessibleTextRole:
        return accessibleTextOf(row, column);
    case Qt::ToolTipRole:
        return toolTipOf(row, column);
    case AssetRole:
        return QVariant::fromValue(row.asset);
    case SortRole:
        return rawOf(row, column);
    case PercentRole:
        return row.percent();
    case StateRole:
        return static_cast<int>(row.standing.state);
    default:
        return {};
    }
}

QVariant DownloadTableModel::textOf(const DownloadRow &row, Column column) const
{
    const bool done = row.standing.state == DownloadState::Done;
    switch (column) {
    case Column::Name:
        return row.name;
    case Column::Status:
        return downloadStateText(row.standing);
    case Column::Progress:
        //: progress, as in "62 %"
        return row.percent() < 0 ? QString()
                                 : tr("%1\u00a0%").arg(QLocale().toString(row.percent()));
    case Column::Size:
        if (row.total < 0)
            return row.received > 0 ? bytesText(row.received) : QString();
        if (done || row.received == 0)
            return bytesText(row.total);
        //: %1: what has come of a file, %2: its size
        return tr("%1 of %2").arg(bytesText(row.received), bytesText(row.total));
    case Column::Speed:
        return speedText(row.bytesPerSecond);
    case Column::TimeLeft:
        return row.secondsLeft < 0 ? QString() : spanText(row.secondsLeft * 1000);
    case Column::Task:
        return taskText(row.taskId);
    case Column::Count:
        break;
    }
    return {};
}

/// A cell that is empty on screen says to a listener why.
QVariant DownloadTableModel::accessibleTextOf(const DownloadRow &row, Column column) const
{
    const QString text = textOf(row, column).toString();
    if (!text.isEmpty())
        return text;
    switch (column) {
    case Column::Progress:
    case Column::Size:
    case Column::TimeLeft:
        return tr("not known");
    case Column::Speed:
        return tr("not moving");
    default:
        return text;
    }
}

QVariant DownloadTableModel::rawOf(const DownloadRow &row, Column column) const
{
    switch (column) {
    case Column::Status:
        return static_cast<int>(row.standing.state);
    case Column::Progress:
        return row.percent();
    case Column::Size:
        return row.total;
    case Column::Speed:
        return row.bytesPerSecond;
    case Column::TimeLeft:
        return row.secondsLeft;
    case Column::Name:
    case Column::Task:
    case Column::Count:
        break;
    }
    return textOf(row, column);
}

QString DownloadTableModel::toolTipOf(const DownloadRow &row, Column column) const
{
    switch (column) {
    case Column::Name:
        return toolTipText(row.standing.state == DownloadState::Done
                               ? QDir::toNativeSeparators(row.path)
                               : row.name);
    case Column::Status:
        return toolTipText(downloadStateSentence(row.standing));
    case Column::Task:
        return toolTipText(row.taskId);
    default:
        return {};
    }
}

/// People know a task by its prompt; where there is none, by its id.
QString DownloadTableModel::taskText(const QString &taskId) const
{
    const TaskSummary *task = m_repository->find(taskId);
    return task && !task->prompt.isEmpty() ? task->prompt.simplified() : shortId(taskId);
}

QVariant DownloadTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Name:
        return tr("Name");
    case Column::Status:
        return tr("Status");
    case Column::Progress:
        return tr("Progress");
    case Column::Size:
        return tr("Size");
    case Column::Speed:
        return tr("Speed");
    case Column::TimeLeft:
        return tr("Time left");
    case Column::Task:
        return tr("Task");
    case Column::Count:
        break;
    }
    return {};
}

void DownloadTableModel::append(const QList<AssetId> &assets)
{
    // Of what came before this model did, the list may still tell.
    Rows fresh;
    for (const AssetId &asset : assets) {
        if (!m_known.contains(asset) && m_list->contains(asset))
            fresh.push_back(std::make_unique<DownloadRow>(readRow(asset)));
    }
    if (fresh.empty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
    for (std::unique_ptr<DownloadRow> &row : fresh) {
        m_known.insert(row->asset);
        m_rows.push_back(std::move(row));
    }
    m_numbered = false;
    endInsertRows();
}

void DownloadTableModel::change(const QSet<AssetId> &assets)
{
    std::vector<int> rows;
    for (const AssetId &asset : assets) {
        const int row = rowOf(asset);
        if (row < 0 || !m_list->contains(asset))
            continue;
        DownloadRow now = readRow(asset);
        if (now == rowAt(row))
            continue;
        *m_rows[static_cast<size_t>(row)] = std::move(now);
        rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end());
    announce(rows);
}

void DownloadTableModel::announce(const std::vector<int> &rows)
{
    if (rows.empty())
        return;
    const auto tell = [this](int first, int last) {
        Q_EMIT dataChanged(index(first, 0), index(last, kColumns - 1));
    };
    if (rows.size() * 2 > m_rows.size())
        return tell(rows.front(), rows.back());
    size_t first = 0;
    for (size_t i = 1; i <= rows.size(); ++i) {
        if (i < rows.size() && rows[i] == rows[i - 1] + 1)
            continue;
        tell(rows[first], rows[i - 1]);
        first = i;
    }
}

void DownloadTableModel::remove(const QSet<AssetId> &assets)
{
    const auto gone = [this, &assets](int row) { return assets.contains(rowAt(row).asset); };
    for (int last = rowCount() - 1; last >= 0; --last) {
        if (!gone(last))
            continue;
        int first = last;
        while (first > 0 && gone(first - 1))
            --first;
        beginRemoveRows({}, first, last);
        m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
        m_numbered = false;
        endRemoveRows();
        last = first;
    }
    m_known -= assets;
}

void DownloadTableModel::reorder()
{
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    QList<AssetId> before;
    Rows next;
    for (const std::unique_ptr<DownloadRow> &row : m_rows)
        before.append(row->asset);
    for (const AssetId &asset : m_list->order()) {
        if (const int row = rowOf(asset); row >= 0)
            next.push_back(std::move(m_rows[static_cast<size_t>(row)]));
    }
    Q_ASSERT(next.size() == m_rows.size());
    m_rows = std::move(next);
    m_numbered = false;
    const QModelIndexList old = persistentIndexList();
    for (const QModelIndex &one : old)
        changePersistentIndex(one, index(rowOf(before.at(one.row())), one.column()));
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

} // namespace taskreel
