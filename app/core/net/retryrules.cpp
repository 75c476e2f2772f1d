// SPDX-License-Identifier: MIT
#include "core/net/retryrules.h"

#include <algorithm>
#include <cmath>

namespace taskreel {

namespace {

constexpr double kFirstRetryMs = 2'000;
constexpr double kFirstRatePauseMs = 10'000;
constexpr double kLongestMs = 300'000;
constexpr qint64 kShortestPauseMs = 1'000; ///< `Retry-After: 0` is no licence to hammer

double doubled(double firstMs, int times)
{
    return std::min(kLongestMs, std::ldexp(firstMs, std::clamp(times, 0, 20)));
}

} // namespace

qint64 retryDelayMs(int failures, qint64 retryAfterMs, double random)
{
    const double delay = doubled(kFirstRetryMs, failures - 1) * (0.7 + 0.6 * random);
    return std::max<qint64>(std::llround(delay), retryAfterMs);
}

qint64 ratePauseMs(int refusals, qint64 retryAfterMs, double random)
{
    if (retryAfterMs >= 0)
        return std::max(kShortestPauseMs, retryAfterMs);
    return std::llround(doubled(kFirstRatePauseMs, refusals - 1) * (1.0 + 0.2 * random));
}

} // namespace taskreel
