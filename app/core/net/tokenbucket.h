// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace taskreel {

/// Bounds how often something happens: a few at once, then at an even rate. Pure: the caller brings
/// the time, which may jump; a long pause fills the bucket once and no more.
class TokenBucket
{
public:
    /// @param capacity how many may go at once after a pause
    TokenBucket(int perMinute, int capacity);

    void setRate(int perMinute, qint64 nowMs);
    [[nodiscard]] int perMinute() const { return m_perMinute; }
    /// Takes one if there is one.
    [[nodiscard]] bool take(qint64 nowMs);
    /// ms until take() would succeed; 0: now.
    [[nodiscard]] qint64 waitMs(qint64 nowMs);

private:
    void refill(qint64 nowMs);

    int m_perMinute;
    double m_capacity;
    double m_tokens;
    qint64 m_lastMs = 0;
    bool m_started = false;
};

} // namespace taskreel
