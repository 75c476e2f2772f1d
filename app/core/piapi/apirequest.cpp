// SPDX-License-Identifier: MIT
#include "core/piapi/apirequest.h"

#include "core/secrets/apikey.h"
#include "core/settings/serviceaddress.h"

using namespace Qt::StringLiterals;

namespace taskreel {

Result<QByteArray> taskPath(const QString &taskId)
{
    // QUrl sends escaped dots as dots: no escape keeps these two from being another path.
    if (taskId == "."_L1 || taskId == ".."_L1)
        return failure(ErrorKind::NotFound);
    return "/api/v1/task/" + QUrl::toPercentEncoding(taskId);
}

QByteArray historyPath(const HistoryQuery &query)
{
    QByteArray path = "/api/open/tasks/histories?page=" + QByteArray::number(query.page)
        + "&page_size=" + QByteArray::number(query.pageSize);
    if (!query.model.isEmpty())
        path += "&model=" + QUrl::toPercentEncoding(query.model);
    if (query.from.isValid())
        path += "&start_time=" + QByteArray::number(query.from.toSecsSinceEpoch());
    if (query.to.isValid())
        path += "&end_time=" + QByteArray::number(query.to.toSecsSinceEpoch());
    return path;
}

Result<QNetworkRequest> apiRequest(const QUrl &serviceUrl, const ApiKey &key,
                                   const QByteArray &path)
{
    if (!serviceUrlProblem(serviceUrl).isEmpty())
        return failure(ErrorKind::RefusedAddress);
    if (key.state() != ApiKey::State::Available || key.origin() != ApiKey::originOf(serviceUrl))
        return failure(ErrorKind::NoKey);

    QByteArray address = serviceUrl.toEncoded(QUrl::StripTrailingSlash);
    while (address.endsWith('/')) // StripTrailingSlash keeps a path that is nothing else
        address.chop(1);
    address += path;
    QNetworkRequest request(QUrl::fromEncoded(address, QUrl::StrictMode));
    request.setRawHeader("x-api-key", key.value().toLatin1());
    request.setRawHeader("Accept", "application/json");
    request.setHeader(QNetworkRequest::UserAgentHeader, u"Taskreel/" TASKREEL_VERSION ""_s);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    return request;
}

} // namespace taskreel
