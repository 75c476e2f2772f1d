// SPDX-License-Identifier: MIT
#include "core/net/assetfetcher.h"

#include "core/net/assetfetchworker.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace taskreel {

AssetFetcher::AssetFetcher(QObject *parent) : AssetFetcher(AssetLimits{}, parent) { }

AssetFetcher::AssetFetcher(const AssetLimits &limits, QObject *parent)
    : QObject(parent), m_worker(new AssetFetchWorker(limits))
{
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &AssetFetchWorker::progress, this, &AssetFetcher::progress);
    connect(m_worker, &AssetFetchWorker::headArrived, this, &AssetFetcher::headArrived);
    connect(m_worker, &AssetFetchWorker::finished, this, &AssetFetcher::relay);
    m_thread.setObjectName(u"transfer"_s);
    m_thread.start();
}

AssetFetcher::~AssetFetcher()
{
    QMetaObject::invokeMethod(m_worker, &AssetFetchWorker::shutDown, Qt::QueuedConnection);
    m_thread.wait();
}

quint64 AssetFetcher::start(AssetRequest request)
{
    request.id = ++m_lastId;
    m_running.insert(request.id);
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, request] { worker->start(request); }, Qt::QueuedConnection);
    return request.id;
}

quint64 AssetFetcher::startCopy(const QString &fromPath, const QString &partPath,
                                MediaKind expected, bool mayReplace)
{
    const quint64 id = ++m_lastId;
    m_running.insert(id);
    QMetaObject::invokeMethod(
        m_worker,
        [worker = m_worker, id, fromPath, partPath, expected, mayReplace] {
            worker->startCopy(id, fromPath, partPath, expected, mayReplace);
        },
        Qt::QueuedConnection);
    return id;
}

void AssetFetcher::proceed(quint64 id)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, id] { worker->proceed(id); }, Qt::QueuedConnection);
}

void AssetFetcher::cancel(quint64 id, PartFate fate)
{
    if (!m_running.contains(id))
        return;
    if (fate == PartFate::Removed)
        m_cancelled.insert(id);
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, id, fate] { worker->cancel(id, fate); },
        Qt::QueuedConnection);
}

void AssetFetcher::setSpeedLimit(qint64 bytesPerSecond)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, bytesPerSecond] { worker->setSpeedLimit(bytesPerSecond); },
        Qt::QueuedConnection);
}

void AssetFetcher::relay(quint64 id, const Result<FetchedAsset> &result)
{
    m_running.remove(id);
    if (!m_cancelled.remove(id)) {
        Q_EMIT finished(id, result);
        return;
    }
    if (result) { // complete before the order to cancel reached the transfer thread
        run(
            this, [path = result->partPath] { return QFile::remove(path); }, [](bool) {});
    }
    Q_EMIT finished(id, failure(ErrorKind::Cancelled));
}

} // namespace taskreel
