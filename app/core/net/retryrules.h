// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace taskreel {

/// Pause after the n-th failed try in a row (from 1): 2 s, doubling to 5 min, ± 30 % by `random`
/// (0–1), never shorter than the server asked for (`retryAfterMs`, -1: it did not).
[[nodiscard]] qint64 retryDelayMs(int failures, qint64 retryAfterMs, double random);
/// Pause for everybody after the n-th 429 in a row (from 1): as the server asked, else 10 s,
/// doubling to 5 min, lengthened by up to 20 %.
[[nodiscard]] qint64 ratePauseMs(int refusals, qint64 retryAfterMs, double random);

} // namespace taskreel
