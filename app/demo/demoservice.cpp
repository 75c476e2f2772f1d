// SPDX-License-Identifier: MIT
#include "demo/demoservice.h"

#include "demo/democonnection.h"

#include <QHostAddress>
#include <QMutexLocker>
#include <QNetworkProxy>
#include <QTcpServer>
#include <QTcpSocket>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel::demo {

namespace {

// A demo may run for days; tests look at far less.
constexpr qsizetype kLogLimit = 20'000;

Response notFound()
{
    Response response;
    response.status = 404;
    response.headers = {{"Content-Type", "text/plain; charset=utf-8"}};
    response.body = "404 page not found\n";
    return response;
}

} // namespace

DemoService::DemoService(QObject *parent) : QObject(parent), m_server(new QTcpServer(this))
{
    m_server->setProxy(QNetworkProxy::NoProxy);
    m_server->setMaxPendingConnections(256);
    connect(m_server, &QTcpServer::newConnection, this, &DemoService::acceptConnections);
}

DemoService::~DemoService()
{
    close();
}

bool DemoService::listen(quint16 port)
{
    if (!m_server->listen(QHostAddress::LocalHost, port)) {
        m_errorString = m_server->errorString();
        return false;
    }
    m_errorString.clear();
    const QMutexLocker lock(&m_mutex);
    m_baseUrl = QUrl(u"http://127.0.0.1:%1"_s.arg(m_server->serverPort()));
    return true;
}

void DemoService::close()
{
    m_server->close();
    // Each one reports to the counters as it goes. It may be the one whose handler is calling here.
    const QList<DemoConnection *> connections =
        findChildren<DemoConnection *>(QString(), Qt::FindDirectChildrenOnly);
    for (DemoConnection *connection : connections)
        connection->abort();
    const QMutexLocker lock(&m_mutex);
    m_baseUrl.clear();
}

QUrl DemoService::baseUrl() const
{
    const QMutexLocker lock(&m_mutex);
    return m_baseUrl;
}

QString DemoService::errorString() const
{
    return m_errorString;
}

void DemoService::handle(const QByteArray &pathPrefix, Handler handler)
{
    const QMutexLocker lock(&m_mutex);
    m_handlers.insert(pathPrefix, std::move(handler));
}

void DemoService::removeHandler(const QByteArray &pathPrefix)
{
    const QMutexLocker lock(&m_mutex);
    m_handlers.remove(pathPrefix);
}

void DemoService::removeHandlers()
{
    const QMutexLocker lock(&m_mutex);
    m_handlers.clear();
}

QList<Request> DemoService::requests() const
{
    const QMutexLocker lock(&m_mutex);
    return m_log;
}

QList<Request> DemoService::requestsTo(const QByteArray &pathPrefix) const
{
    const QMutexLocker lock(&m_mutex);
    QList<Request> found;
    std::ranges::copy_if(m_log, std::back_inserter(found), [&](const Request &request) {
        return request.path.startsWith(pathPrefix);
    });
    return found;
}

void DemoService::clearLog()
{
    const QMutexLocker lock(&m_mutex);
    m_log.clear();
    m_bytesSent.clear();
    m_mostAtOnce = m_active;
}

qint64 DemoService::bytesSent(const QByteArray &path) const
{
    const QMutexLocker lock(&m_mutex);
    return m_bytesSent.value(path);
}

int DemoService::openConnections() const
{
    const QMutexLocker lock(&m_mutex);
    return m_open;
}

int DemoService::mostAtOnce() const
{
    const QMutexLocker lock(&m_mutex);
    return m_mostAtOnce;
}

void DemoService::acceptConnections()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        auto *connection = new DemoConnection(
            socket, [this](const Request &request) { return answer(request); }, this);
        connect(connection, &DemoConnection::bodySent, this, &DemoService::recordBody);
        connect(connection, &DemoConnection::answered, this, &DemoService::recordFinished);
        connect(connection, &DemoConnection::closed, this, &DemoService::recordClosed);
        const QMutexLocker lock(&m_mutex);
        ++m_open;
    }
}

Response DemoService::answer(const Request &request)
{
    Handler handler;
    {
        const QMutexLocker lock(&m_mutex);
        m_log.append(request);
        if (m_log.size() > kLogLimit)
            m_log.remove(0, kLogLimit / 10);
        m_mostAtOnce = std::max(m_mostAtOnce, ++m_active);
        qsizetype longest = -1;
        for (auto it = m_handlers.cbegin(); it != m_handlers.cend(); ++it) {
            if (it.key().size() > longest && request.path.startsWith(it.key())) {
                longest = it.key().size();
                handler = it.value();
            }
        }
    }
    Q_EMIT requested(request);
    // Without the lock: a handler may look at the log or put up another handler.
    return handler ? handler(request) : notFound();
}

void DemoService::recordFinished()
{
    const QMutexLocker lock(&m_mutex);
    --m_active;
}

void DemoService::recordBody(const QByteArray &path, qint64 bytes)
{
    const QMutexLocker lock(&m_mutex);
    m_bytesSent[path] += bytes;
}

void DemoService::recordClosed()
{
    const QMutexLocker lock(&m_mutex);
    --m_open;
}

} // namespace taskreel::demo
