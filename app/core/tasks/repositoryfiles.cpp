// SPDX-License-Identifier: MIT
// The part of TaskRepository that knows of saved files.
#include "core/tasks/taskrepository.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

bool TaskRepository::Row::hasFile(const QString &mediaKey) const
{
    return std::any_of(files.cbegin(), files.cend(), [&](const StoredFile &file) {
        return file.asset.mediaKey == mediaKey && !gone.contains(file.asset);
    });
}

QList<StoredFile> TaskRepository::savedFiles(const QString &id) const
{
    const auto it = m_rows.constFind(keyOf(id));
    return it == m_rows.cend() ? QList<StoredFile>() : it->files.values();
}

QSet<AssetId> TaskRepository::lostFiles(const QString &id) const
{
    const auto it = m_rows.constFind(keyOf(id));
    return it == m_rows.cend() ? QSet<AssetId>() : it->gone;
}

void TaskRepository::setLostFiles(const QString &id, const QSet<AssetId> &lost,
                                  const QString &words)
{
    Row *row = rowOf(id);
    if (!row || row->gone == lost)
        return;
    row->gone = lost;
    TaskSummary &summary = row->summary;
    // What is on its way, or went wrong, says so; its end looks at the files.
    if (summary.saveState == SaveState::Saving || summary.saveState == SaveState::Failed)
        return;
    summary.saveState = stateOfFiles(*row);
    summary.saveError = summary.saveState == SaveState::Gone ? words : QString();
    changed(*row, true);
}

/// Which files a row of an earlier run lacks is not written down: until somebody looks again, all.
void TaskRepository::restoreLost()
{
    for (Row &row : m_rows) {
        if (row.summary.saveState != SaveState::Gone)
            continue;
        for (auto it = row.files.cbegin(); it != row.files.cend(); ++it)
            row.gone.insert(it.key());
    }
}

bool TaskRepository::isResult(const Row &row, const QString &mediaKey) const
{
    const KeptAnswer *kept = m_shelf.find(row.summary.id);
    const Media *medium = kept ? kept->task.findMedia(mediaKey) : nullptr;
    if (medium)
        return medium->role == MediaRole::Result;
    // The answer is not at hand: every shape calls its covers by one of these.
    return !mediaKey.contains("cover"_L1) && !mediaKey.contains("thumbnail"_L1);
}

SaveState TaskRepository::stateOfFiles(const Row &row) const
{
    QSet<QString> here;
    bool lost = false;
    for (auto it = row.files.cbegin(); it != row.files.cend(); ++it) {
        const AssetId &asset = it.key();
        if (!isResult(row, asset.mediaKey))
            continue;
        if (row.gone.contains(asset))
            lost = lost || !row.hasFile(asset.mediaKey);
        else
            here.insert(asset.mediaKey);
    }
    if (lost)
        return SaveState::Gone;
    if (here.isEmpty())
        return SaveState::NotSaved;
    const KeptAnswer *kept = m_shelf.find(row.summary.id);
    if (!kept) {
        // Works are not known just now; mostly each has one medium.
        const bool all = here.size() >= row.summary.resultCount;
        return all ? SaveState::Saved : SaveState::Partly;
    }
    const auto isMissing = [&here](const Work &work) {
        const Media *main = work.mainMedia();
        if (!main || main->role != MediaRole::Result)
            return false;
        return std::none_of(work.media.cbegin(), work.media.cend(), [&here](const Media &m) {
            return m.role == MediaRole::Result && here.contains(m.key);
        });
    };
    const QList<Work> &works = kept->task.works;
    const bool missing = std::any_of(works.cbegin(), works.cend(), isMissing);
    return missing ? SaveState::Partly : SaveState::Saved;
}

} // namespace taskreel
