// SPDX-License-Identifier: MIT
#include "support/rawclient.h"

#include <QNetworkProxy>
#include <QtTest>

namespace taskreel::test {

namespace {

/// @return the bytes used, also when the last chunk is missing
qsizetype readChunks(const QByteArray &bytes, qsizetype from, RawAnswer &answer)
{
    for (;;) {
        const qsizetype end = bytes.indexOf("\r\n", from);
        if (end < 0)
            return from;
        const qsizetype size = bytes.mid(from, end - from).toLongLong(nullptr, 16);
        if (bytes.size() < end + 2 + size + 2)
            return from;
        answer.body += bytes.mid(end + 2, size);
        from = end + 2 + size + 2;
        if (size == 0) {
            answer.complete = true;
            return from;
        }
    }
}

} // namespace

QByteArray RawAnswer::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

RawClient::RawClient(const QUrl &service, QObject *parent) : QObject(parent)
{
    connect(&m_socket, &QTcpSocket::readyRead, this, [this] {
        m_received += m_socket.readAll();
        Q_EMIT changed();
    });
    connect(&m_socket, &QTcpSocket::disconnected, this, [this] {
        m_closed = true;
        Q_EMIT changed();
    });
    m_socket.setProxy(QNetworkProxy::NoProxy);
    m_socket.connectToHost(service.host(), static_cast<quint16>(service.port()));
}

void RawClient::send(const QByteArray &bytes)
{
    if (m_socket.state() == QAbstractSocket::ConnectedState)
        m_socket.write(bytes);
    else
        connect(&m_socket, &QTcpSocket::connected, this, [this, bytes] { m_socket.write(bytes); });
}

RawAnswer RawClient::peek(bool headOnly) const
{
    return parse(headOnly).first;
}

RawAnswer RawClient::take(bool headOnly)
{
    const auto [answer, used] = parse(headOnly);
    m_received.remove(0, used);
    return answer;
}

RawAnswer RawClient::ask(const QUrl &url, const QByteArray &headerLines, const QByteArray &method)
{
    RawClient client(url);
    client.send(method + ' ' + url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority)
                + " HTTP/1.1\r\nHost: test\r\n" + headerLines + "\r\n");
    const bool headOnly = method == "HEAD";
    const auto ended = [&] { return client.closed() || client.peek(headOnly).complete; };
    QSignalSpy spy(&client, &RawClient::changed);
    while (!ended()) {
        if (!spy.wait(10'000))
            return {};
    }
    return client.take(headOnly);
}

std::pair<RawAnswer, qsizetype> RawClient::parse(bool headOnly) const
{
    RawAnswer answer;
    const qsizetype end = m_received.indexOf("\r\n\r\n");
    if (end < 0)
        return {answer, 0};
    const QByteArray head = m_received.left(end);
    answer.status = head.mid(9, 3).toInt();
    qsizetype from = head.indexOf("\r\n");
    while (from >= 0) {
        const qsizetype next = head.indexOf("\r\n", from + 2);
        const QByteArray line = head.mid(from + 2, next < 0 ? -1 : next - from - 2);
        const qsizetype colon = line.indexOf(':');
        answer.headers.append({line.left(colon), line.mid(colon + 1).trimmed()});
        from = next;
    }
    const qsizetype body = end + 4;
    if (!headOnly && answer.header("Transfer-Encoding") == "chunked") {
        const qsizetype used = readChunks(m_received, body, answer);
        return {answer, used};
    }
    const QByteArray declared = answer.header("Content-Length");
    const qsizetype length = headOnly ? 0 : declared.toLongLong();
    answer.body =
        declared.isEmpty() && !headOnly ? m_received.mid(body) : m_received.mid(body, length);
    answer.complete = (headOnly || !declared.isEmpty()) && answer.body.size() == length;
    return {answer, body + answer.body.size()};
}

} // namespace taskreel::test
