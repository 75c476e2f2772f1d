// SPDX-License-Identifier: MIT
#include "core/net/tokenbucket.h"

#include <algorithm>
#include <cmath>

namespace taskreel {

namespace {

constexpr double kMinuteMs = 60'000.0;
constexpr double kWhole = 1.0 - 1e-6; ///< sums of fractions fall just short of one

} // namespace

TokenBucket::TokenBucket(int perMinute, int capacity)
    : m_perMinute(std::max(1, perMinute)), m_capacity(std::max(1, capacity)), m_tokens(m_capacity)
{
}

void TokenBucket::setRate(int perMinute, qint64 nowMs)
{
    refill(nowMs); // what has passed counts at the old rate
    m_perMinute = std::max(1, perMinute);
}

bool TokenBucket::take(qint64 nowMs)
{
    refill(nowMs);
    if (m_tokens < kWhole)
        return false;
    m_tokens = std::max(0.0, m_tokens - 1.0);
    return true;
}

qint64 TokenBucket::waitMs(qint64 nowMs)
{
    refill(nowMs);
    if (m_tokens >= kWhole)
        return 0;
    return std::max<qint64>(1, std::llround(std::ceil((1.0 - m_tokens) * kMinuteMs / m_perMinute)));
}

void TokenBucket::refill(qint64 nowMs)
{
    // A clock that went back gives nothing and starts anew from there.
    const qint64 passed = m_started ? std::max<qint64>(0, nowMs - m_lastMs) : 0;
    m_started = true;
    m_lastMs = nowMs;
    m_tokens =
        std::min(m_capacity, m_tokens + static_cast<double>(passed) * m_perMinute / kMinuteMs);
}

} // namespace taskreel
