// SPDX-License-Identifier: MIT
// The part of MediaLibrary that keeps files for good, and lets them go.
#include "core/media/medialibrary.h"
#include "core/net/partfile.h"

#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace taskreel {

Q_DECLARE_LOGGING_CATEGORY(lcMedia)

void MediaLibrary::markShown(const AssetId &asset)
{
    const auto want = m_wants.find(asset);
    if (want != m_wants.end())
        want->keep = true;
    else
        keep(asset);
}

void MediaLibrary::keepInline(const Task &task)
{
    for (const Work &work : task.works) {
        for (const Media &medium : work.media) {
            for (const Source &source : medium.sources) {
                const AssetId asset{task.id, medium.key, source.variant};
                if (source.inlineBytes.isEmpty() || m_kept.find(asset))
                    continue;
                obtain(asset, source, medium.kind, ObtainPriority::Background);
                markShown(asset);
            }
        }
    }
}

void MediaLibrary::setKeptBudget(qint64 bytes)
{
    m_budget = bytes;
    m_budgetTimer.start();
}

qint64 MediaLibrary::keptBytes() const
{
    return m_kept.bytes();
}

QString MediaLibrary::keptPath(const StoredFile &file) const
{
    return m_kept.absolutePath(file);
}

void MediaLibrary::keep(const AssetId &asset)
{
    if (m_kept.find(asset))
        return recordShown(asset);
    const CacheFolder::Entry *cached = m_cache.find(asset);
    if (!cached || !cached->probe || m_keeping.contains(asset))
        return;
    m_keeping.insert(asset);
    const QString target = m_kept.pathFor(asset, cached->probe->extension);
    // A second name: players hold on to the first one. The next start tidies it away.
    m_fetcher->run(
        this,
        [from = cached->path, target]() -> Result<QString> {
            const Result<QString> folder = makeFolder(QFileInfo(target).path());
            return folder ? linkOrMove(from, target) : folder;
        },
        [this, asset, entry = *cached](const Result<QString> &path) {
            if (path)
                nowKept(asset, entry, path);
            else
                copyToKept(asset, entry); // another file system
        });
}

void MediaLibrary::copyToKept(const AssetId &asset, const CacheFolder::Entry &entry)
{
    const QString target = m_kept.pathFor(asset, entry.probe->extension);
    m_copies.insert(m_fetcher->startCopy(entry.path, target + u".part"_s, entry.probe->kind),
                    asset);
}

void MediaLibrary::copyFinished(const AssetId &asset, const Result<FetchedAsset> &result)
{
    if (!result)
        return nowKept(asset, {}, tl::unexpected<Error>(result.error()));
    const QString target = m_kept.pathFor(asset, result->probe.extension);
    m_fetcher->run(
        this, [part = result->partPath, target] { return placeReplacing(part, target); },
        [this, asset, copy = *result](const Result<QString> &path) {
            nowKept(asset, {copy.partPath, copy.bytes, copy.sha256, copy.probe}, path);
        });
}

void MediaLibrary::nowKept(const AssetId &asset, const CacheFolder::Entry &entry,
                           const Result<QString> &path)
{
    m_keeping.remove(asset);
    if (!path) {
        qCWarning(lcMedia).noquote() << "not kept:" << asset.toString() << path.error().detail;
        return;
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const StoredFile file{asset, m_kept.recordPath(*path), entry.bytes, entry.sha256, now, now};
    m_kept.insert(file, *entry.probe);
    m_cache.remove(asset);
    noteRecord(asset);
    m_budgetTimer.start();
}

void MediaLibrary::recordShown(const AssetId &asset)
{
    m_kept.setShown(asset, QDateTime::currentDateTimeUtc());
    noteRecord(asset);
}

void MediaLibrary::forgetKept(const AssetId &asset)
{
    m_kept.remove(asset);
    noteRecord(asset);
}

/// The store gets one batch a turn, of what then holds: kept with this record, or not at all.
void MediaLibrary::noteRecord(const AssetId &asset)
{
    m_records.insert(asset);
    m_recordTimer.start();
}

void MediaLibrary::writeRecords()
{
    m_recordTimer.stop();
    StoreBatch batch;
    for (const AssetId &asset : std::as_const(m_records)) {
        if (const KeptStore::Entry *entry = m_kept.find(asset))
            batch.kept.append(entry->file);
        else
            batch.forgottenKept.append(asset);
    }
    m_records.clear();
    if (m_store && !batch.isEmpty())
        m_store->apply(batch);
}

void MediaLibrary::dropKept(const QList<AssetId> &assets)
{
    QStringList paths;
    for (const AssetId &asset : assets) {
        const KeptStore::Entry *entry = m_kept.find(asset);
        if (!entry)
            continue;
        const QString path = m_kept.absolutePath(entry->file);
        // The name in the cache that players hold on to would keep the space taken.
        paths += {path, m_cache.pathFor(asset, QFileInfo(path).suffix())};
        forgetKept(asset);
    }
    if (paths.isEmpty())
        return;
    writeRecords(); // go first: a file without one does no harm
    m_fetcher->run(
        this,
        [paths] {
            for (const QString &path : paths)
                QFile::remove(path);
            return true;
        },
        [](bool) {});
    checkBudget();
}

void MediaLibrary::adoptKept(const StoredFile &file, const MediaProbe &probe)
{
    m_kept.insert(file, probe);
    m_cache.remove(file.asset);
    noteRecord(file.asset);
    m_budgetTimer.start();
}

void MediaLibrary::checkBudget()
{
    const bool over = m_kept.bytes() > m_budget;
    const bool before = std::exchange(m_overBudget, over);
    if (over)
        Q_EMIT budgetExceeded(m_kept.bytes(), m_budget);
    else if (before)
        Q_EMIT budgetKept();
}

} // namespace taskreel
