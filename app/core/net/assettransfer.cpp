// SPDX-License-Identifier: MIT
#include "core/net/assettransfer.h"

#include "core/formats/redaction.h"
#include "core/net/assetrules.h"
#include "core/net/diskspace.h"
#include "core/net/mediaurl.h"

#include <QFileInfo>
#include <QLoggingCategory>
#include <QNetworkAccessManager>

using namespace Qt::StringLiterals;

namespace taskreel {

Q_LOGGING_CATEGORY(lcTransfer, "taskreel.transfer", QtInfoMsg)

static constexpr qint64 kBlockBytes = 256 * 1024;
static constexpr qint64 kReadBufferBytes = 4 * 1024 * 1024; // memory stays flat behind a slow disk

static qint64 declaredLength(const QNetworkReply &reply)
{
    const QVariant length = reply.header(QNetworkRequest::ContentLengthHeader);
    return length.isValid() ? length.toLongLong() : -1;
}

AssetTransfer::AssetTransfer(const AssetRequest &request, const AssetLimits &limits,
                             QNetworkAccessManager *network, QObject *parent)
    : AssetJob(request.partPath, request.expected, parent), m_request(request), m_limits(limits),
      m_network(network)
{
    if (!request.source.url.isEmpty())
        m_addresses.append(Address{request.source.url, 0, {}, true});
    for (const QByteArray &mirror : request.source.mirrors)
        m_addresses.append(Address{mirror, 0, {}, true});
    m_stallTimer.setSingleShot(true);
    m_stallTimer.setInterval(limits.stall);
    m_retryTimer.setSingleShot(true);
    connect(&m_stallTimer, &QTimer::timeout, this, &AssetTransfer::stalled);
    connect(&m_retryTimer, &QTimer::timeout, this, &AssetTransfer::tryAddress);
}

AssetTransfer::~AssetTransfer()
{
    dropReply();
}

void AssetTransfer::start()
{
    if (m_addresses.isEmpty())
        return fail(Error{ErrorKind::NoMedia, 0, {}, {}, -1});
    tryAddress();
}

void AssetTransfer::stop()
{
    m_stallTimer.stop();
    m_retryTimer.stop();
    dropReply();
    m_block.clear();
}

void AssetTransfer::tryAddress()
{
    Address &address = m_addresses[m_current];
    ++address.tries;
    m_hops = 0;
    const Result<QUrl> url = mediaUrl(address.received, m_request.loopbackAllowed);
    if (!url)
        return addressFailed(url.error());
    send(*url);
}

void AssetTransfer::addressFailed(const Error &error)
{
    m_stallTimer.stop();
    rememberResumePoint();
    dropReply();
    qCInfo(lcTransfer).noquote() << "address" << m_current
                                 << "failed:" << static_cast<int>(error.kind) << error.httpStatus
                                 << error.detail;
    m_addresses[m_current].error = error;
    nextAddress();
}

void AssetTransfer::nextAddress()
{
    for (++m_current; m_current < m_addresses.size(); ++m_current) {
        if (m_addresses.at(m_current).given)
            return tryAddress();
    }
    endRound();
}

/// Every address failed: wait and try those again that time may mend.
void AssetTransfer::endRound()
{
    std::optional<std::chrono::milliseconds> wait;
    m_current = -1;
    for (qsizetype i = 0; i < m_addresses.size(); ++i) {
        Address &address = m_addresses[i];
        const auto delay = retryDelay(address.error, address.tries, m_limits, m_request.fresh);
        address.given = delay.has_value();
        if (!delay)
            continue;
        if (m_current < 0)
            m_current = i;
        wait = wait ? std::min(*wait, *delay) : *delay;
    }
    if (!wait)
        return fail(m_addresses.constFirst().error);
    m_retryTimer.start(*wait);
}

void AssetTransfer::send(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader("User-Agent", "Taskreel/" TASKREEL_VERSION);
    if (m_resume.address == m_current && m_resume.offset > 0) {
        request.setRawHeader("Range", "bytes=" + QByteArray::number(m_resume.offset) + '-');
        request.setRawHeader("If-Range", m_resume.validator);
    }
    m_accepted = false;
    m_total = -1;
    m_reply = m_network->get(request);
    m_reply->setReadBufferSize(kReadBufferBytes);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &AssetTransfer::readHead);
    connect(m_reply, &QNetworkReply::readyRead, this, &AssetTransfer::readBody);
    connect(m_reply, &QNetworkReply::finished, this, &AssetTransfer::endReply);
    m_stallTimer.start();
}

void AssetTransfer::dropReply()
{
    if (!m_reply)
        return;
    // Nothing of it may be heard any more. Its end closes the connection; abort() within its own
    // signals makes Qt 6.4 complain about a second error.
    m_reply->disconnect(this);
    m_reply->deleteLater();
    m_reply = nullptr;
}

void AssetTransfer::stalled()
{
    const auto ms = m_limits.stall.count();
    addressFailed(Error{ErrorKind::Timeout, 0, {}, u"no byte for %1 ms"_s.arg(ms), -1});
}

void AssetTransfer::readHead()
{
    if (m_accepted || !m_reply)
        return;
    m_stallTimer.start();
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status < 200)
        return;
    if (status >= 300 && status < 400 && status != 304)
        return followRedirect();
    if (status == 416 && m_resume.offset > 0) {
        m_resume = {};
        const QUrl url = m_reply->url();
        dropReply();
        return send(url);
    }
    if (const std::optional<Error> problem = bodyProblem(status))
        return addressFailed(*problem);
    acceptBody(status);
}

void AssetTransfer::followRedirect()
{
    if (m_hops == kMaxRedirects)
        return addressFailed(Error{
            ErrorKind::RefusedAddress, 0, {}, u"more than %1 redirects"_s.arg(kMaxRedirects), -1});
    ++m_hops;
    const Result<QUrl> target =
        redirectTarget(m_reply->url(), m_reply->rawHeader("Location"), m_request.loopbackAllowed);
    if (!target)
        return addressFailed(target.error());
    qCDebug(lcTransfer).noquote() << "redirected to" << urlForLog(*target);
    dropReply();
    send(*target);
}

/// What the head says against writing the body.
std::optional<Error> AssetTransfer::bodyProblem(int status) const
{
    const bool resumed = status == 206 && m_resume.offset > 0 && m_resume.address == m_current;
    if (status != 200 && !resumed) {
        const QByteArray reason =
            m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toByteArray();
        return errorForStatus(status, reason, m_reply->rawHeader("Retry-After"));
    }
    const QByteArray encoding = m_reply->rawHeader("Content-Encoding").trimmed().toLower();
    if (!encoding.isEmpty() && encoding != "identity")
        return Error{ErrorKind::NotMedia,
                     status,
                     {},
                     u"Content-Encoding: "_s + QString::fromLatin1(encoding),
                     -1};
    const qint64 length = declaredLength(*m_reply);
    const qint64 cap = byteCap(m_limits, expected());
    if (length > cap)
        return Error{
            ErrorKind::TooLarge, status, {}, u"%1 of at most %2 bytes"_s.arg(length).arg(cap), -1};
    return std::nullopt;
}

void AssetTransfer::acceptBody(int status)
{
    const qint64 length = declaredLength(*m_reply);
    if (const Result<qint64> space =
            checkDiskSpace(QFileInfo(part().path()).path(), std::max<qint64>(length, 0));
        !space)
        return fail(space.error());
    if (status == 206) {
        if (!continuesAt(m_reply->rawHeader("Content-Range"), m_resume.offset, m_resume.total)) {
            m_resume = {};
            const QUrl url = m_reply->url();
            dropReply();
            return send(url);
        }
        m_total = length < 0 ? m_resume.total : m_resume.offset + length;
    } else {
        m_resume = {};
        if (const std::optional<Error> error = part().restart())
            return fail(*error);
        m_total = length;
    }
    m_accepted = true;
}

void AssetTransfer::readBody()
{
    if (!m_accepted)
        return;
    m_stallTimer.start();
    m_block.resize(kBlockBytes);
    const qint64 cap = byteCap(m_limits, expected());
    while (m_reply) {
        const qint64 size = m_reply->read(m_block.data(), m_block.size());
        if (size <= 0)
            break;
        if (part().bytes() + size > cap)
            return addressFailed(
                Error{ErrorKind::TooLarge, 0, {}, u"over %1 bytes"_s.arg(cap), -1});
        if (const std::optional<Error> error = part().write(m_block.constData(), size))
            return fail(*error);
    }
    tick(m_total);
}

void AssetTransfer::endReply()
{
    readHead(); // an answer without a body may end before its head was announced
    if (!m_reply)
        return;
    if (!m_accepted) {
        addressFailed(m_reply->error() == QNetworkReply::NoError
                          ? errorForStatus(0, {}, {})
                          : errorForReply(m_reply->error(), m_reply->errorString()));
        return;
    }
    readBody();
    if (m_reply)
        bodyEnded();
}

void AssetTransfer::bodyEnded()
{
    m_stallTimer.stop();
    if (m_reply->error() != QNetworkReply::NoError)
        return addressFailed(errorForReply(m_reply->error(), m_reply->errorString()));
    if (m_total >= 0 && part().bytes() != m_total)
        return addressFailed(Error{ErrorKind::Incomplete,
                                   0,
                                   {},
                                   u"%1 of %2 bytes"_s.arg(part().bytes()).arg(m_total),
                                   -1});
    dropReply();
    m_resume = {}; // what fails the check is not built on
    if (const std::optional<Error> problem = complete()) {
        if (problem->kind == ErrorKind::DiskFull || problem->kind == ErrorKind::CannotWrite)
            return fail(*problem);
        addressFailed(*problem);
    }
}

/// Called while the reply is still here: what has arrived may be built on if the server named the
/// file's state by a strong ETag or a time.
void AssetTransfer::rememberResumePoint()
{
    if (!m_reply || !m_accepted)
        return;
    m_resume = {};
    const QByteArray etag = m_reply->rawHeader("ETag");
    const QByteArray validator =
        !etag.isEmpty() && !etag.startsWith("W/") ? etag : m_reply->rawHeader("Last-Modified");
    if (!validator.isEmpty() && part().bytes() > 0)
        m_resume = {part().bytes(), m_total, validator, m_current};
}

} // namespace taskreel
