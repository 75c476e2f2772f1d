// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"

#include <QString>

namespace taskreel {

/// What went wrong with the file of an exported library, and what to do: NotMedia is a file that no
/// export wrote, LibraryBroken a damaged export; for all else errorSentence().
[[nodiscard]] QString exchangeErrorSentence(const Error &error);

} // namespace taskreel
