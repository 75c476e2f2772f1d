// SPDX-License-Identifier: MIT
#include "core/net/speedlimit.h"

#include <algorithm>

namespace taskreel {

static constexpr double kLongestSaving = 0.25; // seconds

void SpeedLimit::setRate(qint64 bytesPerSecond)
{
    m_rate = std::max<qint64>(bytesPerSecond, 0);
    m_saved = 0;
    m_clock.start();
}

qint64 SpeedLimit::take(qint64 wanted)
{
    if (!isOn())
        return wanted;
    const double seconds = static_cast<double>(m_clock.nsecsElapsed()) / 1e9;
    m_clock.start();
    const auto rate = static_cast<double>(m_rate);
    m_saved = std::min(m_saved + seconds * rate, kLongestSaving * rate);
    const qint64 taken = std::clamp<qint64>(static_cast<qint64>(m_saved), 0, wanted);
    m_saved -= static_cast<double>(taken);
    return taken;
}

void SpeedLimit::giveBack(qint64 bytes)
{
    if (isOn())
        m_saved += static_cast<double>(bytes);
}

} // namespace taskreel
