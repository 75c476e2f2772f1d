// SPDX-License-Identifier: MIT
#include "core/net/mediaurl.h"

#include "core/settings/serviceaddress.h"

#include <QHostAddress>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Where `scheme://authority` ends: the position of `/`, `?`, `#`, or the end.
qsizetype authorityEnd(const QByteArray &bytes)
{
    const auto end =
        std::find_if(bytes.cbegin() + bytes.indexOf("://") + 3, bytes.cend(),
                     [](char c) { return c == '/' || c == '?' || c == '#' || c == '\\'; });
    return end - bytes.cbegin();
}

/// Escapes what may not stand in a URL at all, and the `%` of escapes that are none. Everything
/// else stays as it came: decoding and encoding anew would break signatures.
QByteArray mended(const QByteArray &received)
{
    static constexpr char kDigits[] = "0123456789ABCDEF";
    const qsizetype start = authorityEnd(received);
    QByteArray out = received.left(start);
    out.reserve(received.size() + 16);
    for (qsizetype i = start; i < received.size(); ++i) {
        const char c = received.at(i);
        const auto byte = static_cast<unsigned char>(c);
        const bool badEscape = c == '%'
            && (i + 2 >= received.size() || !isHex(received.at(i + 1))
                || !isHex(received.at(i + 2)));
        const bool forbidden =
            byte <= 0x20 || byte >= 0x7f || QByteArrayView("\"<>\\^`{|}").contains(c);
        if (!badEscape && !forbidden) {
            out += c;
            continue;
        }
        out += '%';
        out += kDigits[byte >> 4];
        out += kDigits[byte & 0x0f];
    }
    return out;
}

bool isInside(const QHostAddress &address, QStringView subnet, int bits)
{
    return address.isInSubnet(QHostAddress(subnet.toString()), bits);
}

bool isPrivateAddress(const QHostAddress &given)
{
    // IPv4 in IPv6 clothes (::ffff:10.0.0.1) is that IPv4 address.
    bool isV4 = false;
    const quint32 v4 = given.toIPv4Address(&isV4);
    if (isV4) {
        const QHostAddress address(v4);
        constexpr std::array<std::pair<QStringView, int>, 9> kNets{{
            {u"0.0.0.0", 8},
            {u"10.0.0.0", 8},
            {u"100.64.0.0", 10},
            {u"127.0.0.0", 8},
            {u"169.254.0.0", 16},
            {u"172.16.0.0", 12},
            {u"192.0.0.0", 24},
            {u"192.168.0.0", 16},
            {u"224.0.0.0", 3}, // multicast, reserved, broadcast
        }};
        return std::any_of(kNets.cbegin(), kNets.cend(), [&address](const auto &net) {
            return isInside(address, net.first, net.second);
        });
    }
    constexpr std::array<std::pair<QStringView, int>, 7> kNets{{
        {u"::", 96}, // unspecified, loopback, IPv4-compatible
        {u"64:ff9b::", 96}, // NAT64
        {u"64:ff9b:1::", 48},
        {u"fc00::", 7},
        {u"fe80::", 10},
        {u"fec0::", 10},
        {u"ff00::", 8},
    }};
    return std::any_of(kNets.cbegin(), kNets.cend(), [&given](const auto &net) {
        return isInside(given, net.first, net.second);
    });
}

bool isPrivateHost(const QUrl &url)
{
    QString host = url.host().toLower();
    while (host.endsWith(u'.'))
        host.chop(1);
    if (host == "localhost"_L1 || host.endsWith(".localhost"_L1))
        return true;
    const QHostAddress address(host);
    return !address.isNull() && isPrivateAddress(address);
}

} // namespace

bool isLoopback(const QUrl &url)
{
    return isLoopbackHost(url);
}

Result<QUrl> mediaUrl(const QByteArray &received, bool loopbackAllowed)
{
    const auto refuse = [](QLatin1StringView why) {
        return failure(ErrorKind::RefusedAddress, {}, QString(why));
    };
    const QByteArray bytes = received.trimmed();
    const QByteArray lower = bytes.left(8).toLower();
    if (!lower.startsWith("http://") && !lower.startsWith("https://"))
        return refuse("not http or https"_L1);
    if (bytes.left(authorityEnd(bytes)).contains('@'))
        return refuse("has a user name or password"_L1);

    QUrl url = QUrl::fromEncoded(bytes, QUrl::StrictMode);
    if (!url.isValid())
        url = QUrl::fromEncoded(mended(bytes), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return refuse("not a valid address"_L1);
    if (!loopbackAllowed && isPrivateHost(url))
        return refuse("on this computer or a private network"_L1);
    return url;
}

} // namespace taskreel
