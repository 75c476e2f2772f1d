// SPDX-License-Identifier: MIT
#include "demo/httprequestparser.h"

#include <utility>

namespace taskreel::demo {

namespace {

/// "http://host/a?b", as a proxy is asked, becomes "/a?b".
QByteArray originForm(const QByteArray &target)
{
    const qsizetype scheme = target.indexOf("://");
    if (target.startsWith('/') || scheme < 0)
        return target;
    const qsizetype path = target.indexOf('/', scheme + 3);
    return path < 0 ? QByteArray("/") : target.mid(path);
}

} // namespace

QByteArray Request::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

HttpRequestParser::State HttpRequestParser::advance()
{
    if (!m_headRead) {
        // Empty lines before a request line are allowed; some clients end a body with one.
        while (m_buffer.startsWith("\r\n"))
            m_buffer.remove(0, 2);
        const qsizetype end = m_buffer.indexOf("\r\n\r\n");
        if (end > kHeaderLimit || (end < 0 && m_buffer.size() > kHeaderLimit))
            return State::HeaderTooLarge;
        if (end < 0)
            return State::NeedsMore;
        if (const State state = readHead(end); state != State::Ready)
            return state;
        m_buffer.remove(0, end + 4);
        m_headRead = true;
    }
    return m_buffer.size() < m_bodyLength ? State::NeedsMore : State::Ready;
}

Request HttpRequestParser::take()
{
    m_request.body = m_buffer.left(m_bodyLength);
    m_buffer.remove(0, m_bodyLength);
    m_bodyLength = 0;
    m_headRead = false;
    return std::exchange(m_request, {});
}

HttpRequestParser::State HttpRequestParser::readHead(qsizetype end)
{
    const QByteArray head = m_buffer.left(end);
    qsizetype from = head.indexOf("\r\n");
    m_request = {};
    if (!readRequestLine(from < 0 ? head : head.left(from)))
        return State::Malformed;
    while (from >= 0) {
        const qsizetype next = head.indexOf("\r\n", from + 2);
        const QByteArray line = next < 0 ? head.mid(from + 2) : head.mid(from + 2, next - from - 2);
        const qsizetype colon = line.indexOf(':');
        if (colon < 1)
            return State::Malformed;
        m_request.headers.append({line.left(colon), line.mid(colon + 1).trimmed()});
        from = next;
    }
    return readBodyLength();
}

bool HttpRequestParser::readRequestLine(const QByteArray &line)
{
    const QList<QByteArray> words = line.split(' ');
    if (words.size() != 3 || words[0].isEmpty() || words[1].isEmpty()
        || !words[2].startsWith("HTTP/1."))
        return false;
    m_request.method = words[0];
    m_request.target = words[1];
    m_request.version = words[2];
    const QByteArray origin = originForm(m_request.target);
    const qsizetype mark = origin.indexOf('?');
    m_request.path = mark < 0 ? origin : origin.left(mark);
    m_request.query = mark < 0 ? QByteArray() : origin.mid(mark + 1);
    return true;
}

HttpRequestParser::State HttpRequestParser::readBodyLength()
{
    m_bodyLength = 0;
    if (!m_request.header("Transfer-Encoding").isEmpty())
        return State::LengthMissing;
    const QByteArray length = m_request.header("Content-Length");
    if (length.isEmpty())
        return State::Ready;
    bool ok = false;
    m_bodyLength = length.toLongLong(&ok);
    if (!ok || m_bodyLength < 0)
        return State::Malformed;
    return m_bodyLength > kBodyLimit ? State::BodyTooLarge : State::Ready;
}

bool wantsKeepAlive(const Request &request)
{
    const QByteArray connection = request.header("Connection").toLower();
    return request.version == "HTTP/1.0" ? connection == "keep-alive" : connection != "close";
}

} // namespace taskreel::demo
