// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace taskreel {

/// What a service's 429s mean for all requests: one pause for everybody, then a slower pace that
/// recovers by and by. Pure: the caller brings the time (ms).
class RatePause
{
public:
    /// A 429 came. During a pause it only lengthens it: requests sent before it are one refusal.
    /// @return whether the pause is new or markedly longer
    bool refused(qint64 nowMs, qint64 retryAfterMs, double random);
    /// Something else than a 429 came.
    void answered(qint64 nowMs);
    void lift() { m_untilMs = 0; } ///< the user wants to go on now; the slower pace stays
    void shift(qint64 byMs); ///< the clock was set

    [[nodiscard]] bool isOn(qint64 nowMs) const { return nowMs < m_untilMs; }
    [[nodiscard]] qint64 untilMs() const { return m_untilMs; } ///< 0: none was
    /// What remains of a usual rate: halved with each refusal, doubled with each quiet minute.
    [[nodiscard]] int reduced(int usual, qint64 nowMs);

private:
    qint64 m_untilMs = 0;
    qint64 m_quietSinceMs = 0;
    int m_refusals = 0; ///< in a row
    int m_slowdown = 0; ///< halvings
};

} // namespace taskreel
