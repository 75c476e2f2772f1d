// SPDX-License-Identifier: MIT
#include "core/net/assettransfer.h"

#include "core/formats/redaction.h"
#include "core/net/assetrules.h"
#include "core/net/mediaurl.h"

#include <QLoggingCategory>
#include <QNetworkAccessManager>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace taskreel {

Q_LOGGING_CATEGORY(lcTransfer, "taskreel.transfer", QtInfoMsg)

static constexpr auto kThrottle = 20ms;
static constexpr qint64 kReadBufferBytes = 1024 * 1024; // memory stays flat behind a slow disk

AssetTransfer::AssetTransfer(const AssetRequest &request, const AssetLimits &limits,
                             QNetworkAccessManager *network, SpeedLimit *speed, FileWork *files,
                             QObject *parent)
    : AssetJob(request.partPath, request.expected, files, parent), m_request(request),
      m_limits(limits), m_network(network), m_speed(request.limited ? speed : nullptr)
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
    m_throttle.setSingleShot(true);
    m_throttle.setInterval(kThrottle);
    connect(&m_throttle, &QTimer::timeout, this, [this] {
        if (m_reply && m_reply->isFinished())
            endReply();
        else
            readBody();
    });
    if (request.durable && !request.partIsOurs)
        refuseExisting();
}

AssetTransfer::~AssetTransfer()
{
    rememberResumePoint();
    dropReply();
    settlePart(); // the program ends: a download goes on from here when it is back
}

void AssetTransfer::start()
{
    if (m_addresses.isEmpty())
        return fail(Error{ErrorKind::NoMedia, 0, {}, {}, -1});
    if (!m_request.durable || !m_request.partIsOurs)
        return tryAddress();
    beside([path = part().path()](const std::atomic_bool &stop) { return readRemains(path, stop); },
           [this](const Result<PartRemains> &remains) {
               if (remains)
                   takeUp(*remains);
               else
                   fail(remains.error());
           });
}

/// What an earlier transfer left is worth something if its file can be told from others. A link may
/// have been renewed meanwhile: then an ETag still names the content, a mere time does not.
void AssetTransfer::takeUp(const PartRemains &remains)
{
    if (const std::optional<Error> error = part().resume(remains))
        return fail(*error);
    const AssetHead &head = m_request.resume;
    const auto isOfPart = [&head](const Address &address) { return address.received == head.url; };
    const auto it = std::find_if(m_addresses.cbegin(), m_addresses.cend(), isOfPart);
    qsizetype address = it - m_addresses.cbegin();
    if (it == m_addresses.cend())
        address = head.validator.startsWith('"') ? 0 : -1;
    const bool fits = head.total < 0 || part().bytes() <= head.total;
    if (part().bytes() == 0 || head.validator.isEmpty() || address < 0 || !fits)
        return tryAddress();
    m_resume = {part().bytes(), head.total, head.validator, address};
    m_current = address;
    m_takingUp = part().bytes() == head.total;
    if (m_takingUp)
        complete(); // it broke off between the last byte and the check
    else
        tryAddress();
}

void AssetTransfer::checkFailed(const Error &error)
{
    if (error.kind == ErrorKind::DiskFull || error.kind == ErrorKind::CannotWrite)
        return fail(error);
    m_resume = {}; // what fails the check is not built on
    if (!std::exchange(m_takingUp, false))
        return addressFailed(error);
    m_current = 0;
    tryAddress(); // not the file after all: from the start
}

void AssetTransfer::stop()
{
    m_stallTimer.stop();
    m_retryTimer.stop();
    m_throttle.stop();
    rememberResumePoint();
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
    // Another address starts from its first byte: not while this one may go on where it was.
    const Address &failed = m_addresses.at(m_current);
    if (m_resume.offset > 0 && m_resume.address == m_current && isPassing(failed.error.kind)) {
        if (const auto delay = retryDelay(failed.error, failed.tries, m_limits, m_request.fresh)) {
            m_retryTimer.start(*delay);
            return;
        }
    }
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
    m_awaitingLeave = false;
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
    m_throttle.stop();
    m_awaitingLeave = false;
    m_reply->disconnect(this);
    m_reply->deleteLater();
    m_reply = nullptr;
}

void AssetTransfer::stalled()
{
    const auto ms = m_limits.stall.count();
    addressFailed(Error{ErrorKind::Timeout, 0, {}, u"no byte for %1 ms"_s.arg(ms), -1});
}

} // namespace taskreel
