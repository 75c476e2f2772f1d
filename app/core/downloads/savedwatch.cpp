// SPDX-License-Identifier: MIT
#include "core/downloads/savedwatch.h"

#include "core/domain/onpool.h"
#include "core/tasks/taskrepository.h"

#include <QFileInfo>

#include <utility>

namespace taskreel {

static constexpr qsizetype kMostAtOnce = 200; ///< tasks
static constexpr qint64 kClockSlackMs = 2'000; ///< some file systems round times up

SavedWatch::SavedWatch(TaskRepository *repository, QObject *parent)
    : QObject(parent), m_repository(repository), m_stop(std::make_shared<std::atomic_bool>(false))
{
}

SavedWatch::~SavedWatch()
{
    *m_stop = true;
}

void SavedWatch::look(const QStringList &taskIds)
{
    for (const QString &id : taskIds) {
        if (!m_wanted.contains(id))
            m_wanted.append(id);
    }
    if (!m_busy)
        begin();
}

/// On the pool. What was lost is read: it may have come back, but a file can be damaged without
/// being written to.
std::optional<FileFind> SavedWatch::find(const Wanted &wanted, Read &read,
                                         const std::atomic_bool &stop)
{
    const StoredFile &file = wanted.file;
    if (const std::optional<FileFind> find = glanceAtSaved(file))
        return find;
    const QDateTime written = QFileInfo(file.path).lastModified().toUTC();
    const bool old = !file.at.isValid() || written <= file.at.addMSecs(kClockSlackMs);
    if (old && !wanted.isLost)
        return FileFind::Fine;
    const auto known = read.constFind(file.path);
    if (known != read.cend() && known->first == written
        && !(wanted.isLost && known->second == FileFind::Fine))
        return known->second;
    const std::optional<FileFind> result = readSaved(file, stop);
    if (result == FileFind::Fine || result == FileFind::Changed)
        read.insert(file.path, {written, *result});
    return result;
}

void SavedWatch::begin()
{
    QList<Wanted> files;
    QStringList ids;
    while (!m_wanted.isEmpty() && ids.size() < kMostAtOnce) {
        const QString id = m_wanted.takeFirst();
        const QList<StoredFile> saved = m_repository->savedFiles(id);
        if (saved.isEmpty())
            continue;
        ids.append(id);
        const QSet<AssetId> lost = m_repository->lostFiles(id);
        for (const StoredFile &file : saved)
            files.append({file, lost.contains(file.asset)});
    }
    if (ids.isEmpty())
        return;
    m_busy = true;
    onPool(
        this,
        [files, read = m_read, stop = m_stop] {
            Finds finds{{}, read};
            for (const Wanted &wanted : files) {
                const std::optional<FileFind> found = find(wanted, finds.read, *stop);
                // That nothing was seen is no news, and may be less than others have seen since.
                if (found && (wanted.isLost || *found != FileFind::Fine))
                    finds.found.append({wanted.file, *found});
            }
            return finds;
        },
        [this, ids](const Finds &finds) { take(ids, finds); });
}

void SavedWatch::take(const QStringList &ids, const Finds &finds)
{
    m_busy = false;
    m_read = finds.read;
    tellFinds(m_repository, finds.found);
    Q_EMIT looked(ids);
    if (!m_wanted.isEmpty())
        begin();
}

} // namespace taskreel
