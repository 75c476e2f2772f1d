// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"

#include <QString>

namespace taskreel {

// Why a request that is not about a task's state came to nothing: what happened and what to do, plain
// text, translated. What is not particular to them is said as errorSentence() says it.
[[nodiscard]] QString historyErrorSentence(const Error &error);
[[nodiscard]] QString cancelErrorSentence(const Error &error);

} // namespace taskreel
