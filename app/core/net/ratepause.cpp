// SPDX-License-Identifier: MIT
#include "core/net/ratepause.h"

#include "core/net/retryrules.h"

#include <algorithm>

namespace taskreel {

namespace {

constexpr int kMostHalvings = 4;
constexpr qint64 kQuietMs = 60'000;
constexpr qint64 kMarkedMs = 1'000;

} // namespace

bool RatePause::refused(qint64 nowMs, qint64 retryAfterMs, double random)
{
    if (isOn(nowMs)) {
        if (nowMs + retryAfterMs < m_untilMs + kMarkedMs)
            return false;
        m_untilMs = nowMs + retryAfterMs;
        return true;
    }
    ++m_refusals;
    m_untilMs = nowMs + ratePauseMs(m_refusals, retryAfterMs, random);
    m_slowdown = std::min(kMostHalvings, m_slowdown + 1);
    m_quietSinceMs = m_untilMs;
    return true;
}

void RatePause::answered(qint64 nowMs)
{
    if (!isOn(nowMs))
        m_refusals = 0;
}

void RatePause::shift(qint64 byMs)
{
    if (m_untilMs != 0)
        m_untilMs += byMs;
    m_quietSinceMs += byMs;
}

int RatePause::reduced(int usual, qint64 nowMs)
{
    while (m_slowdown > 0 && nowMs - m_quietSinceMs >= kQuietMs) {
        --m_slowdown;
        m_quietSinceMs += kQuietMs;
    }
    return std::max(1, usual >> m_slowdown);
}

} // namespace taskreel
