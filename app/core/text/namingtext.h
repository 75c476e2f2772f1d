// SPDX-License-Identifier: MIT
#pragma once

#include "core/formats/filenaming.h"

#include <QString>

namespace taskreel {

/// What is wrong with a template of file names, and what to do. Empty: nothing.
[[nodiscard]] QString templateProblemText(const TemplateProblem &problem);
/// What a placeholder (without its braces) stands for: "day it was created".
[[nodiscard]] QString placeholderText(const QString &placeholder);

} // namespace taskreel
