// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/task.h"

#include <QJsonObject>

namespace taskreel {

/// True for an object that is a task: it names one and says how it is. Hollow tasks of error
/// answers and rows of the history are none.
[[nodiscard]] bool isTaskObject(const QJsonObject &object);

/// The fields of a task object, of any types. Pure.
/// @param envelopeMessage what to say of a failure that the task itself gives no words for
[[nodiscard]] Task taskFromObject(const QJsonObject &object, const QString &envelopeMessage);

/// The first that is not empty of raw_message, message and detail in an `error`, object or string.
[[nodiscard]] QString errorWords(const QJsonValue &error);
/// False for the words that an envelope carries when all is well.
[[nodiscard]] bool isFailureMessage(const QString &envelopeMessage);

} // namespace taskreel
