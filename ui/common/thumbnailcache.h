// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/assetid.h"
#include "core/domain/result.h"
#include "core/media/localclip.h"
#include "core/media/thumbnailfolder.h"

#include <QCache>
#include <QElapsedTimer>
#include <QHash>
#include <QImage>
#include <QObject>
#include <QPixmap>
#include <QSet>
#include <QSize>

#include <functional>
#include <memory>

namespace taskreel {

class ClipFrameMaker;
class MediaLibrary;
class TaskRepository;
struct LocalMedia;
struct Task;

/// Small pictures of the tasks in sight: their covers, or a frame of a clip that is here and has none.
/// Made once, then read from the thumbnail folder. In memory bounded by bytes, on disk by the folder;
/// reading, decoding and writing happen on the pool, two at a time, only for rows in sight. GUI thread.
class ThumbnailCache final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ThumbnailCache)

public:
    static constexpr qsizetype kMaxBytes = 64 * 1024 * 1024; ///< two 4K windows full of covers

    /// @param library, repository borrowed, outlive this
    /// @param diskBytes the bound of the folder
    ThumbnailCache(MediaLibrary *library, TaskRepository *repository, QObject *parent = nullptr,
                   qint64 diskBytes = ThumbnailFolder::kMaxBytes);
    ~ThumbnailCache() override;

    /// Who takes frames out of clips; borrowed, may go before this. Without one, there are only covers.
    void setFrameMaker(ClipFrameMaker *maker);

    /// The picture if it is here, else null; nothing is started (delegates call it while painting).
    /// It may be of another size for a moment after a change of view: painters scale it.
    [[nodiscard]] QPixmap cover(const QString &taskId, const QSize &px) const;
    /// Whether one is on its way: the place is kept quiet meanwhile.
    [[nodiscard]] bool isPending(const QString &taskId) const { return m_pending.contains(taskId); }
    /// What the views show now, in order: these are fetched and decoded, others given up.
    void setVisible(const QStringList &taskIds, const QSize &px);

    /// Whether the task waits for a frame of its clip: who shows it anyway may hand one over.
    [[nodiscard]] bool wantsFrame(const QString &taskId) const;
    void offerFrame(const QString &taskId, const QImage &picture);

    /// The small picture that is on disk, whole and as large as it is there: a stand-in for the
    /// stage. `done` comes later, with a null image when there is none; not at all if `context` is
    /// gone.
    void readSmall(const QString &taskId, QObject *context,
                   const std::function<void(const QImage &)> &done) const;

    /// The clip of one task plays in its place: cover() gives its picture until endLive().
    void showLive(const QString &taskId, const QPixmap &picture);
    void endLive();

    [[nodiscard]] QSize px() const { return m_px; } ///< what the views want
    [[nodiscard]] qsizetype memoryBytes() const { return m_covers.totalCost(); }
    [[nodiscard]] int decodedCount() const { return m_decoded; } ///< so far, in sight or not any more

Q_SIGNALS:
    void coverReady(const QString &taskId);
    void coverMissing(const QString &taskId); ///< none can be had for now

private:
    using Origin = ThumbnailFolder::Origin;
    /// A task's way: what is on disk, else its answer, its cover obtained and decoded; without a cover
    /// a clip that is here, looked at on the pool, then its frame taken.
    enum class Stage { Disk, Answer, Obtaining, Decoding, CheckingClip, TakingFrame };
    struct Pending
    {
        Stage stage = Stage::Disk;
        quint64 order = 0; ///< of asking: what comes for an earlier one is dropped
        AssetId asset; ///< while Obtaining
        bool keep = true; ///< the picture is not going to change
        LocalClip clip; ///< from CheckingClip on
        QByteArray clipStamp;
    };
    struct Made
    {
        QImage image; ///< at the wanted size; null: none
        QByteArray clipStamp; ///< of a clip worth trying
    };
    struct Job
    {
        QString taskId;
        quint64 order = 0;
        std::function<Made()> work;
    };

    void start(const QString &taskId);
    void begin(const Task &task);
    void tryClip(const Task &task);
    void giveUp(const QString &taskId);
    void fail(const QString &taskId);

    void queueJob(const QString &taskId, std::function<Made()> work);
    void pump();
    void jobDone(const QString &taskId, quint64 order, const Made &made);
    void decodeCover(const QString &taskId, const LocalMedia &file);
    void takePicture(const QString &taskId, const QImage &image);

    void takeFile(const AssetId &asset, const LocalMedia &file);
    void takeFailure(const AssetId &asset);
    void takeFrame(const QString &taskId, const QImage &picture);
    void takeClipFailure(const QString &clip, const Error &error);
    [[nodiscard]] QString waitingFor(const QString &clip) const; ///< a task; empty: none
    void startAgain(const QStringList &taskIds);
    void tryMissing();
    void forget(const QStringList &taskIds);

    MediaLibrary *m_library;
    TaskRepository *m_repository;
    ClipFrameMaker *m_maker = nullptr;
    /// Shared, since jobs on the pool may end after this.
    std::shared_ptr<ThumbnailFolder> m_folder;
    QCache<QString, QPixmap> m_covers;
    QHash<QString, Pending> m_pending;
    QList<Job> m_jobs; ///< in order
    int m_running = 0; ///< jobs on the pool
    QHash<QString, qint64> m_failedAt; ///< ms of m_clock
    QSet<QString> m_bare; ///< whose answers tell of no picture
    QSet<QString> m_passing; ///< shown pictures of unfinished tasks
    QSet<QString> m_visible;
    QSize m_px;
    QString m_liveId;
    QPixmap m_live;
    QElapsedTimer m_clock;
    quint64 m_lastOrder = 0;
    int m_decoded = 0;
};

} // namespace taskreel
