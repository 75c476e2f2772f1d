// SPDX-License-Identifier: MIT
#include "core/models/verifytablemodel.h"

#include "core/downloads/downloadqueue.h"
#include "core/downloads/libraryverifier.h"
#include "core/tasks/taskrepository.h"
#include "core/text/errortext.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace taskreel {

VerifyTableModel::VerifyTableModel(const LibraryVerifier *verifier, DownloadQueue *queue,
                                   const TaskRepository *repository, QObject *parent)
    : QAbstractTableModel(parent), m_verifier(verifier), m_queue(queue), m_repository(repository)
{
    connect(verifier, &LibraryVerifier::stateChanged, this, &VerifyTableModel::begin);
    connect(verifier, &LibraryVerifier::found, this, &VerifyTableModel::append);
    connect(queue, &DownloadQueue::saved, this, &VerifyTableModel::noteSaved);
    connect(queue, &DownloadQueue::failed, this, &VerifyTableModel::noteFailed);
    connect(queue, &DownloadQueue::nothingToSave, this, &VerifyTableModel::noteNothing);
    append(0, static_cast<int>(verifier->findings().size()));
}

int VerifyTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int VerifyTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

/// A verification that has just begun knows of no findings yet.
void VerifyTableModel::begin()
{
    if (m_verifier->state() != LibraryVerifier::State::Running)
        return;
    beginResetModel();
    m_rows = 0;
    m_rowOf.clear();
    m_saving.clear();
    endResetModel();
    Q_EMIT savingChanged();
}

void VerifyTableModel::append(int first, int count)
{
    if (count == 0)
        return;
    beginInsertRows({}, first, first + count - 1);
    for (int row = first; row < first + count; ++row)
        m_rowOf.insert(m_verifier->findings().at(row).file.asset, row);
    m_rows = first + count;
    endInsertRows();
}

VerifyTableModel::Saving VerifyTableModel::saving(int row) const
{
    return m_saving.value(m_verifier->findings().at(row).file.asset);
}

QVariant VerifyTableModel::data(const QModelIndex &index, int role) const
{
    Q_ASSERT(checkIndex(index, CheckIndexOption::IndexIsValid));
    const int row = index.row();
    if (role == Qt::ToolTipRole) {
        // Names and words of others are plain text.
        const QString whole = static_cast<Column>(index.column()) == Column::File
            ? QDir::toNativeSeparators(path(row))
            : data(index, Qt::DisplayRole).toString();
        return QStringLiteral("<p>%1</p>").arg(whole.toHtmlEscaped());
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(index.column())) {
    case Column::Finding:
        return findingText(row);
    case Column::File:
        return QFileInfo(path(row)).fileName();
    case Column::Prompt:
        return promptText(row);
    case Column::Folder:
        return QDir::toNativeSeparators(QFileInfo(path(row)).path());
    case Column::Count:
        break;
    }
    return {};
}

QVariant VerifyTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Finding:
        //: heading: what is wrong with a saved file
        return tr("Found");
    case Column::File:
        return tr("File");
    case Column::Prompt:
        return tr("Prompt");
    case Column::Folder:
        return tr("Folder");
    case Column::Count:
        break;
    }
    return {};
}

QString VerifyTableModel::findingText(int row) const
{
    const Saving now = saving(row);
    switch (now.fate) {
    case Fate::OnItsWay:
        return tr("On its way");
    case Fate::Saved:
        return tr("Saved again");
    case Fate::Failed:
        return now.words;
    case Fate::AsFound:
        break;
    }
    switch (m_verifier->findings().at(row).find) {
    case FileFind::Missing:
        return tr("Missing");
    case FileFind::Changed:
        return tr("Changed");
    case FileFind::Unreadable:
        return tr("Cannot be read");
    case FileFind::Fine:
        break;
    }
    return {};
}

QString VerifyTableModel::promptText(int row) const
{
    const QString &id = m_verifier->findings().at(row).file.asset.taskId;
    const TaskSummary *task = m_repository->find(id);
    return task && !task->prompt.isEmpty() ? task->prompt.simplified() : id;
}

QString VerifyTableModel::path(int row) const
{
    const Saving now = saving(row);
    return now.fate == Fate::Saved ? now.path : m_verifier->findings().at(row).file.path;
}

bool VerifyTableModel::isThere(int row) const
{
    return saving(row).fate == Fate::Saved
        || m_verifier->findings().at(row).find != FileFind::Missing;
}

QList<int> VerifyTableModel::wanting(const QList<int> &rows) const
{
    QList<int> wanting;
    for (const int row : rows) {
        const Fate fate = saving(row).fate;
        if (fate == Fate::AsFound || fate == Fate::Failed)
            wanting.append(row);
    }
    return wanting;
}

void VerifyTableModel::saveAgain(const QList<int> &rows)
{
    QList<AssetId> assets;
    for (const int row : wanting(rows)) {
        assets.append(m_verifier->findings().at(row).file.asset);
        set(assets.constLast(), {Fate::OnItsWay, {}, {}});
    }
    m_queue->saveAgain(assets);
}

int VerifyTableModel::savedAgain() const
{
    return static_cast<int>(std::ranges::count(m_saving, Fate::Saved, &Saving::fate));
}

void VerifyTableModel::set(const AssetId &asset, const Saving &saving)
{
    m_saving.insert(asset, saving);
    const int row = m_rowOf.value(asset);
    Q_EMIT dataChanged(index(row, 0), index(row, static_cast<int>(Column::Count) - 1));
    Q_EMIT savingChanged();
}

void VerifyTableModel::noteSaved(const AssetId &asset, const QString &path)
{
    if (m_rowOf.contains(asset))
        set(asset, {Fate::Saved, path, {}});
}

QList<AssetId> VerifyTableModel::onTheirWay(const QString &taskId) const
{
    QList<AssetId> assets;
    for (auto it = m_saving.cbegin(); it != m_saving.cend(); ++it) {
        if (it->fate == Fate::OnItsWay && it.key().taskId.compare(taskId, Qt::CaseInsensitive) == 0)
            assets.append(it.key());
    }
    return assets;
}

void VerifyTableModel::noteFailed(const QString &taskId)
{
    const QList<AssetId> assets = onTheirWay(taskId);
    for (const AssetId &asset : assets) {
        const DownloadItem *item = m_queue->list()->find(asset);
        if (item && item->state == DownloadState::Failed)
            set(asset, {Fate::Failed, {}, errorSentence(item->error, Retry::ByHand)});
    }
}

void VerifyTableModel::noteNothing(const QStringList &taskIds)
{
    for (const QString &taskId : taskIds) {
        const QList<AssetId> assets = onTheirWay(taskId);
        for (const AssetId &asset : assets)
            set(asset, {Fate::Failed, {}, tr("Its task is not in the list any more")});
    }
}

} // namespace taskreel
