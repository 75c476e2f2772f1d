// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QMutex>
#include <QObject>
#include <QString>
#include <QUrl>

#include <functional>
#include <utility>

class QTcpServer;

namespace taskreel::demo {

class DemoConnection;

/// A request as it came over the wire.
struct Request
{
    QByteArray method;
    QByteArray target; ///< raw, as in the request line
    QByteArray path; ///< target without the query
    QByteArray query;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< names as sent
    QByteArray body;
    QByteArray version; ///< "HTTP/1.1"
    [[nodiscard]] QByteArray
    header(const QByteArray &name) const; ///< without case; empty if absent
};

/// An answer, and how badly it is to be given.
struct Response
{
    int status = 200;
    QByteArray reason; ///< empty: the usual one
    QList<std::pair<QByteArray, QByteArray>> headers; ///< may repeat and override the usual ones
    QByteArray body;
    bool sendContentLength = true;
    bool chunked = false;
    qint64 declaredLength = -1; ///< lie about Content-Length; -1: the truth
    bool ranges = true; ///< honour Range and If-Range on a 200 body
    QByteArray etag;
    int delayMs = 0; ///< before the status line
    int chunkBytes = 0; ///< 0: all at once
    int chunkDelayMs = 0; ///< between chunks: a slow or dripping server
    qint64 stallAfter = -1; ///< body bytes, then silence with the connection open
    qint64 cutAfter = -1; ///< body bytes, then the connection is closed
    bool closeWithoutAnswer = false;
};

/// A small HTTP/1.1 server on loopback, inside the program: behind --demo and behind the tests. It
/// runs on its own thread (the caller's, or the one it was moved to before listen()) and never
/// blocks it; handlers run there too. Handlers answer by path prefix, the longest match wins;
/// nothing matched: 404 plain text. What is for tests, handle() and baseUrl() may be called from
/// any thread.
class DemoService final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DemoService)

public:
    using Handler = std::function<Response(const Request &)>;

    explicit DemoService(QObject *parent = nullptr);
    ~DemoService() override;

    /// @return false with the system's words in errorString()
    [[nodiscard]] bool listen(quint16 port = 0);
    void close();
    [[nodiscard]] QUrl baseUrl() const; ///< http://127.0.0.1:PORT
    [[nodiscard]] QString errorString() const;

    void handle(const QByteArray &pathPrefix, Handler handler);
    void removeHandler(const QByteArray &pathPrefix);
    void removeHandlers();

    // For tests: what was asked, and how many body bytes went out for each path.
    [[nodiscard]] QList<Request> requests() const;
    [[nodiscard]] QList<Request> requestsTo(const QByteArray &pathPrefix) const;
    void clearLog();
    [[nodiscard]] qint64 bytesSent(const QByteArray &path) const;
    [[nodiscard]] int openConnections() const;
    [[nodiscard]] int
    mostAtOnce() const; ///< most requests being answered at one time since clearLog()

Q_SIGNALS:
    void requested(const taskreel::demo::Request &request);

private:
    void acceptConnections();
    [[nodiscard]] Response answer(const Request &request);
    void recordFinished();
    void recordBody(const QByteArray &path, qint64 bytes);
    void recordClosed();

    QTcpServer *const m_server;
    QString m_errorString;

    mutable QMutex m_mutex; // guards all below
    QUrl m_baseUrl;
    QHash<QByteArray, Handler> m_handlers;
    QList<Request> m_log;
    QHash<QByteArray, qint64> m_bytesSent;
    int m_open = 0;
    int m_active = 0;
    int m_mostAtOnce = 0;
};

} // namespace taskreel::demo
