// SPDX-License-Identifier: MIT
#include "core/piapi/apiclient.h"

#include "core/domain/onpool.h"
#include "core/formats/cancelreader.h"
#include "core/net/mediaurl.h"
#include "core/secrets/apikey.h"

#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QNetworkProxy>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

Q_LOGGING_CATEGORY(lcApi, "taskreel.api", QtInfoMsg)

constexpr qsizetype kReadHere = 256 * 1024; ///< bodies above this are read on the pool
constexpr qsizetype kShortestSecret = 8; ///< shorter ones would be found in ordinary words

/// What the body says, or that it is not whole, with what came beside it.
Error completed(const Error &read, const ApiBody &body)
{
    Error error = body.cut.kind == ErrorKind::None ? read : body.cut;
    error.httpStatus = error.httpStatus == 0 ? body.httpStatus : error.httpStatus;
    error.retryAfterMs = body.retryAfterMs;
    return error;
}

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

int ApiClient::running() const
{
    return static_cast<int>(m_calls.size() + m_cancels.size() + m_pages.size());
}

ApiCall *ApiClient::begin(ApiCall::Verb verb, const Result<QByteArray> &path,
                          const Arrived &arrived)
{
    const Result<QNetworkRequest> request =
        path ? apiRequest(m_serviceUrl, *m_key, *path) : tl::unexpected<Error>(path.error());
    if (!request) {
        QMetaObject::invokeMethod(
            this, [arrived, error = request.error()] { arrived(tl::unexpected<Error>(error)); },
            Qt::QueuedConnection);
        return nullptr;
    }
    auto *call = new ApiCall(m_network, verb, *request, m_limits, this);
    connect(call, &ApiCall::finished, this, [this, arrived](Result<ApiBody> body) {
        // Whatever a server repeats of the request must not end up in the library or in a message.
        const QByteArray key = m_key->value().toLatin1();
        if (body && key.size() >= kShortestSecret)
            body->bytes.replace(key, "redacted");
        arrived(body);
    });
    return call;
}

void ApiClient::fetchTask(const QString &taskId)
{
    if (m_calls.contains(taskId))
        return;
    m_calls.insert(taskId,
                   begin(ApiCall::Verb::Get, taskPath(taskId), [this, taskId](const auto &body) {
                       bodyArrived(taskId, body);
                   }));
    Q_EMIT taskStarted(taskId);
}

void ApiClient::cancelTask(const QString &taskId)
{
    if (m_cancels.contains(taskId))
        return;
    m_cancels.insert(taskId,
                     begin(ApiCall::Verb::Delete, taskPath(taskId),
                           [this, taskId](const auto &body) { cancelArrived(taskId, body); }));
}

quint64 ApiClient::fetchHistory(const HistoryQuery &query)
{
    const quint64 number = ++m_lastNumber;
    m_pages.insert(number,
                   begin(ApiCall::Verb::Get, historyPath(query), [this, number](const auto &body) {
                       historyArrived(number, body);
                   }));
    return number;
}

void ApiClient::abortHistory(quint64 number)
{
    if (ApiCall *call = m_pages.value(number))
        call->abort();
}

void ApiClient::abortAll()
{
    const QList<ApiCall *> calls = m_calls.values() + m_cancels.values() + m_pages.values();
    for (ApiCall *call : calls) {
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
    if (body->bytes.size() <= kReadHere) {
        answerRead(taskId, *body, readAnswer(body->bytes, body->httpStatus));
        return;
    }
    onPool(
        this, [whole = *body] { return readAnswer(whole.bytes, whole.httpStatus); },
        [this, taskId, whole = *body](const Result<ReadAnswer> &answer) {
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
    report(taskId, tl::unexpected<Error>(completed(answer.error(), body)));
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

void ApiClient::cancelArrived(const QString &taskId, const Result<ApiBody> &body)
{
    Result<QString> words = body ? readCancelAnswer(body->bytes, body->httpStatus)
                                 : Result<QString>(tl::unexpected<Error>(body.error()));
    if (body && !words)
        words = tl::unexpected<Error>(completed(words.error(), *body));
    if (ApiCall *call = m_cancels.take(taskId))
        call->deleteLater();
    if (!words) {
        qCInfo(lcApi) << "task" << taskId << "was not cancelled: status"
                      << words.error().httpStatus << "kind" << static_cast<int>(words.error().kind);
    }
    Q_EMIT cancelFinished(taskId, words);
}

void ApiClient::historyArrived(quint64 number, const Result<ApiBody> &body)
{
    if (!body) {
        reportHistory(number, tl::unexpected<Error>(body.error()));
        return;
    }
    if (body->bytes.size() <= kReadHere) {
        historyRead(number, *body, readHistory(body->bytes, body->httpStatus));
        return;
    }
    onPool(
        this, [whole = *body] { return readHistory(whole.bytes, whole.httpStatus); },
        [this, number, whole = *body](const Result<HistoryPage> &page) {
            historyRead(number, whole, page);
        });
}

void ApiClient::historyRead(quint64 number, const ApiBody &body, Result<HistoryPage> page)
{
    const ApiCall *call = m_pages.value(number);
    if (call && call->isAborted())
        page = failure(ErrorKind::Cancelled);
    else if (!page)
        page = tl::unexpected<Error>(completed(page.error(), body));
    reportHistory(number, page);
}

void ApiClient::reportHistory(quint64 number, const Result<HistoryPage> &page)
{
    if (ApiCall *call = m_pages.take(number))
        call->deleteLater();
    if (!page && page.error().kind != ErrorKind::Cancelled) {
        qCInfo(lcApi) << "no page of the history: status" << page.error().httpStatus << "kind"
                      << static_cast<int>(page.error().kind);
    }
    Q_EMIT historyFinished(number, page);
}

} // namespace taskreel
