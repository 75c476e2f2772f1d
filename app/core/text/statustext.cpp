// SPDX-License-Identifier: MIT
#include "core/text/errortext.h"
#include "core/text/quantities.h"
#include "core/text/waittext.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace taskreel {

static QString say(const char *text)
{
    return QCoreApplication::translate("StatusText", text);
}

/// Words of the service on one line; a row shows no more.
static QString oneLine(const QString &text)
{
    constexpr qsizetype kLongest = 200;
    const QString plain = text.simplified();
    return plain.size() > kLongest ? plain.left(kLongest) + u'\u2026' : plain;
}

static QString joined(const QString &first, const QString &second)
{
    if (first.isEmpty() || second.isEmpty())
        return first.isEmpty() ? second : first;
    return first + u" \u00b7 "_s + second;
}

QString statusText(const TaskSummary &row)
{
    switch (row.status) {
    case TaskStatus::NotAsked:
        return say(QT_TRANSLATE_NOOP("StatusText", "Not asked yet"));
    case TaskStatus::Pending:
        return say(QT_TRANSLATE_NOOP("StatusText", "Pending"));
    case TaskStatus::Processing:
        return say(QT_TRANSLATE_NOOP("StatusText", "Processing"));
    case TaskStatus::Completed:
        return say(QT_TRANSLATE_NOOP("StatusText", "Completed"));
    case TaskStatus::Failed:
        return say(QT_TRANSLATE_NOOP("StatusText", "Failed"));
    case TaskStatus::Cancelled:
        return say(QT_TRANSLATE_NOOP("StatusText", "Cancelled"));
    case TaskStatus::Other:
        break;
    }
    const QString word = oneLine(row.rawStatus);
    return word.isEmpty() ? say(QT_TRANSLATE_NOOP("StatusText", "Unknown")) : word;
}

static QString percentText(const TaskSummary &row)
{
    if (!row.percent || *row.percent <= 0 || row.status != TaskStatus::Processing)
        return {};
    //: progress, as in "62 %"
    return say(QT_TRANSLATE_NOOP("StatusText", "%1\u00a0%"))
        .arg(QLocale().toString(qRound(*row.percent)));
}

static QString askedText(const TaskSummary &row, const QDateTime &nowUtc)
{
    if (!row.answeredAt.isValid())
        return {};
    //: %1: "3 s ago"
    return say(QT_TRANSLATE_NOOP("StatusText", "asked %1"))
        .arg(relativeTimeText(row.answeredAt, nowUtc));
}

static QString nextText(const TaskSummary &row, const QDateTime &nowUtc, const char *words)
{
    if (!row.nextCheckAt.isValid())
        return {};
    return say(words).arg(countdownText(nowUtc.msecsTo(row.nextCheckAt)));
}

static QString heldText(const TaskSummary &row)
{
    const ErrorKind kind = row.lastError.kind;
    const bool refused = kind == ErrorKind::KeyRefused || kind == ErrorKind::Forbidden;
    return errorPhrase({refused ? ErrorKind::KeyRefused : ErrorKind::NoKey, 0, {}, {}, -1});
}

static QString endedText(const TaskSummary &row)
{
    if (!row.errorText.isEmpty())
        return oneLine(row.errorText);
    if (row.status == TaskStatus::Completed && row.resultCount == 0)
        return say(QT_TRANSLATE_NOOP("StatusText", "completed without a result"));
    if (row.status == TaskStatus::Failed)
        return say(QT_TRANSLATE_NOOP("StatusText", "the service gave no reason"));
    return {};
}

QString longWaitText(const TaskSummary &row, const QDateTime &nowUtc)
{
    constexpr qint64 kHourMs = 3'600'000;
    constexpr qint64 kLongHours = 2;
    constexpr qint64 kHoursUntil = 48;
    const QDateTime since = row.createdAt.isValid() ? row.createdAt : row.addedAt;
    if (isFinal(row.status) || !row.answeredAt.isValid() || !since.isValid())
        return {};
    const qint64 hours = since.msecsTo(nowUtc) / kHourMs;
    if (hours < kLongHours)
        return {};
    if (hours < kHoursUntil) {
        //: %1: a number of hours
        return say(QT_TRANSLATE_NOOP("StatusText", "not ready after %1\u00a0h"))
            .arg(QLocale().toString(hours));
    }
    //: %1: a number of days
    return say(QT_TRANSLATE_NOOP("StatusText", "not ready after %1\u00a0days"))
        .arg(QLocale().toString(hours / 24));
}

static QString waitingText(const TaskSummary &row, const QDateTime &nowUtc)
{
    const QString percent = percentText(row);
    const QString longWait = longWaitText(row, nowUtc);
    if (!percent.isEmpty())
        return joined(percent, longWait.isEmpty() ? askedText(row, nowUtc) : longWait);
    if (row.fetchState == FetchState::Queued)
        return joined(longWait, say(QT_TRANSLATE_NOOP("StatusText", "waiting to be asked")));
    //: %1: a time span, as in "12 s"
    const QString next = nextText(row, nowUtc, QT_TRANSLATE_NOOP("StatusText", "next check in %1"));
    return joined(longWait, next.isEmpty() ? askedText(row, nowUtc) : next);
}

QString statusDetailText(const TaskSummary &row, const QDateTime &nowUtc)
{
    if (row.fetchState == FetchState::Held)
        return heldText(row);
    if (row.fetchState == FetchState::Offline) {
        const QString percent = percentText(row);
        return joined(percent.isEmpty() ? longWaitText(row, nowUtc) : percent,
                      say(QT_TRANSLATE_NOOP("StatusText", "waits for the network")));
    }
    if (row.fetchState == FetchState::Asking)
        return joined(percentText(row), say(QT_TRANSLATE_NOOP("StatusText", "asking")));
    if (row.lastError.kind != ErrorKind::None) {
        const QString phrase = errorPhrase(row.lastError);
        if (!isPassing(row.lastError.kind))
            return phrase;
        //: %1: a time span, as in "12 s"
        return joined(phrase,
                      nextText(row, nowUtc, QT_TRANSLATE_NOOP("StatusText", "next try in %1")));
    }
    return isFinal(row.status) ? endedText(row) : waitingText(row, nowUtc);
}

} // namespace taskreel
