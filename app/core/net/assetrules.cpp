// SPDX-License-Identifier: MIT
#include "core/net/assetrules.h"

#include "core/formats/httpdates.h"
#include "core/net/mediaurl.h"
#include "core/net/networkerrors.h"

#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace taskreel {

static constexpr qint64 kMiB = 1024 * 1024;
static constexpr int kPassingTries = 4;
static constexpr int kIncompleteTries = 2; // it may have been cut, or be broken at the source
static constexpr int kFreshTries = 6; // with the usual first wait, a quarter of a minute in all
static constexpr auto kLongestRetryWait = 30s;

qint64 byteCap(const AssetLimits &limits, MediaKind kind)
{
    if (limits.byteCap >= 0)
        return limits.byteCap;
    switch (kind) {
    case MediaKind::Image:
    case MediaKind::Text:
        return 64 * kMiB;
    case MediaKind::Audio:
        return 512 * kMiB;
    case MediaKind::Model:
        return 1024 * kMiB;
    case MediaKind::Video:
    case MediaKind::Unknown:
        break;
    }
    return 4096 * kMiB;
}

static ErrorKind kindForStatus(int status)
{
    if (status == 429)
        return ErrorKind::RateLimited;
    if (status == 408)
        return ErrorKind::Timeout;
    if (status >= 500)
        return ErrorKind::ServerFault;
    // Expired signatures come as 400 too; whatever the number, this link does not give the file.
    if (status >= 400)
        return ErrorKind::LinkDead;
    return ErrorKind::BadAnswer;
}

Error errorForStatus(int httpStatus, const QByteArray &reason, const QByteArray &retryAfter)
{
    Error error{kindForStatus(httpStatus), httpStatus, QString::fromUtf8(reason), {}, -1};
    if (!retryAfter.isEmpty() && isPassing(error.kind))
        error.retryAfterMs = retryAfterMs(retryAfter, QDateTime::currentDateTimeUtc());
    return error;
}

Error errorForReply(QNetworkReply::NetworkError error, const QString &words)
{
    const ErrorKind kind = errorKindOf(error);
    return {kind == ErrorKind::None ? ErrorKind::BadAnswer : kind, 0, words, {}, -1};
}

Result<QUrl> redirectTarget(const QUrl &from, const QByteArray &location, bool loopbackAllowed)
{
    QByteArray received = location.trimmed();
    if (received.isEmpty())
        return failure(ErrorKind::BadAnswer, {}, u"a redirect without Location"_s);
    const QUrl target = QUrl::fromEncoded(received);
    if (target.isRelative())
        received = from.resolved(target).toEncoded();
    Result<QUrl> url = mediaUrl(received, loopbackAllowed);
    if (url && from.scheme() == "https"_L1 && url->scheme() != "https"_L1)
        return failure(ErrorKind::RefusedAddress, {}, u"a redirect from https to http"_s);
    return url;
}

static bool mayBe(MediaKind kind, MediaProbe::Form form, MediaKind expected)
{
    if (kind == expected || expected == MediaKind::Unknown)
        return true;
    // Kinds are guesses from field names: sound in an MP4 and moving pictures in a GIF are honest.
    const bool timed = kind == MediaKind::Video || kind == MediaKind::Audio;
    if (timed && (expected == MediaKind::Video || expected == MediaKind::Audio))
        return true;
    return expected == MediaKind::Video
        && (form == MediaProbe::Form::Gif || form == MediaProbe::Form::WebP);
}

static QString formWord(MediaProbe::Form form)
{
    switch (form) {
    case MediaProbe::Form::Html:
        return u"an HTML page"_s;
    case MediaProbe::Form::Playlist:
        return u"a playlist"_s;
    case MediaProbe::Form::Json:
        return u"JSON"_s;
    default:
        return u"unknown content"_s;
    }
}

std::optional<Error> contentProblem(const MediaProbe &probe, MediaKind expected)
{
    if (probe.form == MediaProbe::Form::Empty)
        return Error{ErrorKind::Incomplete, 0, {}, u"the file is empty"_s, -1};
    if (probe.kind == MediaKind::Unknown)
        return Error{ErrorKind::NotMedia, 0, {}, formWord(probe.form), -1};
    if (!mayBe(probe.kind, probe.form, expected))
        return Error{ErrorKind::NotMedia, 0, {}, u"another kind of file: "_s + probe.extension, -1};
    if (!probe.complete)
        return Error{ErrorKind::Incomplete, 0, {}, probe.problem, -1};
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> retryDelay(const Error &error, int tries,
                                                    const AssetLimits &limits, bool fresh)
{
    const bool notYetThere = fresh && error.kind == ErrorKind::LinkDead && error.httpStatus == 404;
    const int allowed = notYetThere           ? kFreshTries
        : isPassing(error.kind)               ? kPassingTries
        : error.kind == ErrorKind::Incomplete ? kIncompleteTries
                                              : 0;
    if (tries >= allowed)
        return std::nullopt;
    if (error.retryAfterMs > std::chrono::milliseconds(kLongestRetryWait).count())
        return std::nullopt;
    const double jitter = 0.8 + 0.4 * QRandomGenerator::global()->generateDouble();
    const auto growing = static_cast<double>(limits.firstRetry.count() << (tries - 1));
    const auto wait = std::max(static_cast<qint64>(growing * jitter), error.retryAfterMs);
    return std::chrono::milliseconds(wait);
}

QByteArray strongValidator(const QByteArray &etag, const QByteArray &lastModified,
                           const QByteArray &date)
{
    if (etag.startsWith('"'))
        return etag;
    if (!etag.isEmpty())
        return {}; // a weak one says that the bytes may differ
    const QDateTime modified = httpDate(lastModified);
    const QDateTime answered = httpDate(date);
    constexpr qint64 kSurelyOlder = 60; // seconds
    if (!modified.isValid() || !answered.isValid() || modified.secsTo(answered) < kSurelyOlder)
        return {};
    return lastModified;
}

qint64 rangeEnd(const QByteArray &contentRange)
{
    const qsizetype dash = contentRange.indexOf('-');
    const qsizetype slash = contentRange.indexOf('/', dash);
    if (dash < 0 || slash < 0)
        return -1;
    bool ok = false;
    const qint64 last = contentRange.mid(dash + 1, slash - dash - 1).toLongLong(&ok);
    return ok ? last + 1 : -1;
}

bool continuesAt(const QByteArray &contentRange, qint64 offset, qint64 total)
{
    if (!contentRange.startsWith("bytes "))
        return false;
    const qsizetype dash = contentRange.indexOf('-');
    const qsizetype slash = contentRange.indexOf('/');
    if (dash < 6 || slash < dash)
        return false;
    bool startOk = false;
    bool endOk = false;
    const qint64 start = contentRange.mid(6, dash - 6).toLongLong(&startOk);
    const qint64 end = contentRange.mid(dash + 1, slash - dash - 1).toLongLong(&endOk);
    const QByteArray size = contentRange.mid(slash + 1).trimmed();
    if (!startOk || !endOk || start != offset || end < start)
        return false;
    if (size == "*")
        return total < 0 || end + 1 == total;
    return end + 1 == size.toLongLong() && (total < 0 || size.toLongLong() == total);
}

} // namespace taskreel
