// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/domain/task.h"
#include "core/formats/mediaprobe.h"
#include "core/media/cachefolder.h"
#include "core/media/keptstore.h"
#include "core/media/mediapin.h"
#include "core/media/savedindex.h"
#include "core/net/assetfetcher.h"
#include "core/store/store.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>
#include <optional>

namespace taskreel {

/// A file on this machine that is complete and checked.
struct LocalMedia
{
    QString path; ///< absolute
    MediaProbe probe;
    qint64 bytes = 0;
    MediaPin pin; ///< hold on to it for as long as the path is used

    bool operator==(const LocalMedia &other) const
    {
        return path == other.path && probe == other.probe && bytes == other.bytes;
    }
};

/// What local() counts as being here.
enum class Trust {
    Checked, ///< looked into in this run, or kept
    ByName, ///< also what an earlier run left in the cache: whoever opens it must get on without it
};

/// Higher first. Background is thumbnails and prefetch.
enum class ObtainPriority { Background, Prefetch, Shown };

/// The one way to a result's bytes: kept, cached, saved or fetched. GUI thread; work happens on the
/// fetcher's thread. A path stays valid while a pin of it lives (MediaPin), also after markShown().
/// Stage, thumbnails, prefetch and downloads all obtain through it, so that nothing is fetched
/// twice. Clips that were shown move from the cache to the kept files (markShown()).
class MediaLibrary final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MediaLibrary)

public:
    /// Larger covers are kept as small pictures of them.
    static constexpr qint64 kSmallImageBytes = 64 * 1024;

    struct Places
    {
        QString keptFolder; ///< DATA/kept
        QString cacheFolder; ///< CACHE/media; may vanish at any time
    };
    /// @param fetcher, store borrowed, outlive this
    MediaLibrary(AssetFetcher *fetcher, Store *store, const Places &places, bool loopbackAllowed,
                 QObject *parent = nullptr);
    ~MediaLibrary() override;

    void load(const QList<StoredFile> &kept, const QList<StoredFile> &saved = {});
    void noteSaved(const StoredFile &file); ///< its bytes need no fetch from here on
    /// Tells whether a task has only just ended: its files may not be everywhere yet, so a 404 is
    /// tried again for a while.
    void setFreshness(const std::function<bool(const QString &taskId)> &isFresh);
    void setKeptBudget(qint64 bytes);
    [[nodiscard]] qint64 keptBytes() const;
    [[nodiscard]] qint64 keptBudget() const { return m_budget; }
    [[nodiscard]] QList<StoredFile> keptFiles() const { return m_kept.files(); }
    [[nodiscard]] QString keptFolder() const { return m_kept.folder(); }
    [[nodiscard]] QString keptPath(const StoredFile &file) const; ///< absolute
    /// Somebody uses its file: a pin of it lives.
    [[nodiscard]] bool isInUse(const AssetId &asset) const { return m_pins.isPinned(asset); }
    /// For users that have a path from keptPath().
    [[nodiscard]] MediaPin pin(const AssetId &asset) { return m_pins.pin(asset); }
    /// Takes kept files off the disk and out of the library: whether they are in use is the caller's
    /// to ask.
    void dropKept(const QList<AssetId> &assets);
    /// A checked file that has its name in the kept folder already: from another library.
    void adoptKept(const StoredFile &file, const MediaProbe &probe);
    /// Where small pictures of the tasks are kept (ThumbnailFolder).
    [[nodiscard]] QString thumbnailFolder() const;

    [[nodiscard]] bool isFresh(const QString &taskId) const;

    /// What is here and verified now; nothing is started. std::nullopt: obtain() it.
    [[nodiscard]] std::optional<LocalMedia> local(const AssetId &asset,
                                                  Trust trust = Trust::Checked);
    /// Whether what an earlier run left in the cache is known by now; cacheRead() says when.
    [[nodiscard]] bool isCacheRead() const { return m_scan == Scan::Done; }
    void writeRecords(); ///< to the store; happens by itself at the end of a turn
    /// Ends in obtained() or failed(), never inside this call. Asking again raises the priority.
    void obtain(const AssetId &asset, const Source &source, MediaKind kind,
                ObtainPriority priority);
    /// The caller no longer needs it: a fetch that nobody else wants does not begin, and makes
    /// room when one waits that somebody looks at.
    void release(const AssetId &asset);
    /// A clip was shown: keep it for good.
    void markShown(const AssetId &asset);
    /// Keeps the bytes that came in the answer itself: there is no address to get them from again.
    void keepInline(const Task &task);
    /// Somebody has asked for it already: obtain() joins.
    [[nodiscard]] bool isWanted(const AssetId &asset) const;

Q_SIGNALS:
    void progress(const taskreel::AssetId &asset, qint64 received, qint64 total);
    void obtained(const taskreel::AssetId &asset, const taskreel::LocalMedia &file);
    void failed(const taskreel::AssetId &asset, const taskreel::Error &error);
    /// Kept files are over the budget: said each time they are looked at. See KeptKeeper.
    void budgetExceeded(qint64 bytes, qint64 budget);
    void budgetKept(); ///< they were over it before
    void cacheRead(); ///< local() knows now what an earlier run left

private:
    enum class Stage {
        Asked, ///< not looked up yet
        Checking, ///< its file is here; the content is looked at
        Queued, ///< to be fetched
        Fetching,
        Placing, ///< fetched; gets its name
    };
    struct Want
    {
        Source source;
        MediaKind kind = MediaKind::Unknown;
        ObtainPriority priority = ObtainPriority::Background;
        quint64 order = 0; ///< of asking; tells this want from a later one of the same asset
        int users = 1;
        MediaPin pin; ///< until it is delivered with the file
        Stage stage = Stage::Asked;
        bool keep = false; ///< was shown, or marked so, meanwhile
    };
    enum class Scan { NotBegun, Running, Done };

    void pump();
    void beginScan();
    void lookUp(const AssetId &asset);
    void check(const AssetId &asset, const QString &path);
    void checkSaved(const AssetId &asset, const StoredFile &file);
    void checked(const AssetId &asset, quint64 order, const QString &path, const MediaProbe &probe);
    void startFetches();
    void makeRoomForShown();
    [[nodiscard]] std::optional<AssetId> nextToFetch() const;
    void startFetch(const AssetId &asset);
    void fetchStopped(const AssetId &asset);
    void fetchFinished(quint64 id, const Result<FetchedAsset> &result);
    void place(const AssetId &asset, const FetchedAsset &fetched);
    void placed(const AssetId &asset, const FetchedAsset &fetched, const Result<QString> &path);
    void deliver(const AssetId &asset, LocalMedia file);
    void giveUp(const AssetId &asset, const Error &error);

    void keep(const AssetId &asset);
    void copyToKept(const AssetId &asset, const CacheFolder::Entry &entry);
    void copyFinished(const AssetId &asset, const Result<FetchedAsset> &result);
    void nowKept(const AssetId &asset, const CacheFolder::Entry &entry,
                 const Result<QString> &path);
    void recordShown(const AssetId &asset);
    void forgetKept(const AssetId &asset);
    void noteRecord(const AssetId &asset);
    void checkBudget();

    AssetFetcher *m_fetcher;
    Store *m_store; ///< null: nothing is recorded
    bool m_loopbackAllowed;
    KeptStore m_kept;
    CacheFolder m_cache;
    SavedIndex m_saved;
    PinBoard m_pins;
    std::function<bool(const QString &taskId)> m_isFresh;
    Scan m_scan = Scan::NotBegun;
    QHash<AssetId, Want> m_wants;
    QHash<quint64, AssetId> m_fetches; ///< by the fetcher's id
    QSet<quint64> m_stopping; ///< of the fetches: nobody wanted them any more
    QHash<quint64, AssetId> m_copies; ///< on their way from cache to kept, across file systems
    QSet<AssetId> m_keeping; ///< on their way to kept
    quint64 m_lastOrder = 0;
    qint64 m_budget = 20'000'000'000;
    bool m_overBudget = false; ///< announced
    QSet<AssetId> m_records; ///< whose records the store gets at the end of this turn
    QTimer m_recordTimer;
    QTimer m_pumpTimer;
    QTimer m_budgetTimer;
};

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::LocalMedia)
