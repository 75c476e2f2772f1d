// SPDX-License-Identifier: MIT
#include "core/text/quantities.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr qint64 kSecond = 1000;
static constexpr qint64 kMinute = 60 * kSecond;
static constexpr qint64 kHour = 60 * kMinute;
static constexpr qint64 kDay = 24 * kHour;
static constexpr QChar kNoBreak{u'\u00a0'};

static QString say(const char *text)
{
    return QCoreApplication::translate("Quantities", text);
}

static QString number(qint64 value)
{
    return QLocale().toString(value);
}

/// Keeps a number and its unit on one line.
static QString unbroken(QString text)
{
    return text.replace(u' ', kNoBreak);
}

QString bytesText(qint64 bytes)
{
    return unbroken(
        QLocale().formattedDataSize(std::max<qint64>(bytes, 0), 1, QLocale::DataSizeSIFormat));
}

QString secondsText(qint64 ms)
{
    if (ms <= 0)
        return u"\u2014"_s;
    if (ms >= kMinute)
        return spanText(ms);
    //: seconds, as in "5.1 s"
    return unbroken(say(QT_TRANSLATE_NOOP("Quantities", "%1 s")))
        .arg(QLocale().toString(static_cast<double>(ms) / kSecond, 'f', 1));
}

QString clockText(qint64 ms)
{
    const qint64 tenths = std::max<qint64>(ms, 0) / 100;
    const qint64 minutes = tenths / 600;
    const QString seconds = u"%1%2%3"_s.arg(tenths / 10 % 60, 2, 10, QChar(u'0'))
                                .arg(QLocale().decimalPoint())
                                .arg(tenths % 10);
    if (minutes < 60)
        return u"%1:%2"_s.arg(QString::number(minutes), seconds);
    return u"%1:%2:%3"_s.arg(QString::number(minutes / 60),
                             QString::number(minutes % 60).rightJustified(2, u'0'), seconds);
}

QString sizeText(const QSize &px)
{
    if (px.isEmpty())
        return {};
    return u"%1\u00a0\u00d7\u00a0%2"_s.arg(QString::number(px.width()),
                                           QString::number(px.height()));
}

QString costText(double usd)
{
    // Less than a cent would read as nothing.
    const int digits = usd > 0 && usd < 0.095 ? 3 : 2;
    // Dollars as the price list writes them, whatever the locale's own money looks like.
    return u"\u2248\u00a0$"_s + QLocale().toString(std::max(usd, 0.0), 'f', digits);
}

QString spanText(qint64 ms)
{
    ms = std::max<qint64>(ms, 0);
    if (ms < kMinute) {
        const bool whole = ms % kSecond == 0 || ms >= 10 * kSecond;
        return unbroken(say(QT_TRANSLATE_NOOP("Quantities", "%1 s")))
            .arg(whole ? number(ms / kSecond)
                       : QLocale().toString(static_cast<double>(ms) / kSecond, 'f', 1));
    }
    if (ms < kHour)
        return unbroken(say(QT_TRANSLATE_NOOP("Quantities", "%1 min %2 s")))
            .arg(number(ms / kMinute), number(ms / kSecond % 60));
    if (ms < kDay)
        return unbroken(say(QT_TRANSLATE_NOOP("Quantities", "%1 h %2 min")))
            .arg(number(ms / kHour), number(ms / kMinute % 60));
    return unbroken(say(QT_TRANSLATE_NOOP("Quantities", "%1 d %2 h")))
        .arg(number(ms / kDay), number(ms / kHour % 24));
}

QString relativeTimeText(const QDateTime &utc, const QDateTime &nowUtc)
{
    if (!utc.isValid())
        return {};
    const qint64 ago = utc.msecsTo(nowUtc);
    // Clocks differ a little: what lies just ahead is now.
    if (ago >= -kMinute && ago < kMinute)
        return unbroken(say(QT_TRANSLATE_NOOP("Quantities", "%1 s ago")))
            .arg(number(std::max<qint64>(ago, 0) / kSecond));
    if (ago >= 0 && ago < kHour)
        return unbroken(say(QT_TRANSLATE_NOOP("Quantities", "%1 min ago")))
            .arg(number(ago / kMinute));
    const QDateTime local = utc.toLocalTime();
    const QDate today = nowUtc.toLocalTime().date();
    const QString time = local.toString(u"HH:mm"_s);
    if (local.date() == today)
        return unbroken(say(QT_TRANSLATE_NOOP("Quantities", "Today %1"))).arg(time);
    if (local.date() == today.addDays(-1))
        return unbroken(say(QT_TRANSLATE_NOOP("Quantities", "Yesterday %1"))).arg(time);
    return unbroken(QLocale().toString(local.date(), u"d MMM yyyy"_s));
}

QString exactTimeText(const QDateTime &utc)
{
    if (!utc.isValid())
        return {};
    const QDateTime local = utc.toLocalTime();
    return unbroken(QLocale().toString(local.date(), u"d MMM yyyy"_s) + u' '
                    + local.toString(u"HH:mm:ss"_s));
}

QString countdownText(qint64 ms)
{
    // Rounded up, so that it never says less than what is left.
    const auto up = [ms](qint64 unit) {
        return number((std::max<qint64>(ms, 0) + unit - 1) / unit);
    };
    if (ms <= kMinute - kSecond)
        return unbroken(say(QT_TRANSLATE_NOOP("Quantities", "%1 s"))).arg(up(kSecond));
    if (ms <= kHour - kMinute)
        return unbroken(say(QT_TRANSLATE_NOOP("Quantities", "%1 min"))).arg(up(kMinute));
    return unbroken(say(QT_TRANSLATE_NOOP("Quantities", "%1 h"))).arg(up(kHour));
}

QString resultAgeText(qint64 ms)
{
    ms = std::max<qint64>(ms, 0);
    if (ms < kHour)
        return unbroken(say(QT_TRANSLATE_NOOP("Quantities", "%1 min old"))).arg(number(ms / kMinute));
    if (ms < kDay)
        return unbroken(say(QT_TRANSLATE_NOOP("Quantities", "%1 h old"))).arg(number(ms / kHour));
    return unbroken(
        QCoreApplication::translate("Quantities", "%n day(s) old", nullptr, int(ms / kDay)));
}

QString variantText(Variant variant)
{
    switch (variant) {
    case Variant::Watermarked:
        return say(QT_TRANSLATE_NOOP("Quantities", "Watermarked"));
    case Variant::Unwatermarked:
        return say(QT_TRANSLATE_NOOP("Quantities", "Without watermark"));
    case Variant::Unstated:
        break;
    }
    return say(QT_TRANSLATE_NOOP("Quantities", "Watermark not stated"));
}

QString kindText(MediaKind kind)
{
    switch (kind) {
    case MediaKind::Video:
        return say(QT_TRANSLATE_NOOP("Quantities", "Video"));
    case MediaKind::Image:
        return say(QT_TRANSLATE_NOOP("Quantities", "Image"));
    case MediaKind::Audio:
        return say(QT_TRANSLATE_NOOP("Quantities", "Audio"));
    case MediaKind::Model:
        return say(QT_TRANSLATE_NOOP("Quantities", "3D model"));
    case MediaKind::Text:
        return say(QT_TRANSLATE_NOOP("Quantities", "Text"));
    case MediaKind::Unknown:
        break;
    }
    return say(QT_TRANSLATE_NOOP("Quantities", "File"));
}

} // namespace taskreel
