// SPDX-License-Identifier: MIT
#include "core/formats/answererror.h"

#include "core/formats/jsonread.h"
#include "core/formats/taskjson.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr qsizetype kMaxMessage = 500; // characters of server text that a person may meet

static bool isHtml(const QByteArray &body)
{
    constexpr qsizetype kHead = 256;
    const QByteArray head = body.left(kHead).trimmed().toLower();
    return head.startsWith("<!doctype") || head.startsWith("<html") || head.startsWith("<head")
        || head.startsWith("<?xml");
}

static QString shortened(const QString &text)
{
    const QString plain = text.simplified();
    return plain.size() > kMaxMessage ? plain.left(kMaxMessage) + u'\u2026' : plain;
}

static QString htmlTitle(const QByteArray &body)
{
    constexpr qsizetype kHead = 4096;
    const QString head = QString::fromUtf8(body.left(kHead));
    const qsizetype start = head.indexOf("<title>"_L1, 0, Qt::CaseInsensitive);
    const qsizetype end = head.indexOf("</title>"_L1, start, Qt::CaseInsensitive);
    return start < 0 || end < 0 ? QString() : head.mid(start + 7, end - start - 7);
}

static QString messageOf(const QByteArray &body, const QJsonObject &envelope)
{
    if (isHtml(body))
        return shortened(htmlTitle(body));
    if (!envelope.isEmpty()) {
        const QString inner = errorWords(jsonObject(envelope.value("data"_L1)).value("error"_L1));
        for (const QString &text : {inner, jsonText(envelope.value("message"_L1)),
                                    errorWords(envelope.value("error"_L1))}) {
            if (isFailureMessage(text))
                return shortened(text);
        }
        return {};
    }
    const QByteArray text = body.trimmed();
    const bool damagedJson = text.startsWith('{') || text.startsWith('[');
    return damagedJson ? QString() : shortened(QString::fromUtf8(text.left(4 * kMaxMessage)));
}

/// The envelope's code is closer to the truth than a success or a gateway's general status.
static int effectiveStatus(int httpStatus, const QJsonObject &envelope)
{
    const qint64 code = jsonInteger(envelope.value("code"_L1));
    const bool general =
        httpStatus == 0 || httpStatus / 100 == 2 || httpStatus == 400 || httpStatus / 100 == 5;
    return general && code >= 400 && code < 600 ? static_cast<int>(code) : httpStatus;
}

static bool isAboutCredit(const QString &message)
{
    return message.contains("not enough"_L1, Qt::CaseInsensitive)
        || message.contains("freeze point"_L1, Qt::CaseInsensitive)
        || message.contains("insufficient credit"_L1, Qt::CaseInsensitive);
}

static ErrorKind kindOfStatus(int status)
{
    switch (status) {
    case 400:
    case 404:
    case 410:
    case 422:
        return ErrorKind::NotFound;
    case 401:
        return ErrorKind::KeyRefused;
    case 402:
        return ErrorKind::OutOfCredit;
    case 403:
        return ErrorKind::Forbidden;
    case 408:
    case 425:
        return ErrorKind::ServerFault;
    case 429:
        return ErrorKind::RateLimited;
    default:
        break;
    }
    if (status >= 500)
        return ErrorKind::ServerFault;
    if (status >= 300 && status < 400)
        return ErrorKind::Redirected;
    return status >= 400 ? ErrorKind::Other : ErrorKind::BadAnswer;
}

Error answerError(const QByteArray &body, int httpStatus)
{
    const QJsonObject envelope = QJsonDocument::fromJson(body).object();
    Error error;
    error.httpStatus = effectiveStatus(httpStatus, envelope);
    error.message = messageOf(body, envelope);
    error.kind = kindOfStatus(error.httpStatus);
    const bool decided = error.kind == ErrorKind::KeyRefused || error.kind == ErrorKind::RateLimited
        || error.kind == ErrorKind::Redirected;
    if (decided)
        return error;
    // A page comes from something in between and says nothing about the key or the task.
    if (isHtml(body))
        error.kind = ErrorKind::ServerFault;
    else if (isAboutCredit(error.message))
        error.kind = ErrorKind::OutOfCredit;
    else if (error.kind == ErrorKind::BadAnswer
             && error.message.contains("not found"_L1, Qt::CaseInsensitive))
        error.kind = ErrorKind::NotFound;
    return error;
}

} // namespace taskreel
