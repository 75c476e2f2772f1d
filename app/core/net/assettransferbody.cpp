// SPDX-License-Identifier: MIT
// The part of AssetTransfer that reads answers.
#include "core/formats/redaction.h"
#include "core/net/assetrules.h"
#include "core/net/assettransfer.h"
#include "core/net/diskspace.h"

#include <QFileInfo>
#include <QLoggingCategory>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

Q_DECLARE_LOGGING_CATEGORY(lcTransfer)

static constexpr qint64 kBlockBytes = 256 * 1024;
static constexpr qint64 kSpaceCheckBytes = 32 * 1024 * 1024;

static qint64 declaredLength(const QNetworkReply &reply)
{
    const QVariant length = reply.header(QNetworkRequest::ContentLengthHeader);
    return length.isValid() ? length.toLongLong() : -1;
}

void AssetTransfer::readHead()
{
    if (m_accepted || m_awaitingLeave || !m_reply)
        return;
    m_stallTimer.start();
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status < 200)
        return;
    if (status >= 300 && status < 400 && status != 304)
        return followRedirect();
    if (status == 416 && m_resume.offset > 0)
        return startOver();
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
    if (const std::optional<Error> full = checkSpace(std::max<qint64>(length, 0)))
        return fail(*full);
    if (status == 206)
        acceptRest();
    else
        acceptWhole();
}

/// Only the rest of just the file that the part is of, and all of it.
void AssetTransfer::acceptRest()
{
    const QByteArray range = m_reply->rawHeader("Content-Range");
    const QByteArray told =
        m_reply->rawHeader(m_resume.validator.startsWith('"') ? "ETag" : "Last-Modified");
    const bool changed = !told.isEmpty() && told != m_resume.validator;
    const qint64 length = declaredLength(*m_reply);
    const qint64 end = rangeEnd(range);
    const bool whole = length < 0 || m_resume.offset + length == end;
    if (changed || !whole || !continuesAt(range, m_resume.offset, m_resume.total))
        return startOver();
    m_total = end;
    m_accepted = true;
}

void AssetTransfer::acceptWhole()
{
    m_resume = {};
    m_total = declaredLength(*m_reply);
    if (m_request.durable) {
        // Nothing of another file may be there when this one's head goes on record.
        if (part().bytes() > 0) {
            if (const std::optional<Error> error = part().restart())
                return fail(*error);
        }
        m_awaitingLeave = true;
        m_stallTimer.stop();
        Q_EMIT headArrived({m_addresses.at(m_current).received, validatorOfReply(), m_total});
        return;
    }
    if (const std::optional<Error> error = part().restart())
        return fail(*error);
    m_accepted = true;
}

void AssetTransfer::proceed()
{
    if (!m_awaitingLeave)
        return; // that answer is gone by now
    m_awaitingLeave = false;
    if (const std::optional<Error> error = part().restart())
        return fail(*error);
    m_accepted = true;
    m_stallTimer.start();
    if (m_reply->isFinished())
        endReply();
    else
        readBody();
}

/// The server does not go on where the part file ends: once more, from the first byte.
void AssetTransfer::startOver()
{
    m_resume = {};
    const QUrl url = m_reply->url();
    dropReply();
    send(url);
}

std::optional<Error> AssetTransfer::checkSpace(qint64 bytes)
{
    m_nextSpaceCheck = part().bytes() + kSpaceCheckBytes;
    const Result<qint64> space = checkDiskSpace(QFileInfo(part().path()).path(), bytes);
    return space ? std::nullopt : std::optional(space.error());
}

void AssetTransfer::readBody()
{
    if (!m_accepted || m_throttle.isActive())
        return;
    m_stallTimer.start();
    m_block.resize(kBlockBytes);
    const qint64 cap = byteCap(m_limits, expected());
    while (m_reply) {
        const qint64 size = readBlock();
        if (size <= 0)
            break;
        if (part().bytes() + size > cap)
            return addressFailed(
                Error{ErrorKind::TooLarge, 0, {}, u"over %1 bytes"_s.arg(cap), -1});
        if (const std::optional<Error> error = part().write(m_block.constData(), size))
            return fail(*error);
        if (part().bytes() < m_nextSpaceCheck)
            continue;
        if (const std::optional<Error> full = checkSpace(0))
            return fail(*full);
        part().flush(); // a later break of the power costs little then
    }
    tick(m_total);
}

qint64 AssetTransfer::readBlock()
{
    if (!m_speed)
        return m_reply->read(m_block.data(), m_block.size());
    const qint64 allowed =
        m_speed->take(std::min<qint64>(m_reply->bytesAvailable(), m_block.size()));
    if (allowed == 0) {
        if (m_reply->bytesAvailable() > 0)
            m_throttle.start();
        return 0;
    }
    const qint64 size = m_reply->read(m_block.data(), allowed);
    m_speed->giveBack(allowed - std::max<qint64>(size, 0));
    return size;
}

void AssetTransfer::endReply()
{
    const QNetworkReply *ended = m_reply; // what follows may send the next request
    readHead(); // an answer without a body may end before its head was announced
    if (!m_reply || m_reply != ended || m_awaitingLeave)
        return;
    if (!m_accepted) {
        addressFailed(m_reply->error() == QNetworkReply::NoError
                          ? errorForStatus(0, {}, {})
                          : errorForReply(m_reply->error(), m_reply->errorString()));
        return;
    }
    readBody();
    if (m_reply && m_reply == ended && !m_throttle.isActive())
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
    rememberResumePoint();
    dropReply();
    complete();
}

/// Called while the reply is still here: what has arrived may be built on if the server named the
/// file's state by a strong ETag or a time.
void AssetTransfer::rememberResumePoint()
{
    if (!m_reply || !m_accepted)
        return;
    const QByteArray known = m_resume.validator; // a 206 need not repeat it
    m_resume = {};
    const QByteArray told = validatorOfReply();
    const QByteArray validator = told.isEmpty() ? known : told;
    if (!validator.isEmpty() && part().bytes() > 0)
        m_resume = {part().bytes(), m_total, validator, m_current};
}

QByteArray AssetTransfer::validatorOfReply() const
{
    return strongValidator(m_reply->rawHeader("ETag"), m_reply->rawHeader("Last-Modified"),
                           m_reply->rawHeader("Date"));
}

bool AssetTransfer::isPartOfUse() const
{
    return m_request.durable && m_resume.offset > 0;
}

} // namespace taskreel
