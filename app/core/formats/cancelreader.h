// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"

#include <QByteArray>
#include <QString>

namespace taskreel {

/// Pure. Bytes of an answer to the wish to cancel a task (API.md §1). @return the service's words,
/// perhaps none, when it agreed; else the error, with its words as the message
[[nodiscard]] Result<QString> readCancelAnswer(const QByteArray &body, int httpStatus);

} // namespace taskreel
