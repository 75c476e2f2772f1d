// SPDX-License-Identifier: MIT
#pragma once

#include <QElapsedTimer>

namespace taskreel {

/// How many bytes may be taken now, for all downloads together. Saves up a quarter of a second, so
/// that small reads do not add up to less than was allowed. Transfer thread.
class SpeedLimit final
{
public:
    /// @param bytesPerSecond 0: no limit
    void setRate(qint64 bytesPerSecond);
    [[nodiscard]] bool isOn() const { return m_rate > 0; }
    /// @return up to `wanted` bytes, which are spent by this
    [[nodiscard]] qint64 take(qint64 wanted);
    /// What was taken and not needed after all.
    void giveBack(qint64 bytes);

private:
    qint64 m_rate = 0;
    double m_saved = 0; ///< bytes
    QElapsedTimer m_clock;
};

} // namespace taskreel
