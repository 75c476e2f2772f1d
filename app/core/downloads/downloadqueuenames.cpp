// SPDX-License-Identifier: MIT
// The part of DownloadQueue that says which name a file may have.
#include "core/downloads/downloadqueue.h"

namespace taskreel {

/// Names that somebody has decided on, one after the other: each sees what the one before took.
bool DownloadQueue::nameDecided()
{
    const QList<AssetId> asked = m_conflicts.keys();
    for (const AssetId &asset : asked) {
        const DownloadItem *item = m_list.find(asset);
        if (!item || !item->job || !item->decided)
            continue;
        m_conflicts.remove(asset);
        m_preparing = item->job;
        item->job->decide(wishFor(*item));
        return true;
    }
    return false;
}

DownloadJob::Wish DownloadQueue::wishFor(const DownloadItem &item) const
{
    DownloadJob::Wish wish;
    wish.folder = m_folder;
    wish.policy = item.decided.value_or(m_policy);
    wish.fromNetwork = m_again.contains(item.asset());
    for (const AssetId &asset : m_list.order()) {
        const DownloadItem *other = m_list.find(asset);
        if (other == &item)
            continue;
        const QString target = other->job ? other->job->targetPath() : other->record.targetPath;
        for (const QString &path : {target, other->path}) {
            if (!path.isEmpty())
                wish.taken.insert(path); // also of what was just saved: it is not replaced
        }
    }
    const StoredFile *saved = savedFile(item.asset());
    if (saved && !m_again.contains(item.asset()))
        wish.saved = *saved;
    return wish;
}

void DownloadQueue::conflictFound(const AssetId &asset, const QString &path)
{
    DownloadItem *item = m_list.item(asset);
    if (!item || !item->job)
        return;
    m_conflicts.insert(asset, path);
    QStringList paths = m_conflicts.values();
    paths.sort();
    Q_EMIT conflictsFound(paths);
}

void DownloadQueue::decideConflicts(ConflictPolicy policy)
{
    // For all that were asked for until now; what is asked for later is another matter.
    for (const AssetId &asset : m_list.order()) {
        DownloadItem *item = m_list.item(asset);
        if (item->state != DownloadState::Done)
            item->decided = policy == ConflictPolicy::Ask ? ConflictPolicy::KeepBoth : policy;
    }
    m_turn.start();
}

} // namespace taskreel
