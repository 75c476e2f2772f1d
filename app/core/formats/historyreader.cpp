// SPDX-License-Identifier: MIT
#include "core/formats/historyreader.h"

#include "core/formats/answererror.h"
#include "core/formats/httpdates.h"
#include "core/formats/jsonread.h"

#include <QJsonDocument>

#include <algorithm>
#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr qsizetype kMaxBytes = 16 * 1024 * 1024;
static constexpr qsizetype kMaxRows = 1'000; // ten times what one page may hold
static constexpr qsizetype kMaxId = 128;
static constexpr qsizetype kMaxText = 100;

/// What could be sent back as an id without being something else (API.md §6).
static bool isTaskId(const QString &text)
{
    constexpr qsizetype kMinId = 8;
    return text.size() >= kMinId && text.size() <= kMaxId
        && std::all_of(text.cbegin(), text.cend(),
                       [](QChar c) {
                           return (c.unicode() < 0x80 && c.isLetterOrNumber()) || c == u'-'
                               || c == u'_';
                       })
        && std::any_of(text.cbegin(), text.cend(), [](QChar c) { return c.isDigit(); });
}

static QString firstText(const QJsonObject &object, std::initializer_list<QLatin1StringView> names)
{
    for (const QLatin1StringView name : names) {
        if (const QString text = jsonText(object.value(name)); !text.isEmpty())
            return text.simplified().left(kMaxText);
    }
    return {};
}

/// RFC 3339, or seconds since 1970 as a number or text; thousandths where seconds would be far off.
static QDateTime timeOf(const QJsonValue &value)
{
    constexpr double kSecondsUntil = 1e11; // the year 5138
    constexpr double kMillisecondsUntil = 1e14;
    if (const std::optional<double> number = jsonNumber(value)) {
        if (!(*number >= 1) || *number >= kMillisecondsUntil)
            return {};
        const double ms = *number < kSecondsUntil ? *number * 1000.0 : *number;
        return QDateTime::fromMSecsSinceEpoch(std::llround(ms), Qt::UTC);
    }
    return apiTime(jsonText(value));
}

static std::optional<HistoryRow> rowFrom(const QJsonValue &value)
{
    const QJsonObject object = jsonObject(value);
    HistoryRow row;
    row.taskId = jsonText(object.value("task_id"_L1));
    if (!isTaskId(row.taskId))
        return std::nullopt;
    row.model = firstText(object, {"task_model"_L1, "model"_L1});
    row.taskType = firstText(object, {"action"_L1, "task_type"_L1});
    row.rawStatus = firstText(object, {"status"_L1});
    row.status = taskStatusFromWord(row.rawStatus);
    row.createdAt = timeOf(object.value("created_at"_L1));
    return row;
}

static std::optional<QJsonArray> listIn(const QJsonValue &value)
{
    if (value.isArray())
        return value.toArray();
    if (value.isString() && looksLikeJson(value.toString())) {
        const QJsonDocument inner = QJsonDocument::fromJson(value.toString().toUtf8());
        if (inner.isArray())
            return inner.array();
    }
    return std::nullopt;
}

Result<HistoryPage> readHistory(const QByteArray &body, int httpStatus)
{
    if (body.size() > kMaxBytes)
        return tl::unexpected<Error>(Error{ErrorKind::TooLarge, httpStatus, {}, {}, -1});
    const Error error = answerError(body, httpStatus);
    const QJsonObject envelope = QJsonDocument::fromJson(body).object();
    if (error.httpStatus >= 300 || envelope.isEmpty())
        return tl::unexpected<Error>(error);
    const QJsonValue data = envelope.value("data"_L1);
    const QJsonObject inner = jsonObject(data);
    std::optional<QJsonArray> list = listIn(data);
    if (!list)
        list = listIn(inner.value("data"_L1));
    // An account without tasks may have no list at all, but then it says that there are none.
    const std::optional<double> total = jsonNumber(inner.value("total"_L1));
    if (!list && total == 0.0)
        list = QJsonArray();
    if (!list)
        return tl::unexpected<Error>(error);
    HistoryPage page;
    if (total && *total >= 0)
        page.total = jsonInteger(inner.value("total"_L1));
    const qsizetype count = std::min(list->size(), kMaxRows);
    for (qsizetype i = 0; i < count; ++i) {
        if (const std::optional<HistoryRow> row = rowFrom(list->at(i)))
            page.rows.append(*row);
        else
            ++page.unreadable;
    }
    return page;
}

} // namespace taskreel
