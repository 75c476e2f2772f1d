// SPDX-License-Identifier: MIT
#include "core/piapi/apicall.h"

#include "core/formats/httpdates.h"
#include "core/formats/redaction.h"
#include "core/net/networkerrors.h"

#include <QNetworkAccessManager>
#include <QSslError>

using namespace Qt::StringLiterals;

namespace taskreel {

ApiCall::ApiCall(QNetworkAccessManager *network, Verb verb, const QNetworkRequest &request,
                 const ApiLimits &limits, QObject *parent)
    : QObject(parent), m_limits(limits)
{
    m_idle.setSingleShot(true);
    m_total.setSingleShot(true);
    const auto timedOut = [this] { stop(Error{ErrorKind::Timeout, 0, {}, {}, -1}); };
    connect(&m_idle, &QTimer::timeout, this, timedOut);
    connect(&m_total, &QTimer::timeout, this, timedOut);

    m_reply.reset(verb == Verb::Delete ? network->deleteResource(request) : network->get(request));
    QNetworkReply *reply = m_reply.get();
    connect(reply, &QNetworkReply::metaDataChanged, &m_idle, qOverload<>(&QTimer::start));
    connect(reply, &QNetworkReply::readyRead, this, &ApiCall::take);
    connect(reply, &QNetworkReply::sslErrors, this, &ApiCall::noteTlsErrors);
    connect(reply, &QNetworkReply::finished, this, &ApiCall::replyFinished);
    m_idle.start(m_limits.idle);
    m_total.start(m_limits.total);
}

ApiCall::~ApiCall()
{
    m_reply->disconnect(this);
    m_reply->abort();
}

void ApiCall::abort()
{
    m_aborted = true;
    stop(Error{ErrorKind::Cancelled, 0, {}, {}, -1});
}

void ApiCall::stop(const Error &outcome)
{
    if (m_stopped || m_reported)
        return;
    m_stopped = outcome;
    m_reply->abort(); // emits the reply's finished() before it returns
}

void ApiCall::take()
{
    m_idle.start();
    m_body += m_reply->readAll();
    if (m_body.size() > m_limits.bytes)
        stop(Error{ErrorKind::TooLarge, 0, {}, {}, -1});
}

void ApiCall::noteTlsErrors(const QList<QSslError> &errors)
{
    for (const QSslError &error : errors)
        m_tlsWords += error.errorString();
}

void ApiCall::replyFinished()
{
    if (m_reported)
        return;
    m_reported = true;
    m_idle.stop();
    m_total.stop();
    if (!m_stopped && m_reply->isOpen())
        m_body += m_reply->readAll();
    // Queued: whoever called abort() is not to be answered inside that call.
    QMetaObject::invokeMethod(
        this, [this, body = outcome()] { Q_EMIT finished(body); }, Qt::QueuedConnection);
}

Result<ApiBody> ApiCall::outcome()
{
    if (m_stopped)
        return tl::unexpected<Error>(*m_stopped);
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status >= 300 && status < 400)
        return tl::unexpected<Error>(redirected(status));
    if (m_body.size() > m_limits.bytes)
        return tl::unexpected<Error>(Error{ErrorKind::TooLarge, status, {}, {}, -1});

    const Error transport = transportError();
    if (status == 0)
        return tl::unexpected<Error>(transport.kind == ErrorKind::None
                                         ? Error{ErrorKind::BadAnswer, 0, {}, {}, -1}
                                         : transport);
    ApiBody body;
    body.httpStatus = status;
    body.bytes = m_body;
    body.retryAfterMs =
        retryAfterMs(m_reply->rawHeader("Retry-After"), QDateTime::currentDateTimeUtc());
    body.cut = transport;
    return body;
}

Error ApiCall::redirected(int status) const
{
    const QUrl place = m_reply->url().resolved(
        QUrl::fromEncoded(m_reply->rawHeader("Location").trimmed(), QUrl::TolerantMode));
    const bool named = m_reply->hasRawHeader("Location");
    return Error{ErrorKind::Redirected, status, {}, named ? urlForLog(place) : QString(), -1};
}

Error ApiCall::transportError() const
{
    const QNetworkReply::NetworkError error = m_reply->error();
    if (error == QNetworkReply::NoError) {
        // Without a status line there was no answer, even if Qt sees no fault in that.
        const bool answered =
            m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() != 0;
        return answered ? Error{} : Error{ErrorKind::BadAnswer, 0, {}, {}, -1};
    }
    // Qt's name for status 400 is that of a request which could not be made at all; it is an answer.
    const bool refused = error == QNetworkReply::ProtocolInvalidOperationError
        && m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() >= 400;
    const ErrorKind kind = refused ? ErrorKind::None : errorKindOf(error);
    if (kind == ErrorKind::None)
        return {};
    const QString words = kind == ErrorKind::TlsFailed && !m_tlsWords.isEmpty()
        ? m_tlsWords.join(u' ')
        : m_reply->errorString();
    return Error{kind, 0, words, {}, -1};
}

} // namespace taskreel
