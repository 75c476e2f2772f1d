// SPDX-License-Identifier: MIT
#include "demo/democonnection.h"

#include <QTcpSocket>

#include <algorithm>
#include <utility>

namespace taskreel::demo {

namespace {

constexpr qint64 kPiece = 64 * 1024;
// Enough to keep the link busy, little enough that bytesSent() stays close to what the client got.
constexpr qint64 kWaiting = 128 * 1024;

} // namespace

DemoConnection::DemoConnection(QTcpSocket *socket, DemoService::Handler answer, QObject *parent)
    : QObject(parent), m_socket(socket), m_answer(std::move(answer))
{
    m_socket->setParent(this);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setReadBufferSize(HttpRequestParser::kHeaderLimit * 2);
    for (QTimer *timer : {&m_delay, &m_pace}) {
        timer->setSingleShot(true);
        timer->setTimerType(Qt::PreciseTimer);
    }
    connect(&m_delay, &QTimer::timeout, this, &DemoConnection::send);
    connect(&m_pace, &QTimer::timeout, this, &DemoConnection::sendBody);
    connect(m_socket, &QTcpSocket::readyRead, this, &DemoConnection::readMore);
    connect(m_socket, &QTcpSocket::bytesWritten, this, [this] {
        if (m_bodyGoing && !m_pace.isActive())
            sendBody();
    });
    connect(m_socket, &QTcpSocket::disconnected, this, &DemoConnection::leave);
    // Bytes may have come before the connects above.
    QMetaObject::invokeMethod(this, &DemoConnection::readMore, Qt::QueuedConnection);
}

void DemoConnection::abort()
{
    m_socket->abort();
}

void DemoConnection::readMore()
{
    // Requests that are sent ahead wait in the socket until their turn.
    if (m_answering || m_ending)
        return;
    m_parser.append(m_socket->readAll());
    switch (m_parser.advance()) {
    case HttpRequestParser::State::NeedsMore:
        return;
    case HttpRequestParser::State::Ready:
        begin(m_parser.take());
        return;
    case HttpRequestParser::State::Malformed:
        refuse(400);
        return;
    case HttpRequestParser::State::HeaderTooLarge:
        refuse(431);
        return;
    case HttpRequestParser::State::BodyTooLarge:
        refuse(413);
        return;
    case HttpRequestParser::State::LengthMissing:
        refuse(411);
        return;
    }
}

void DemoConnection::refuse(int status)
{
    m_request = {};
    m_request.version = "HTTP/1.1";
    m_request.headers = {{"Connection", "close"}};
    m_response = {};
    m_response.status = status;
    m_answering = true;
    send();
}

void DemoConnection::begin(const Request &request)
{
    m_answering = true;
    m_counted = true;
    m_request = request;
    m_response = m_answer(request);
    if (m_ending)
        return; // the handler closed the service
    if (m_response.delayMs > 0)
        m_delay.start(m_response.delayMs);
    else
        send();
}

void DemoConnection::send()
{
    if (m_response.closeWithoutAnswer) {
        endConnection();
        return;
    }
    m_reply = settle(m_request, m_response);
    m_sent = 0;
    m_limit = m_reply.body.size();
    for (const qint64 stop : {m_response.cutAfter, m_response.stallAfter}) {
        if (stop >= 0)
            m_limit = std::min(m_limit, stop);
    }
    m_bodyGoing = true;
    m_socket->write(m_reply.head);
    sendBody();
}

void DemoConnection::sendBody()
{
    if (!m_bodyGoing)
        return;
    const qint64 most = m_response.chunkBytes > 0 ? m_response.chunkBytes : kPiece;
    while (m_sent < m_limit) {
        if (m_socket->bytesToWrite() > kWaiting)
            return; // bytesWritten() calls again
        const qint64 size = std::min(most, m_limit - m_sent);
        writePiece(m_reply.body.mid(m_sent, size));
        m_sent += size;
        Q_EMIT bodySent(m_request.path, size);
        if (m_response.chunkDelayMs > 0 && m_sent < m_limit) {
            m_pace.start(m_response.chunkDelayMs);
            return;
        }
    }
    m_bodyGoing = false;
    bodyAtItsEnd();
}

void DemoConnection::writePiece(const QByteArray &piece)
{
    if (m_reply.chunked)
        m_socket->write(QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n");
    else
        m_socket->write(piece);
}

void DemoConnection::bodyAtItsEnd()
{
    const qint64 cut = m_response.cutAfter;
    const qint64 stall = m_response.stallAfter;
    if (stall >= 0 && m_sent >= stall && (cut < 0 || stall < cut))
        return; // silence, until the client has had enough
    if (cut >= 0 && m_sent >= std::min(cut, m_reply.body.size())) {
        endConnection();
        return;
    }
    if (m_reply.chunked)
        m_socket->write("0\r\n\r\n");
    finish();
}

void DemoConnection::finish()
{
    const bool closes = m_reply.closes;
    m_reply = {};
    m_response = {};
    m_answering = false;
    if (std::exchange(m_counted, false))
        Q_EMIT answered();
    if (closes)
        endConnection();
    else
        QMetaObject::invokeMethod(this, &DemoConnection::readMore, Qt::QueuedConnection);
}

void DemoConnection::endConnection()
{
    m_ending = true;
    m_socket->disconnectFromHost(); // after what is still to be written
}

void DemoConnection::leave()
{
    m_delay.stop();
    m_pace.stop();
    m_bodyGoing = false;
    m_ending = true;
    if (std::exchange(m_counted, false))
        Q_EMIT answered();
    Q_EMIT closed();
    deleteLater();
}

} // namespace taskreel::demo
