// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/domain/variantchoice.h"

#include <QObject>
#include <QStringList>

namespace taskreel {

class AssetFetcher;
class MediaLibrary;
class Store;
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

/// Saves results into the download folder. GUI thread; bytes move on the fetcher's thread. A name is
/// decided before bytes flow, a part file is written beside the target, checked, renamed without
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

    void setFolder(const QString &folder);
    void setNameTemplate(const QString &nameTemplate);
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
    /// The queue ran empty: counts for one message.
    void finished(int saved, int failed);
    /// Nothing to save in what was asked, in words.
    void nothingToSave(const QStringList &taskIds);
};

} // namespace taskreel
