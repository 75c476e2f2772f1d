// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/media/mediapin.h"
#include "core/store/store.h"

#include <QElapsedTimer>
#include <QObject>

#include <atomic>
#include <memory>

class QFile;
class QSqlQuery;

namespace taskreel {

class SqliteFile;

/// What an export holds.
struct ExportReport
{
    QString path;
    int tasks = 0; ///< in the list
    int clips = 0;
    int clipsLeftOut = 0; ///< gone or damaged on disk
    qint64 bytes = 0; ///< of the file
    bool operator==(const ExportReport &) const = default;
};

/// A kept file with its place.
struct ClipOnDisk
{
    StoredFile file;
    QString path; ///< absolute
    MediaPin pin; ///< it stays until it is copied
};

/// Makes a copy of the library an export: puts the kept files into it in small parts, syncs it and
/// gives it its name. Lives on the exchange thread and blocks it; stop() comes from any thread.
class ExportWorker final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ExportWorker)

public:
    explicit ExportWorker(std::shared_ptr<std::atomic_bool> stop) : m_stop(std::move(stop)) { }

    /// @param partPath a fresh copy of the library; removed when this fails
    void finish(const QString &partPath, const QString &path, const QList<ClipOnDisk> &clips);

Q_SIGNALS:
    void progress(qint64 bytes, qint64 total);
    void finished(const taskreel::ExportReport &report);
    void failed(const taskreel::Error &error);

private:
    [[nodiscard]] Result<ExportReport> write(const QString &partPath,
                                             const QList<ClipOnDisk> &clips);
    [[nodiscard]] Result<void> prepare(SqliteFile &file);
    /// @return false: its file is gone or damaged, nothing of it is in the export
    [[nodiscard]] Result<bool> addClip(SqliteFile &file, const ClipOnDisk &clip, qint64 number);
    [[nodiscard]] Result<QByteArray> addParts(SqliteFile &file, QFile &source, qint64 number,
                                              qint64 size);
    [[nodiscard]] Result<void> addRecord(SqliteFile &file, const StoredFile &clip,
                                         const QByteArray &sha256, qint64 number);
    void tick();

    std::shared_ptr<std::atomic_bool> m_stop;
    QElapsedTimer m_lastTick;
    qint64 m_done = 0;
    qint64 m_total = 0;
};

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::ExportReport)
