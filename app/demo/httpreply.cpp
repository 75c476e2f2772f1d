// SPDX-License-Identifier: MIT
#include "demo/httpreply.h"

#include "demo/httprequestparser.h"

#include <algorithm>
#include <optional>

namespace taskreel::demo {

namespace {

struct ByteRange
{
    qint64 first = 0;
    qint64 last = 0;
    [[nodiscard]] bool satisfiable() const { return first <= last; }
};

std::optional<qint64> number(const QByteArray &digits)
{
    bool ok = false;
    const qint64 value = digits.toLongLong(&ok);
    if (!ok || value < 0 || digits.startsWith('+'))
        return std::nullopt;
    return value;
}

/// One range of a body of this size; nothing for what a server may ignore: other units, several
/// ranges, nonsense.
std::optional<ByteRange> parseRange(const QByteArray &header, qint64 size)
{
    if (!header.startsWith("bytes=") || header.contains(','))
        return std::nullopt;
    const QByteArray spec = header.mid(6).trimmed();
    const qsizetype dash = spec.indexOf('-');
    if (dash < 0)
        return std::nullopt;
    const QByteArray from = spec.left(dash);
    const QByteArray to = spec.mid(dash + 1);
    if (from.isEmpty()) {
        const auto suffix = number(to);
        if (!suffix)
            return std::nullopt;
        return ByteRange{std::max<qint64>(0, size - *suffix), *suffix == 0 ? -1 : size - 1};
    }
    const auto first = number(from);
    const auto last = to.isEmpty() ? std::optional<qint64>(size - 1) : number(to);
    if (!first || !last || (!to.isEmpty() && *last < *first))
        return std::nullopt;
    return ByteRange{*first, *first >= size ? -1 : std::min(*last, size - 1)};
}

bool hasHeader(const Response &response, const QByteArray &name)
{
    return std::ranges::any_of(response.headers, [&](const auto &header) {
        return header.first.compare(name, Qt::CaseInsensitive) == 0;
    });
}

QByteArray headerOf(const Response &response, const QByteArray &name)
{
    for (const auto &[key, value] : response.headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

/// If-Range holds the ETag or the date that the client knows; a weak ETag never matches.
bool stillTheSame(const Request &request, const Response &response)
{
    const QByteArray known = request.header("If-Range");
    if (known.isEmpty())
        return true;
    if (known.startsWith("W/"))
        return false;
    return known == response.etag || known == headerOf(response, "ETag")
        || known == headerOf(response, "Last-Modified");
}

QByteArray reasonFor(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 206:
        return "Partial Content";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 411:
        return "Length Required";
    case 413:
        return "Payload Too Large";
    case 416:
        return "Range Not Satisfiable";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    default:
        return "Unnamed";
    }
}

bool bodiless(int status)
{
    return status == 204 || status == 304 || (status >= 100 && status < 200);
}

class HeadWriter
{
public:
    HeadWriter(const Response &response, int status) : m_response(response)
    {
        const bool given = !response.reason.isEmpty() && status == response.status;
        m_head = "HTTP/1.1 " + QByteArray::number(status) + ' '
            + (given ? response.reason : reasonFor(status)) + "\r\n";
    }

    /// A usual header, unless the response brings its own.
    void usual(const QByteArray &name, const QByteArray &value)
    {
        if (!hasHeader(m_response, name))
            m_head += name + ": " + value + "\r\n";
    }

    [[nodiscard]] QByteArray finish()
    {
        for (const auto &[name, value] : m_response.headers)
            m_head += name + ": " + value + "\r\n";
        return m_head + "\r\n";
    }

private:
    const Response &m_response;
    QByteArray m_head;
};

} // namespace

HttpReply settle(const Request &request, const Response &response)
{
    HttpReply reply;
    int status = response.status;
    reply.body = response.body;
    const qint64 full = response.body.size();
    QByteArray contentRange;

    const bool rangesApply = response.ranges && status == 200;
    if (rangesApply && stillTheSame(request, response)) {
        if (const auto range = parseRange(request.header("Range"), full)) {
            status = range->satisfiable() ? 206 : 416;
            const QByteArray which = range->satisfiable()
                ? QByteArray::number(range->first) + '-' + QByteArray::number(range->last)
                : QByteArray("*");
            contentRange = "bytes " + which + '/' + QByteArray::number(full);
            reply.body = range->satisfiable()
                ? response.body.mid(range->first, range->last - range->first + 1)
                : QByteArray();
        }
    }

    reply.chunked = response.chunked && !bodiless(status) && request.version != "HTTP/1.0";
    const bool framed = reply.chunked || response.sendContentLength;
    const bool lies = response.declaredLength >= 0 && response.declaredLength != reply.body.size();
    const bool announced = !wantsKeepAlive(request) || (!framed && !bodiless(status));
    // A link that breaks, or a length that is wrong, does not say so beforehand.
    reply.closes = announced || lies || response.cutAfter >= 0;

    HeadWriter head(response, status);
    if (rangesApply)
        head.usual("Accept-Ranges", "bytes");
    if (!response.etag.isEmpty())
        head.usual("ETag", response.etag);
    if (!contentRange.isEmpty())
        head.usual("Content-Range", contentRange);
    if (reply.chunked)
        head.usual("Transfer-Encoding", "chunked");
    else if (response.sendContentLength && !bodiless(status))
        head.usual("Content-Length",
                   QByteArray::number(response.declaredLength >= 0 ? response.declaredLength
                                                                   : reply.body.size()));
    head.usual("Connection", announced ? "close" : "keep-alive");
    reply.head = head.finish();

    if (request.method == "HEAD" || bodiless(status)) {
        reply.body.clear();
        reply.chunked = false;
        reply.closes = announced;
    }
    return reply;
}

} // namespace taskreel::demo
