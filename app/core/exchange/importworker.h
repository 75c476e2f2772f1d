// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/formats/mediaprobe.h"
#include "core/store/store.h"
#include "core/tasks/taskrepository.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSet>
#include <QSqlQuery>
#include <QTemporaryDir>

#include <atomic>
#include <memory>
#include <optional>

class QFile;

namespace taskreel {

class SqliteFile;

/// What an import brought.
struct ImportReport
{
    int added = 0; ///< tasks that were not known here
    int known = 0;
    int clips = 0; ///< kept files taken over
    int clipsDamaged = 0; ///< not what they were when they were exported: left out
    bool cancelled = false; ///< what had been taken over by then stays
    bool operator==(const ImportReport &) const = default;
};

/// Reads an export in slices. Its tables are first copied into a file of our own and migrated there:
/// the export itself is never written. Lives on the exchange thread and blocks it within a step;
/// stop() comes from any thread.
class ImportWorker final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImportWorker)

public:
    struct Request
    {
        QString path;
        QString workFolder; ///< for the copied tables
        QString keptFolder;
        QSet<AssetId> keptHere; ///< not taken over again
        QSet<AssetId> savedHere;
    };
    explicit ImportWorker(std::shared_ptr<std::atomic_bool> stop);
    ~ImportWorker() override;

    /// Ends in tasksRead(), filesRead() or failed().
    void begin(const Request &request);
    /// The slice was worked in: the next one follows, at last filesRead(), and with the next call
    /// clipTaken() for each clip and finished().
    void next();

Q_SIGNALS:
    void progress(bool clips, qint64 done, qint64 total);
    void tasksRead(const QList<taskreel::ForeignTask> &tasks);
    /// Saved files that are on this machine with the content they had.
    void filesRead(const QList<taskreel::StoredFile> &saved);
    void clipTaken(const taskreel::StoredFile &file, const taskreel::MediaProbe &probe);
    void finished(int clips, int damaged);
    void failed(const taskreel::Error &error);

private:
    enum class Stage { Idle, Tasks, Files, Clips };

    [[nodiscard]] Result<void> openCopy(int version);
    [[nodiscard]] Result<void> copyTable(const QString &table);
    [[nodiscard]] Result<void> checkTables();
    [[nodiscard]] Result<void> prepareQueries();
    [[nodiscard]] Result<QList<ForeignTask>> readSlice();
    [[nodiscard]] Result<ForeignTask> readTaskHere();
    [[nodiscard]] static Error asExport(Error error, const QString &path);
    [[nodiscard]] Result<QList<StoredFile>> readSaved();
    [[nodiscard]] Result<void> takeClips();
    /// std::nullopt: damaged.
    [[nodiscard]] Result<std::optional<MediaProbe>> takeClip(qint64 number, StoredFile &clip);
    [[nodiscard]] Result<QByteArray> writeParts(qint64 number, qint64 bytes, QFile &target);
    void fail(const Error &error);
    void close();
    void tick(bool clips, bool last = false);

    std::shared_ptr<std::atomic_bool> m_stop;
    Request m_request;
    Stage m_stage = Stage::Idle;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SqliteFile> m_file;
    std::unique_ptr<QSqlQuery> m_tasks;
    std::unique_ptr<QSqlQuery> m_answer;
    std::unique_ptr<QSqlQuery> m_earlier;
    QElapsedTimer m_lastTick;
    qint64 m_done = 0;
    qint64 m_total = 0;
    int m_clips = 0;
    int m_damaged = 0;
};

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::ImportReport)
Q_DECLARE_METATYPE(taskreel::ForeignTask)
