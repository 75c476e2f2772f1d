// SPDX-License-Identifier: MIT
#include "core/exchange/exportworker.h"

#include "core/exchange/exportfile.h"
#include "core/net/diskspace.h"
#include "core/net/partfile.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QSqlQuery>
#include <QVariant>

#include <cerrno>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr qint64 kTickMs = 100;

static tl::unexpected<Error> cancelled()
{
    return failure(ErrorKind::Cancelled);
}

void ExportWorker::finish(const QString &partPath, const QString &path,
                          const QList<ClipOnDisk> &clips)
{
    Result<ExportReport> report = write(partPath, clips);
    if (report) {
        QFile file(partPath);
        if (!file.open(QIODevice::ReadWrite) || ::fsync(file.handle()) != 0)
            report = tl::unexpected<Error>(writeError(partPath, errno));
    }
    if (report && *m_stop)
        report = cancelled();
    if (report) {
        if (const Result<QString> placed = placeReplacing(partPath, path); !placed)
            report = tl::unexpected<Error>(placed.error());
    }
    if (!report) {
        QFile::remove(partPath);
        Q_EMIT failed(report.error());
        return;
    }
    report->path = path;
    report->bytes = QFileInfo(path).size();
    Q_EMIT finished(*report);
}

Result<ExportReport> ExportWorker::write(const QString &partPath, const QList<ClipOnDisk> &clips)
{
    if (*m_stop)
        return cancelled();
    m_done = 0;
    m_total = 0;
    for (const ClipOnDisk &clip : clips)
        m_total += clip.file.bytes;
    if (const Result<qint64> space = checkDiskSpace(partPath, m_total); !space)
        return tl::unexpected<Error>(space.error());
    SqliteFile file(partPath);
    if (const Result<void> done = file.open(); !done)
        return tl::unexpected<Error>(done.error());
    if (const Result<void> done = prepare(file); !done)
        return tl::unexpected<Error>(done.error());
    m_lastTick.start();
    ExportReport report;
    for (qsizetype i = 0; i < clips.size(); ++i) {
        const Result<bool> added = addClip(file, clips.at(i), i + 1);
        if (!added)
            return tl::unexpected<Error>(added.error());
        ++(*added ? report.clips : report.clipsLeftOut);
    }
    QSqlQuery query(file.database());
    if (!query.exec(u"SELECT COUNT(*) FROM tasks WHERE removed_at IS NULL"_s) || !query.next())
        return tl::unexpected<Error>(file.errorOf(query));
    report.tasks = query.value(0).toInt();
    return report;
}

Result<void> ExportWorker::prepare(SqliteFile &file)
{
    // Nobody sees this file before it is complete and synced: a kill leaves a part file.
    return file.exec(QStringList{
        u"PRAGMA journal_mode=MEMORY"_s, u"PRAGMA synchronous=OFF"_s,
        u"PRAGMA application_id=%1"_s.arg(kExportApplicationId),
        u"BEGIN"_s,
        u"DELETE FROM kept_files"_s, // places on this machine
        u"CREATE TABLE exchange_info (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)"_s,
        u"INSERT INTO exchange_info VALUES ('version', '%1')"_s.arg(kExportVersion),
        u"CREATE TABLE clips (number INTEGER PRIMARY KEY, task_id TEXT NOT NULL, "
        "media_key TEXT NOT NULL, variant TEXT NOT NULL, bytes INTEGER NOT NULL, "
        "sha256 BLOB NOT NULL, at INTEGER, last_shown_at INTEGER)"_s,
        u"CREATE TABLE clip_parts (id INTEGER PRIMARY KEY, data BLOB NOT NULL)"_s,
        u"COMMIT"_s});
}

Result<bool> ExportWorker::addClip(SqliteFile &file, const ClipOnDisk &clip, qint64 number)
{
    QFile source(clip.path);
    if (!source.open(QIODevice::ReadOnly) || source.size() != clip.file.bytes) {
        m_done += clip.file.bytes;
        return false;
    }
    const qint64 before = m_done;
    if (const Result<void> done = file.exec(u"BEGIN"_s); !done)
        return tl::unexpected<Error>(done.error());
    const Result<QByteArray> hash = addParts(file, source, number, clip.file.bytes);
    if (!hash)
        return tl::unexpected<Error>(hash.error());
    m_done = before + clip.file.bytes;
    tick();
    const bool intact =
        !hash->isEmpty() && (clip.file.sha256.isEmpty() || clip.file.sha256 == *hash);
    if (!intact) {
        if (const Result<void> done = file.exec(u"ROLLBACK"_s); !done)
            return tl::unexpected<Error>(done.error());
        return false;
    }
    if (const Result<void> done = addRecord(file, clip.file, *hash, number); !done)
        return tl::unexpected<Error>(done.error());
    if (const Result<void> done = file.exec(u"COMMIT"_s); !done)
        return tl::unexpected<Error>(done.error());
    return true;
}

/// @return the hash; empty when the file ends early or cannot be read
Result<QByteArray> ExportWorker::addParts(SqliteFile &file, QFile &source, qint64 number,
                                          qint64 size)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QSqlQuery insert(file.database());
    if (!insert.prepare(u"INSERT INTO clip_parts (id, data) VALUES (?,?)"_s))
        return tl::unexpected<Error>(file.errorOf(insert));
    qint64 read = 0;
    for (qint64 position = 0; read < size; ++position) {
        if (*m_stop)
            return cancelled();
        const QByteArray part = source.read(std::min(kClipPartBytes, size - read));
        if (part.isEmpty())
            return QByteArray();
        insert.bindValue(0, clipPartId(number, position));
        insert.bindValue(1, part);
        if (!insert.exec())
            return tl::unexpected<Error>(file.errorOf(insert));
        hash.addData(part);
        read += part.size();
        m_done += part.size();
        tick();
    }
    return hash.result();
}

Result<void> ExportWorker::addRecord(SqliteFile &file, const StoredFile &clip,
                                     const QByteArray &sha256, qint64 number)
{
    QSqlQuery insert(file.database());
    insert.prepare(u"INSERT INTO clips (number, task_id, media_key, variant, bytes, sha256, at, "
                   "last_shown_at) VALUES (?,?,?,?,?,?,?,?)"_s);
    insert.addBindValue(number);
    insert.addBindValue(clip.asset.taskId);
    insert.addBindValue(clip.asset.mediaKey.isNull() ? u""_s : clip.asset.mediaKey);
    insert.addBindValue(variantToken(clip.asset.variant));
    insert.addBindValue(clip.bytes);
    insert.addBindValue(sha256);
    insert.addBindValue(clip.at.isValid() ? QVariant(clip.at.toMSecsSinceEpoch()) : QVariant());
    insert.addBindValue(clip.lastShownAt.isValid()
                            ? QVariant(clip.lastShownAt.toMSecsSinceEpoch())
                            : QVariant());
    if (!insert.exec())
        return tl::unexpected<Error>(file.errorOf(insert));
    return {};
}

void ExportWorker::tick()
{
    if (m_done < m_total && m_lastTick.elapsed() < kTickMs)
        return;
    m_lastTick.restart();
    Q_EMIT progress(m_done, m_total);
}

} // namespace taskreel
