// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/domain/tasksummary.h"
#include "core/downloads/downloadjob.h"
#include "core/downloads/downloadlist.h"
#include "core/downloads/downloadplan.h"
#include "core/downloads/downloadrows.h"
#include "core/downloads/downloadservices.h"
#include "core/downloads/transferrate.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <optional>

namespace taskreel {

class TaskRepository;

struct DownloadTotals
{
    int waiting = 0; ///< paused ones are not
    int running = 0;
    int paused = 0;
    int done = 0; ///< since the queue was last empty
    int failed = 0; ///< likewise
    qint64 received = 0; ///< bytes of the running ones
    qint64 bytesPerSecond = 0;
    qint64 secondsLeft = -1; ///< -1: not known
    bool operator==(const DownloadTotals &) const = default;
};

/// How often and how soon a file is tried again by itself after something passing. Tests shorten it.
struct DownloadPatience
{
    int tries = 12; ///< in a row, hours in all
    qint64 firstMs = 3'000; ///< doubles up to longestMs
    qint64 longestMs = 600'000;
};

/// Saves results into the download folder. GUI thread; bytes move on the fetcher's thread. What is
/// asked for is in the library at once and stays there until it is saved or called off: it goes on
/// where it was after a break, a pause, the end of the program. A name is decided before bytes flow,
/// a part file is written beside the target, checked, renamed without overwriting, then recorded.
/// What is kept already is copied, not fetched.
class DownloadQueue final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DownloadQueue)

public:
    using Services = DownloadServices;
    explicit DownloadQueue(const Services &services, QObject *parent = nullptr);
    ~DownloadQueue() override;

    /// The records of earlier savings: what is still there is not saved again.
    void loadSaved(const QList<StoredFile> &saved);
    /// What an earlier run left: in the list at once, started by continueLeft().
    void loadLeft(const QList<StoredDownload> &downloads);
    /// A file that another library had saved, and that is there on this machine.
    void adoptSaved(const StoredFile &file);
    [[nodiscard]] QSet<AssetId> savedAssets() const;
    /// For Sidecar and verification: null if nothing of it was saved.
    [[nodiscard]] const StoredFile *savedFile(const AssetId &asset) const;
    [[nodiscard]] QList<StoredFile> savedFiles() const { return m_saved.values(); }

    void setFolder(const QString &folder);
    void setNameTemplate(const QString &nameTemplate);
    void setCovers(bool on); ///< beside the results; default off
    void setDetails(bool on); ///< a JSON file beside each; default off
    void setConflictPolicy(ConflictPolicy policy); ///< default SkipIdentical
    void setParallel(int downloads); ///< default 3
    void setPerHost(int downloads); ///< of one host; default 3
    void setSpeedLimit(qint64 bytesPerSecond); ///< 0: none (default)
    void setPatience(const DownloadPatience &patience) { m_patience = patience; }

    /// Every result of these tasks (links and intermediates are left out).
    void saveTasks(const QStringList &taskIds, VariantWish wish);
    /// One work of one task.
    void saveWork(const QString &taskId, const QString &workKey, VariantWish wish);
    /// Saved files that are lost or damaged, from the network, whatever is saved already.
    void saveAgain(const QList<AssetId> &assets);
    void cancelTask(const QString &taskId);
    void cancelAll();

    // Single files; what does not apply to one is ignored.
    void pause(const QList<AssetId> &assets);
    void resume(const QList<AssetId> &assets); ///< paused, failed and waiting ones: now
    void cancel(const QList<AssetId> &assets); ///< out of the list, part files with them
    void moveTo(const QList<AssetId> &assets, qsizetype place); ///< see DownloadList::moveTo()
    void pauseAll();
    void resumeAll(); ///< also after the disk was full
    void clearStop(); ///< the disk may have room again: what waits goes on
    void retryFailed();
    void clearDone(); ///< those that are saved leave the list
    void continueLeft(); ///< what an earlier run left goes on
    [[nodiscard]] int leftCount() const;
    /// The network is back: what waits for its next try does so now.
    void hurry();
    /// What was asked by conflictsFound().
    void decideConflicts(ConflictPolicy policy);

    [[nodiscard]] const DownloadList *list() const { return &m_list; }
    [[nodiscard]] DownloadTotals totals() const;
    /// Why nothing starts (DiskFull); None: nothing stops the queue.
    [[nodiscard]] Error stopError() const { return m_stopError; }

Q_SIGNALS:
    void totalsChanged(); ///< at most 4 a second
    void saved(const taskreel::AssetId &asset, const QString &path);
    void failed(const QString &taskId, const taskreel::Error &error);
    /// The queue ran empty, or what is left is paused: counts of files for one message. Not after
    /// nothingToSave() alone; 0 and 0 after everything was cancelled.
    void finished(int saved, int failed);
    /// Nothing to save in what was asked, in words.
    void nothingToSave(const QStringList &taskIds);
    /// With ConflictPolicy::Ask: these names are in use. decideConflicts() answers for all.
    void conflictsFound(const QStringList &paths);
    void stopChanged(); ///< see stopError()

private:
    /// What was asked of a task whose full answer is still being read.
    struct Order
    {
        std::optional<QString> workKey;
        VariantWish wish = VariantWish::Unwatermarked;
        QSet<AssetId> only; ///< of these; empty: all
    };

    // Orders become items
    bool request(const QString &taskId, const Order &order);
    void plan(const QString &taskId, const Task &task, const Order &order);
    void append(const PlannedFile &file, const QString &rowId);
    void startAgain(DownloadItem &item);
    void taskRead(const Task &task);
    void answerRead(const QString &taskId);
    void noteNothing(const QString &taskId);

    // Items become jobs
    void pump();
    void startNext();
    [[nodiscard]] bool nameDecided();
    [[nodiscard]] DownloadItem *nextToStart();
    [[nodiscard]] bool mayStart(const DownloadItem &item, const QDateTime &now) const;
    void awaitNextTry();
    void start(DownloadItem &item);
    [[nodiscard]] DownloadJob::Wish wishFor(const DownloadItem &item) const;
    void conflictFound(const AssetId &asset, const QString &path);
    void jobFinished(const AssetId &asset, const Result<DownloadJob::Saved> &result);
    void recordSaved(DownloadItem &item, const DownloadJob::Saved &saved);
    void noteSaved(const StoredFile &file, const QString &rowId);
    void answerArrived(const QString &taskId, const QByteArray &json);
    void jobStopped(DownloadItem &item);
    void jobFailed(DownloadItem &item, const Error &error);
    void tryLater(DownloadItem &item, const Error &error);
    void giveUp(DownloadItem &item, const Error &error);
    void stopFor(const Error &error);
    void takeOut(const QSet<AssetId> &assets);
    void setState(DownloadItem &item, DownloadState state);
    void writeRecord(const DownloadItem &item);
    [[nodiscard]] QList<AssetId> inState(std::initializer_list<DownloadState> states) const;
    void numberMoved(const QSet<AssetId> &moved);
    void setPosition(DownloadItem &item, qint64 position);

    void announceEmpty();
    void tick();
    [[nodiscard]] qint64 secondsLeft(qint64 bytesPerSecond) const;

    Services m_services;
    DownloadList m_list;
    DownloadRows m_rows;
    QString m_folder;
    QString m_nameTemplate;
    bool m_covers = false;
    bool m_details = false;
    ConflictPolicy m_policy = ConflictPolicy::SkipIdentical;
    QHash<AssetId, QString> m_conflicts; ///< jobs that wait for the decision, and their names
    int m_parallel = 3;
    int m_perHost = 3;
    DownloadPatience m_patience;
    Error m_stopError;
    QHash<AssetId, StoredFile> m_saved;
    QHash<QString, QList<Order>> m_orders; ///< by the row's id
    QHash<QString, QList<StoredFile>> m_detailsWanted; ///< by task id: its answer is being read
    QSet<AssetId> m_again; ///< of the list: what is saved of them does not count
    qint64 m_lastPosition = 0;
    QPointer<DownloadJob> m_preparing; ///< one job at a time is given a name
    QStringList m_nothing;
    bool m_busy = false; ///< something was queued since the last finished()
    int m_done = 0;
    int m_failed = 0;
    int m_recording = 0; ///< saved files whose record is not on disk yet
    qint64 m_bytesDone = 0; ///< of the files that are finished
    TransferRate m_rate;
    QElapsedTimer m_clock;
    QTimer m_turn;
    QTimer m_tick;
    QTimer m_nextTry;
};

} // namespace taskreel
