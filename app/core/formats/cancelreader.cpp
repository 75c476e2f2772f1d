// SPDX-License-Identifier: MIT
#include "core/formats/cancelreader.h"

#include "core/formats/answererror.h"
#include "core/formats/jsonread.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace taskreel {

Result<QString> readCancelAnswer(const QByteArray &body, int httpStatus)
{
    constexpr qsizetype kLongestWords = 500;
    const Error error = answerError(body, httpStatus);
    const QJsonObject envelope = QJsonDocument::fromJson(body).object();
    // Agreed is what says so: a page in between with status 200 did not cancel anything.
    const bool empty = body.trimmed().isEmpty() && httpStatus != 0;
    if (error.httpStatus / 100 != 2 || (envelope.isEmpty() && !empty))
        return tl::unexpected<Error>(error);
    return jsonText(envelope.value("message"_L1)).simplified().left(kLongestWords);
}

} // namespace taskreel
