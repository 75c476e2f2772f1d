// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/formats/mediaprobe.h"
#include "core/net/assetfetcher.h"
#include "core/store/store.h"

#include <QHash>
#include <QObject>

namespace taskreel {

/// A file on this machine that is complete and checked.
struct LocalMedia
{
    QString path; ///< absolute
    MediaProbe probe;
    qint64 bytes = 0;
    bool operator==(const LocalMedia &) const = default;
};

/// Higher first. Background is thumbnails and prefetch.
enum class ObtainPriority { Background, Prefetch, Shown };

/// The one way to a result's bytes: kept, cached or fetched. GUI thread; work happens on the fetcher's
/// thread. Stage, thumbnails, prefetch and downloads all obtain through it, so that nothing is fetched
/// twice. Clips that were shown move from the cache to the kept files (markShown()).
class MediaLibrary final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MediaLibrary)

public:
    struct Places
    {
        QString keptFolder; ///< DATA/kept
        QString cacheFolder; ///< CACHE/media; may vanish at any time
    };
    /// @param fetcher, store borrowed, outlive this
    MediaLibrary(AssetFetcher *fetcher, Store *store, const Places &places, bool loopbackAllowed,
                 QObject *parent = nullptr);
    ~MediaLibrary() override;

    void load(const QList<StoredFile> &kept);
    void setKeptBudget(qint64 bytes);
    [[nodiscard]] qint64 keptBytes() const;

    /// What is here and verified now; nothing is started. std::nullopt: obtain() it.
    [[nodiscard]] std::optional<LocalMedia> local(const AssetId &asset) const;
    /// Ends in obtained() or failed(), never inside this call. Asking again raises the priority.
    void obtain(const AssetId &asset, const Source &source, MediaKind kind, ObtainPriority priority);
    /// The caller no longer needs it: a fetch that nobody else wants is stopped if it has not begun.
    void release(const AssetId &asset);
    /// A clip was shown: keep it for good.
    void markShown(const AssetId &asset);

Q_SIGNALS:
    void progress(const taskreel::AssetId &asset, qint64 received, qint64 total);
    void obtained(const taskreel::AssetId &asset, const taskreel::LocalMedia &file);
    void failed(const taskreel::AssetId &asset, const taskreel::Error &error);
    /// Kept clips are over the budget and none may be dropped silently.
    void budgetExceeded(qint64 bytes, qint64 budget);
};

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::LocalMedia)
