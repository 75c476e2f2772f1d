// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/assetfetcher.h"
#include "core/net/speedlimit.h"

#include <QHash>
#include <QNetworkAccessManager>
#include <QObject>

#include <memory>

namespace taskreel {

class AssetJob;
class FileWork;

/// The transfer thread's side of AssetFetcher: the network manager without key, cookies and cache,
/// and the running jobs.
class AssetFetchWorker final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AssetFetchWorker)

public:
    explicit AssetFetchWorker(const AssetLimits &limits);
    ~AssetFetchWorker() override;

    void start(const AssetRequest &request);
    void startCopy(quint64 id, const QString &fromPath, const QString &partPath, MediaKind expected,
                   bool mayReplace);
    void proceed(quint64 id);
    void cancel(quint64 id, PartFate fate);
    void setSpeedLimit(qint64 bytesPerSecond);
    /// Drops every job and ends the thread's event loop.
    void shutDown();

Q_SIGNALS:
    void progress(quint64 id, qint64 received, qint64 total);
    void headArrived(quint64 id, const taskreel::AssetHead &head);
    void finished(quint64 id, const taskreel::Result<taskreel::FetchedAsset> &result);

private:
    void begin(quint64 id, AssetJob *job);
    void end(quint64 id, const Result<FetchedAsset> &result);
    [[nodiscard]] QNetworkAccessManager *network();
    [[nodiscard]] FileWork *files();

    AssetLimits m_limits;
    std::unique_ptr<FileWork> m_files; ///< made on this thread at first use
    std::unique_ptr<QNetworkAccessManager> m_network; ///< made on this thread at first use
    SpeedLimit m_speed; ///< of all limited jobs together
    QHash<quint64, AssetJob *> m_jobs;
};

} // namespace taskreel
