// SPDX-License-Identifier: MIT
#include "core/formats/httpdates.h"

#include <QLocale>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr qint64 kDayMs = 24LL * 60 * 60 * 1000;

static bool isDigits(QByteArrayView text)
{
    return !text.isEmpty()
        && std::all_of(text.cbegin(), text.cend(), [](char c) { return c >= '0' && c <= '9'; });
}

static QDateTime utcFrom(const QString &text, const QString &format)
{
    QDateTime time = QLocale::c().toDateTime(text, format);
    time.setTimeSpec(Qt::UTC);
    return time;
}

QDateTime httpDate(const QByteArray &header)
{
    const QString text = QString::fromLatin1(header).simplified();
    QDateTime time = utcFrom(text, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (time.isValid())
        return time;
    time = utcFrom(text, u"ddd MMM d hh:mm:ss yyyy"_s);
    if (time.isValid())
        return time;
    // The day of the week belongs to the century that is not written.
    time = utcFrom(text.section(u',', 1).trimmed(), u"dd-MMM-yy hh:mm:ss 'GMT'"_s);
    // Qt reads two digits as 19yy.
    return time.isValid() && time.date().year() < 1970 ? time.addYears(100) : time;
}

qint64 retryAfterMs(const QByteArray &header, const QDateTime &now)
{
    const QByteArray text = header.trimmed();
    if (isDigits(text)) {
        bool ok = false;
        const qint64 seconds = text.toLongLong(&ok);
        return !ok || seconds > kDayMs / 1000 ? kDayMs : seconds * 1000;
    }
    const QDateTime time = httpDate(text);
    if (!time.isValid() || !now.isValid())
        return -1;
    return std::clamp<qint64>(now.msecsTo(time), 0, kDayMs);
}

static QByteArray queryValue(const QByteArray &query, const char *name)
{
    const QList<QByteArray> pairs = query.split('&');
    for (const QByteArray &pair : pairs) {
        const qsizetype equals = pair.indexOf('=');
        if (equals > 0 && pair.left(equals).compare(name, Qt::CaseInsensitive) == 0)
            return pair.mid(equals + 1);
    }
    return {};
}

static QDateTime datePlusSeconds(const QByteArray &date, const QByteArray &seconds)
{
    constexpr int kLongest = 7 * 24 * 3600 * 100; // far over what any signer allows
    if (!isDigits(seconds) || seconds.size() > 9)
        return {};
    const QDateTime start = utcFrom(QString::fromLatin1(date), u"yyyyMMdd'T'hhmmss'Z'"_s);
    const int span = seconds.toInt();
    return start.isValid() && span <= kLongest ? start.addSecs(span) : QDateTime();
}

QDateTime linkExpiry(const QByteArray &url)
{
    const qsizetype question = url.indexOf('?');
    if (question < 0)
        return {};
    QByteArray query = url.mid(question + 1);
    if (const qsizetype hash = query.indexOf('#'); hash >= 0)
        query.truncate(hash);
    for (const auto &[date, span] :
         {std::pair{"X-Amz-Date", "X-Amz-Expires"}, std::pair{"X-Goog-Date", "X-Goog-Expires"}}) {
        const QDateTime time = datePlusSeconds(queryValue(query, date), queryValue(query, span));
        if (time.isValid())
            return time;
    }
    const QByteArray expires = queryValue(query, "Expires");
    // Anything outside the years 2001 to 2286 is not a time in seconds.
    if (!isDigits(expires) || expires.size() != 10)
        return {};
    return QDateTime::fromSecsSinceEpoch(expires.toLongLong(), Qt::UTC);
}

/// Qt reads three fractional digits; the service sends up to nine.
static QString withMilliseconds(const QString &text)
{
    const qsizetype dot = text.indexOf(u'.');
    if (dot < 0)
        return text;
    qsizetype end = dot + 1;
    while (end < text.size() && text[end] >= u'0' && text[end] <= u'9')
        ++end;
    const QString digits = text.mid(dot + 1, end - dot - 1).left(3).leftJustified(3, u'0');
    return text.left(dot) + u'.' + digits + text.mid(end);
}

static QDateTime fromUnixDigits(const QString &text)
{
    const qint64 number = text.toLongLong();
    if (text.size() == 10)
        return QDateTime::fromSecsSinceEpoch(number, Qt::UTC);
    return text.size() == 13 ? QDateTime::fromMSecsSinceEpoch(number, Qt::UTC) : QDateTime();
}

QDateTime apiTime(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (isDigits(trimmed.toLatin1()))
        return fromUnixDigits(trimmed);
    constexpr qsizetype kLongest = 40;
    if (trimmed.size() < 19 || trimmed.size() > kLongest)
        return {};
    QString iso = withMilliseconds(trimmed);
    if (iso[10] == u' ')
        iso[10] = u'T';
    QDateTime time = QDateTime::fromString(iso, Qt::ISODateWithMs);
    if (!time.isValid())
        return {};
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    time = time.toUTC();
    // The service's unset time is the first of January of the year 1.
    return time.date().year() > 1970 ? time : QDateTime();
}

} // namespace taskreel
