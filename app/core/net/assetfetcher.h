// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/domain/source.h"
#include "core/formats/mediaprobe.h"
#include "core/net/assetlimits.h"
#include "core/net/filework.h"

#include <QObject>
#include <QSet>
#include <QThread>

#include <utility>

namespace taskreel {

/// What the server said of a file before its bytes.
struct AssetHead
{
    QByteArray url; ///< that was asked, as received
    QByteArray
        validator; ///< strong ETag or Last-Modified; empty: nothing to go on with after a break
    qint64 total = -1; ///< bytes; -1: not known
    bool operator==(const AssetHead &) const = default;
};

/// What becomes of a durable part file when its transfer is called off.
enum class PartFate { Removed, Kept };

/// What to fetch into which part file.
struct AssetRequest
{
    quint64 id = 0; ///< given by AssetFetcher::start()
    Source source; ///< its URL, then its mirrors, are tried in order; inline bytes are written as
                   ///< they are
    QString partPath; ///< written from the start; its folder is made; removed unless complete
    MediaKind expected = MediaKind::Unknown; ///< sets the byte cap and what the content may be
    bool loopbackAllowed = false;
    bool fresh = false; ///< its task has only just ended: a 404 may pass

    // Of a download, whose part file outlives a break and even the program
    bool durable =
        false; ///< headArrived() comes before the part file's first byte, which waits for
               ///< proceed(); a part that can be built on stays when the transfer fails
    bool partIsOurs = false; ///< left by an earlier transfer; else the file must not be there yet
    AssetHead resume = {}; ///< what the bytes of that part are of
    bool limited = false; ///< shares the speed limit
};

/// A complete, checked part file. The receiver renames it (see net/partfile).
struct FetchedAsset
{
    QString partPath;
    qint64 bytes = 0;
    QByteArray sha256; ///< raw 32 bytes
    MediaProbe probe;
    bool operator==(const FetchedAsset &) const = default;
};

class AssetFetchWorker;

/// Files that are synced at the same time share what the file system writes for them.
inline constexpr int kFileThreads = 4;

/// Fetches result files without the key on the transfer thread: network and file writes happen
/// there, whatever may wait for the disk (sync, content check, reading what is there) on threads
/// beside it. This façade lives on the GUI thread. Each request ends in
/// exactly one finished(), never inside start(). Media library and downloads share one fetcher.
class AssetFetcher final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AssetFetcher)

public:
    explicit AssetFetcher(QObject *parent = nullptr);
    explicit AssetFetcher(const AssetLimits &limits, QObject *parent = nullptr);
    /// Stops what runs, without finished(); file work given to run() is done first.
    ~AssetFetcher() override;

    /// Runs at once: whoever calls bounds how many run. @return the request's id
    quint64 start(AssetRequest request);
    /// Lets a durable request write: what headArrived() told is on record.
    void proceed(quint64 id);
    /// finished() follows with ErrorKind::Cancelled, or with the file if a kept one was complete
    /// already.
    void cancel(quint64 id, PartFate fate = PartFate::Removed);
    /// For all limited requests together. @param bytesPerSecond 0: no limit
    void setSpeedLimit(qint64 bytesPerSecond);
    /// Copies a kept file to a part file on the transfer thread and checks it like a fetched one.
    /// @param expected what the content may be
    /// @param mayReplace whatever has the part's name now; else that is ErrorKind::NameTaken
    quint64 startCopy(const QString &fromPath, const QString &partPath,
                      MediaKind expected = MediaKind::Unknown, bool mayReplace = true);
    /// Short file work (probe, remove), in the order given; see FileWork::run().
    template<typename Work, typename Then>
    void run(QObject *context, Work work, Then then)
    {
        m_inOrder.run(context, std::move(work), std::move(then));
    }
    /// File work that may take its time (syncs, whole files read), in no order.
    template<typename Work, typename Then>
    void runApart(QObject *context, Work work, Then then)
    {
        m_apart.run(context, std::move(work), std::move(then));
    }

Q_SIGNALS:
    void progress(quint64 id, qint64 received,
                  qint64 total); ///< at most 10 a second; total -1: unknown
    void headArrived(quint64 id, const taskreel::AssetHead &head);
    void finished(quint64 id, const taskreel::Result<taskreel::FetchedAsset> &result);

private:
    void relay(quint64 id, const Result<FetchedAsset> &result);

    FileWork m_inOrder{1};
    FileWork m_apart{kFileThreads};
    QThread m_thread;
    AssetFetchWorker *m_worker; ///< lives on m_thread, deleted when it ends
    quint64 m_lastId = 0;
    QSet<quint64> m_running; ///< started, not yet finished
    QSet<quint64> m_cancelled; ///< of the running ones
};

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::AssetRequest)
Q_DECLARE_METATYPE(taskreel::FetchedAsset)
