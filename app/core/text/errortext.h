// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"

#include <QString>

namespace taskreel {

/// Who tries again when an error passes.
enum class Retry {
    ByItself, ///< the list: Taskreel goes on asking
    ByHand, ///< a file: its tries are over
};

/// The one place where an Error becomes words: what happened and what to do, plain text, translated.
[[nodiscard]] QString errorSentence(const Error &error, Retry retry = Retry::ByItself);
/// A few words for a row's second line: `key refused`, `not found`, `service fault (502)`.
[[nodiscard]] QString errorPhrase(const Error &error);

} // namespace taskreel
