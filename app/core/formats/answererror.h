// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"

#include <QByteArray>

namespace taskreel {

/// What an answer of the service without a task means, by its status and the envelope's code.
/// For task, cancel, history and account alike. Pure.
[[nodiscard]] Error answerError(const QByteArray &body, int httpStatus);

} // namespace taskreel
