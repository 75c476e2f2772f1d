// SPDX-License-Identifier: MIT
#include "core/settings/serviceaddress.h"

#include <QCoreApplication>
#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("taskreel::ServiceAddress", text);
}

} // namespace

bool isLoopbackHost(const QUrl &url)
{
    const QString host = url.host().toLower();
    if (host == "localhost"_L1)
        return true;
    const QHostAddress address(host);
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return address.isInSubnet(QHostAddress(u"127.0.0.0"_s), 8);
    return address == QHostAddress(QHostAddress::LocalHostIPv6);
}

QUrl cleanedServiceUrl(const QString &text)
{
    QUrl url(text.trimmed(), QUrl::StrictMode);
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path, QUrl::StrictMode);
    return url;
}

QString serviceUrlProblem(const QUrl &url)
{
    if (url.isEmpty() || !url.isValid() || url.host().isEmpty())
        return words(QT_TRANSLATE_NOOP("taskreel::ServiceAddress",
                                       "Enter an address such as https://api.piapi.ai."));
    const QString scheme = url.scheme();
    if (scheme != "https"_L1 && scheme != "http"_L1)
        return words(
            QT_TRANSLATE_NOOP("taskreel::ServiceAddress", "The address must begin with https://."));
    if (scheme == "http"_L1 && !isLoopbackHost(url))
        return words(QT_TRANSLATE_NOOP("taskreel::ServiceAddress",
                                       "The key would travel unprotected. Use https://; http:// is "
                                       "for a service on this computer only."));
    if (url.authority().contains(u'@'))
        return words(QT_TRANSLATE_NOOP("taskreel::ServiceAddress",
                                       "Leave the user name and password out of the address."));
    if (url.hasQuery() || url.hasFragment())
        return words(QT_TRANSLATE_NOOP("taskreel::ServiceAddress",
                                       "Leave out everything from the ? or # on."));
    return {};
}

} // namespace taskreel
