// SPDX-License-Identifier: MIT
// The part of ImportWorker that takes files: what the user saved, and the kept clips.
#include "core/exchange/exportfile.h"
#include "core/exchange/importworker.h"
#include "core/net/diskspace.h"
#include "core/net/filehash.h"
#include "core/net/partfile.h"
#include "core/store/taskrow.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <cerrno>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace taskreel {

Result<QList<StoredFile>> ImportWorker::readSaved()
{
    QList<StoredFile> there;
    QSqlQuery query(m_file->database());
    query.setForwardOnly(true);
    if (!query.exec(selectSavedSql()))
        return tl::unexpected<Error>(asExport(m_file->errorOf(query), m_request.path));
    while (query.next()) {
        if (*m_stop)
            return failure(ErrorKind::Cancelled);
        const StoredFile file = readFile(query);
        const QFileInfo info(file.path);
        if (m_request.savedHere.contains(file.asset) || !info.isAbsolute() || !info.isFile()
            || info.size() != file.bytes || file.sha256.isEmpty()
            || sha256Of(file.path, *m_stop) != file.sha256)
            continue;
        there.append(file);
    }
    return there;
}

Result<void> ImportWorker::takeClips()
{
    QSqlQuery query(m_file->database());
    m_done = 0;
    if (!query.exec(u"SELECT IFNULL(SUM(bytes),0) FROM export.clips"_s) || !query.next())
        return tl::unexpected<Error>(asExport(m_file->errorOf(query), m_request.path));
    m_total = query.value(0).toLongLong();
    // Columns as readFile() expects; the number comes last.
    if (!query.exec(u"SELECT task_id, media_key, variant, '', bytes, sha256, at, last_shown_at, "
                    "number FROM export.clips ORDER BY number"_s))
        return tl::unexpected<Error>(asExport(m_file->errorOf(query), m_request.path));
    while (query.next()) {
        StoredFile clip = readFile(query);
        const qint64 before = m_done;
        if (!clip.asset.isNull() && !m_request.keptHere.contains(clip.asset)) {
            const Result<std::optional<MediaProbe>> probe =
                takeClip(query.value(8).toLongLong(), clip);
            if (!probe)
                return tl::unexpected<Error>(probe.error());
            ++(*probe ? m_clips : m_damaged);
            if (*probe)
                Q_EMIT clipTaken(clip, **probe);
        }
        m_done = before + clip.bytes;
        tick(true, m_done >= m_total);
    }
    return {};
}

Result<std::optional<MediaProbe>> ImportWorker::takeClip(qint64 number, StoredFile &clip)
{
    const QDir folder(m_request.keptFolder);
    if (const Result<QString> made = makeFolder(folder.path()); !made)
        return tl::unexpected<Error>(made.error());
    if (const Result<qint64> space = checkDiskSpace(folder.path(), clip.bytes); !space)
        return tl::unexpected<Error>(space.error());
    const QString part = folder.filePath(clip.asset.fileKey() + u".import.part"_s);
    QFile target(part);
    if (!target.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return tl::unexpected<Error>(writeError(part, errno));
    const Result<QByteArray> hash = writeParts(number, clip.bytes, target);
    const bool synced = target.flush() && ::fsync(target.handle()) == 0;
    target.close();
    MediaProbe probe;
    if (hash && synced && !hash->isEmpty() && *hash == clip.sha256)
        probe = probeFile(part);
    if (!hash || !synced || !probe.complete || probe.kind == MediaKind::Unknown) {
        QFile::remove(part);
        if (!hash)
            return tl::unexpected<Error>(hash.error());
        if (!synced)
            return tl::unexpected<Error>(writeError(part, ENOSPC));
        return std::optional<MediaProbe>();
    }
    const Result<QString> placed = placeReplacing(
        part, folder.filePath(clip.asset.fileKey() + u'.' + probe.extension));
    if (!placed) {
        QFile::remove(part);
        return tl::unexpected<Error>(placed.error());
    }
    clip.path = folder.dirName() + u'/' + QFileInfo(*placed).fileName();
    return std::optional(probe);
}

/// @return the hash; empty when parts are missing or too many
Result<QByteArray> ImportWorker::writeParts(qint64 number, qint64 bytes, QFile &target)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QSqlQuery query(m_file->database());
    query.setForwardOnly(true);
    query.prepare(u"SELECT data FROM export.clip_parts WHERE id=?"_s);
    qint64 written = 0;
    for (qint64 position = 0; written < bytes; ++position) {
        if (*m_stop)
            return failure(ErrorKind::Cancelled);
        query.bindValue(0, clipPartId(number, position));
        if (!query.exec() || !query.next())
            return QByteArray(); // a damaged page: this clip only
        const QByteArray part = query.value(0).toByteArray();
        query.finish();
        if (part.isEmpty() || part.size() > kClipPartBytes || written + part.size() > bytes)
            return QByteArray();
        if (target.write(part) != part.size())
            return tl::unexpected<Error>(writeError(target.fileName(), errno));
        hash.addData(part);
        written += part.size();
        m_done += part.size();
        tick(true);
    }
    return hash.result();
}

} // namespace taskreel
