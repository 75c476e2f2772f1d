// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/domain/task.h"

#include <QByteArray>
#include <QList>

namespace taskreel {

/// A task read from an answer, with the redacted JSON of the task object that the store keeps.
struct ReadAnswer
{
    Task task;
    QByteArray json; ///< compact, redacted, inline base64 replaced by a marker
    bool operator==(const ReadAnswer &) const = default;
};

/// Pure, any thread. Bytes of an API answer to a task; the body is read before the status: a body
/// that holds a task is that task, whatever httpStatus says. Otherwise the status and
/// the envelope's code decide the error's kind. Never throws, never crashes on any bytes.
[[nodiscard]] Result<ReadAnswer> readAnswer(const QByteArray &body, int httpStatus);

/// Every task in a file or a pasted text: envelope, webhook form, bare task, `data` as a string,
/// an array or newline-separated list of these. Empty when the text is not such JSON.
[[nodiscard]] QList<ReadAnswer> readAnswersInText(const QByteArray &text);

/// The task of a kept answer (ReadAnswer::json).
[[nodiscard]] Result<Task> taskFromKeptAnswer(const QByteArray &json);

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::ReadAnswer)
