// SPDX-License-Identifier: MIT
#include "core/piapi/apiclient.h"

#include "core/domain/onpool.h"
#include "core/net/mediaurl.h"
#include "core/secrets/apikey.h"
#include "core/settings/serviceaddress.h"

#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkRequest>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

Q_LOGGING_CATEGORY(lcApi, "taskreel.api", QtInfoMsg)

constexpr qsizetype kReadHere = 256 * 1024; ///< bodies above this are read on the pool
constexpr qsizetype kShortestSecret = 8; ///< shorter ones would be found in ordinary words

} // namespace

ApiClient::ApiClient(QNetworkAccessManager *network, const QUrl &serviceUrl, ApiKey *key,
                     QObject *parent)
    : QObject(parent), m_network(network), m_serviceUrl(serviceUrl), m_key(key)
{
    // A proxy would see plain HTTP to this machine, key and all. The manager is ours alone, so this
    // holds for every request on it; https goes through proxies as CONNECT only.
    if (isLoopback(serviceUrl))
        m_network->setProxy(QNetworkProxy::NoProxy);
}

Result<QNetworkRequest> ApiClient::taskRequest(const QString &taskId) const
{
    if (!taskreel::serviceUrlProblem(m_serviceUrl).isEmpty())
        return failure(ErrorKind::RefusedAddress);
    if (m_key->state() != ApiKey::State::Available
        || m_key->origin() != ApiKey::originOf(m_serviceUrl))
        return failure(ErrorKind::NoKey);

    // QUrl sends escaped dots as dots: no escape keeps these two from being another path.
    if (taskId == "."_L1 || taskId == ".."_L1)
        return failure(ErrorKind::NotFound);

    QByteArray address = m_serviceUrl.toEncoded(QUrl::StripTrailingSlash);
    while (address.endsWith('/')) // StripTrailingSlash keeps a path that is nothing else
        address.chop(1);
    address += "/api/v1/task/" + QUrl::toPercentEncoding(taskId);
    QNetworkRequest request(QUrl::fromEncoded(address, QUrl::StrictMode));
    request.setRawHeader("x-api-key", m_key->value().toLatin1());
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

void ApiClient::fetchTask(const QString &taskId)
{
    if (m_calls.contains(taskId))
        return;
    const Result<QNetworkRequest> request = taskRequest(taskId);
    if (!request) {
        m_calls.insert(taskId, nullptr);
        reportSoon(taskId, request.error());
        Q_EMIT taskStarted(taskId);
        return;
    }
    auto *call = new ApiCall(m_network, *request, m_limits, this);
    m_calls.insert(taskId, call);
    connect(call, &ApiCall::finished, this,
            [this, taskId](const Result<ApiBody> &body) { bodyArrived(taskId, body); });
    Q_EMIT taskStarted(taskId);
}

void ApiClient::abortAll()
{
    for (ApiCall *call : std::as_const(m_calls)) {
        if (call)
            call->abort();
    }
}

void ApiClient::bodyArrived(const QString &taskId, const Result<ApiBody> &body)
{
    if (!body) {
        report(taskId, tl::unexpected<Error>(body.error()));
        return;
    }
    ApiBody safe = *body;
    // Whatever a server repeats of the request must not end up in the library or in a message.
    if (const QByteArray key = m_key->value().toLatin1(); key.size() >= kShortestSecret)
        safe.bytes.replace(key, "redacted");
    if (safe.bytes.size() <= kReadHere) {
        answerRead(taskId, safe, readAnswer(safe.bytes, safe.httpStatus));
        return;
    }
    onPool(
        this, [whole = safe] { return readAnswer(whole.bytes, whole.httpStatus); },
        [this, taskId, whole = safe](const Result<ReadAnswer> &answer) {
            answerRead(taskId, whole, answer);
        });
}

void ApiClient::answerRead(const QString &taskId, const ApiBody &body, Result<ReadAnswer> answer)
{
    const ApiCall *call = m_calls.value(taskId);
    if (call && call->isAborted()) {
        report(taskId, failure(ErrorKind::Cancelled));
        return;
    }
    if (answer && answer->task.id.compare(taskId, Qt::CaseInsensitive) != 0) {
        report(taskId,
               failure(ErrorKind::BadAnswer, tr("The service answered about another task."),
                       answer->task.id));
        return;
    }
    if (answer) {
        answer->task.id = taskId; // the row's own spelling
        report(taskId, answer);
        return;
    }
    Error error = body.cut.kind == ErrorKind::None ? answer.error() : body.cut;
    error.httpStatus = error.httpStatus == 0 ? body.httpStatus : error.httpStatus;
    error.retryAfterMs = body.retryAfterMs;
    report(taskId, tl::unexpected<Error>(error));
}

void ApiClient::report(const QString &taskId, const Result<ReadAnswer> &result)
{
    if (ApiCall *call = m_calls.take(taskId))
        call->deleteLater();
    if (!result && result.error().kind != ErrorKind::Cancelled) {
        qCInfo(lcApi) << "no answer for task" << taskId << "status" << result.error().httpStatus
                      << "kind" << static_cast<int>(result.error().kind);
    }
    Q_EMIT taskFinished(taskId, result);
}

void ApiClient::reportSoon(const QString &taskId, const Error &error)
{
    QMetaObject::invokeMethod(
        this, [this, taskId, error] { report(taskId, tl::unexpected<Error>(error)); },
        Qt::QueuedConnection);
}

} // namespace taskreel
