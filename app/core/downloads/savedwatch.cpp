// SPDX-License-Identifier: MIT
#include "core/downloads/savedwatch.h"

#include "core/domain/onpool.h"
#include "core/net/filehash.h"
#include "core/tasks/taskrepository.h"

#include <QFileInfo>

#include <utility>

using namespace Qt::StringLiterals;

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

/// On the pool.
SavedWatch::Find SavedWatch::find(const StoredFile &file, Read &read, const std::atomic_bool &stop)
{
    const QFileInfo info(file.path);
    if (!info.isFile())
        return Find::Missing;
    if (info.size() != file.bytes)
        return Find::Changed;
    const QDateTime written = info.lastModified().toUTC();
    if (!file.at.isValid() || written <= file.at.addMSecs(kClockSlackMs) || file.sha256.isEmpty())
        return Find::There;
    const auto known = read.constFind(file.path);
    if (known != read.cend() && known->first == written)
        return known->second;
    const QByteArray hash = sha256Of(file.path, stop);
    if (hash.isEmpty())
        return stop ? Find::There : Find::Missing; // nobody can read it
    const Find result = hash == file.sha256 ? Find::There : Find::Changed;
    read.insert(file.path, {written, result});
    return result;
}

void SavedWatch::begin()
{
    QHash<QString, QList<StoredFile>> files;
    QStringList ids;
    while (!m_wanted.isEmpty() && ids.size() < kMostAtOnce) {
        const QString id = m_wanted.takeFirst();
        const QList<StoredFile> saved = m_repository->savedFiles(id);
        if (saved.isEmpty())
            continue;
        ids.append(id);
        files.insert(id, saved);
    }
    if (ids.isEmpty())
        return;
    m_busy = true;
    onPool(
        this,
        [files, read = m_read, stop = m_stop] {
            Finds finds{{}, read};
            for (const QList<StoredFile> &list : files) {
                for (const StoredFile &file : list)
                    finds.found.insert(file.asset, find(file, finds.read, *stop));
            }
            return finds;
        },
        [this, ids, files](const Finds &finds) { take(ids, files, finds); });
}

void SavedWatch::take(const QStringList &ids, const QHash<QString, QList<StoredFile>> &files,
                      const Finds &finds)
{
    m_busy = false;
    m_read = finds.read;
    for (const QString &id : ids) {
        const QList<StoredFile> now = m_repository->savedFiles(id);
        QSet<AssetId> lost;
        bool changed = false;
        for (const StoredFile &file : files.value(id)) {
            const Find found = finds.found.value(file.asset, Find::There);
            // Saved anew meanwhile: that file was not the one looked at.
            if (found == Find::There || !now.contains(file))
                continue;
            lost.insert(file.asset);
            changed = changed || found == Find::Changed;
        }
        m_repository->setLostFiles(
            id, lost, changed ? tr("Changed since it was saved") : tr("Not there any more"));
    }
    Q_EMIT looked(ids);
    if (!m_wanted.isEmpty())
        begin();
}

} // namespace taskreel
