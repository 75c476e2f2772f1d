// SPDX-License-Identifier: MIT
#include "core/net/assetfetchworker.h"

#include "core/net/assetcopy.h"
#include "core/net/assettransfer.h"
#include "core/net/mediaurl.h"

#include <QBuffer>
#include <QFile>
#include <QNetworkProxy>
#include <QThread>

namespace taskreel {

namespace {

/// The system's proxies, but never for this machine.
class LoopbackAwareProxies final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        if (isLoopback(query.url()))
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        return proxyForQuery(query);
    }
};

} // namespace

AssetFetchWorker::AssetFetchWorker(const AssetLimits &limits) : m_limits(limits) { }

AssetFetchWorker::~AssetFetchWorker() = default;

QNetworkAccessManager *AssetFetchWorker::network()
{
    if (!m_network) {
        m_network = std::make_unique<QNetworkAccessManager>();
        m_network->setProxyFactory(new LoopbackAwareProxies); // the manager owns it
    }
    return m_network.get();
}

FileWork *AssetFetchWorker::files()
{
    if (!m_files)
        m_files = std::make_unique<FileWork>(kFileThreads);
    return m_files.get();
}

void AssetFetchWorker::start(const AssetRequest &request)
{
    if (!request.source.inlineBytes.isEmpty()) {
        auto bytes = std::make_unique<QBuffer>();
        bytes->setData(request.source.inlineBytes);
        begin(request.id,
              new AssetCopy(std::move(bytes), request.partPath, request.expected, files(), this));
        return;
    }
    auto *transfer = new AssetTransfer(request, m_limits, network(), &m_speed, files(), this);
    connect(transfer, &AssetTransfer::headArrived, this,
            [this, id = request.id](const AssetHead &head) { Q_EMIT headArrived(id, head); });
    begin(request.id, transfer);
}

void AssetFetchWorker::startCopy(quint64 id, const QString &fromPath, const QString &partPath,
                                 MediaKind expected, bool mayReplace)
{
    auto *copy =
        new AssetCopy(std::make_unique<QFile>(fromPath), partPath, expected, files(), this);
    if (!mayReplace)
        copy->refuseExisting();
    begin(id, copy);
}

void AssetFetchWorker::begin(quint64 id, AssetJob *job)
{
    m_jobs.insert(id, job);
    connect(job, &AssetJob::progress, this,
            [this, id](qint64 received, qint64 total) { Q_EMIT progress(id, received, total); });
    connect(job, &AssetJob::finished, this,
            [this, id](const Result<FetchedAsset> &result) { end(id, result); });
    job->start();
}

void AssetFetchWorker::end(quint64 id, const Result<FetchedAsset> &result)
{
    if (AssetJob *job = m_jobs.take(id))
        job->deleteLater(); // it is on the call stack
    Q_EMIT finished(id, result);
}

void AssetFetchWorker::proceed(quint64 id)
{
    if (AssetJob *job = m_jobs.value(id))
        job->proceed();
}

void AssetFetchWorker::cancel(quint64 id, PartFate fate)
{
    if (AssetJob *job = m_jobs.value(id))
        job->cancel(fate);
}

void AssetFetchWorker::setSpeedLimit(qint64 bytesPerSecond)
{
    m_speed.setRate(bytesPerSecond);
}

void AssetFetchWorker::shutDown()
{
    const QHash<quint64, AssetJob *> jobs = std::exchange(m_jobs, {});
    qDeleteAll(jobs);
    m_network.reset();
    m_files.reset();
    QThread::currentThread()->quit();
}

} // namespace taskreel
