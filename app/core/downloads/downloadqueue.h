// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/domain/tasksummary.h"
#include "core/downloads/downloadjob.h"
#include "core/downloads/downloadplan.h"
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
    int waiting = 0;
    int running = 0;
    int done = 0; ///< since the queue was last empty
    int failed = 0;
    qint64 received = 0; ///< bytes of the running ones
    qint64 bytesPerSecond = 0;
    qint64 secondsLeft = -1; ///< -1: not known
    bool operator==(const DownloadTotals &) const = default;
};

/// Saves results into the download folder. GUI thread; bytes move on the fetcher's thread. A name
/// is decided before bytes flow, a part file is written beside the target, checked, renamed without
/// overwriting, then recorded. What is kept already is copied, not fetched.
class DownloadQueue final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DownloadQueue)

public:
    struct Services
    {
        TaskRepository *repository;
        MediaLibrary *library;
        AssetFetcher *fetcher;
        bool loopbackAllowed;
    };
    explicit DownloadQueue(const Services &services, QObject *parent = nullptr);
    ~DownloadQueue() override;

    /// The records of earlier savings: what is still there is not saved again.
    void loadSaved(const QList<StoredFile> &saved);
    /// A file that another library had saved, and that is there on this machine.
    void adoptSaved(const StoredFile &file);
    [[nodiscard]] QSet<AssetId> savedAssets() const;
    void setFolder(const QString &folder);
    void setNameTemplate(const QString &nameTemplate);
    void setCovers(bool on); ///< beside the results; default off
    void setParallel(int downloads); ///< default 3

    /// Every result of these tasks (links and intermediates are left out).
    void saveTasks(const QStringList &taskIds, VariantWish wish);
    /// One work of one task.
    void saveWork(const QString &taskId, const QString &workKey, VariantWish wish);
    void cancelTask(const QString &taskId);
    void cancelAll();

    [[nodiscard]] DownloadTotals totals() const;

Q_SIGNALS:
    void totalsChanged(); ///< at most 4 a second
    void saved(const taskreel::AssetId &asset, const QString &path);
    void failed(const QString &taskId, const taskreel::Error &error);
    /// The queue ran empty: counts of files for one message. Not after nothingToSave() alone; 0 and
    /// 0 after everything was cancelled.
    void finished(int saved, int failed);
    /// Nothing to save in what was asked, in words.
    void nothingToSave(const QStringList &taskIds);

private:
    /// What was asked of a task whose full answer is still being read.
    struct Order
    {
        std::optional<QString> workKey;
        VariantWish wish = VariantWish::Unwatermarked;
    };
    /// A task with files in the queue.
    struct Entry
    {
        SaveState before = SaveState::NotSaved;
        QString errorBefore;
        int files = 0;
        int saved = 0;
        int cancelled = 0;
        Error lastError; ///< None: no file failed
        int failed = 0;
        QList<Order> orders;
        [[nodiscard]] bool isOpen() const
        {
            return !orders.isEmpty() || saved + cancelled + failed < files;
        }
    };

    bool request(const QString &taskId, const Order &order);
    Entry &entryFor(const TaskSummary &row);
    /// The row's id, by which entries go; also of a row that was taken out of the list meanwhile.
    [[nodiscard]] QString rowIdOf(const QString &taskId) const;
    void plan(const QString &taskId, const Task &task, const Order &order);
    void taskRead(const Task &task);
    void answerRead(const QString &taskId);
    void noteNothing(const QString &taskId);
    [[nodiscard]] bool isQueued(const AssetId &asset) const;

    void pump();
    void startNext();
    void jobFinished(DownloadJob *job, const Result<DownloadJob::Saved> &result);
    void record(const QString &taskId, const PlannedFile &file, const DownloadJob::Saved &saved);
    void closeIfDone(const QString &taskId);
    void announceEmpty();
    void tick();
    void showProgress();
    [[nodiscard]] qint64 secondsLeft(qint64 bytesPerSecond) const;

    Services m_services;
    QString m_folder;
    QString m_nameTemplate;
    bool m_covers = false;
    int m_parallel = 3;
    QHash<AssetId, StoredFile> m_saved;
    QHash<QString, Entry> m_entries; ///< by the row's id
    QList<PlannedFile> m_waiting;
    QList<DownloadJob *> m_running; ///< children
    bool m_preparing = false; ///< one job at a time decides on its name
    QStringList m_nothing;
    bool m_busy = false; ///< something was queued since the last finished()
    int m_done = 0;
    int m_failed = 0;
    qint64 m_bytesDone = 0; ///< of the files that are finished
    TransferRate m_rate;
    QElapsedTimer m_clock;
    QTimer m_turn;
    QTimer m_tick;
};

} // namespace taskreel
