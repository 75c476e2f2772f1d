// SPDX-License-Identifier: MIT
#include "core/net/connectionwatch.h"

#include <algorithm>
#include <cmath>

namespace taskreel {

namespace {

constexpr int kFailuresUntilOffline = 3;
constexpr double kFirstTryMs = 5'000;
constexpr double kLongestTryMs = 60'000;
constexpr int kManyTries = 10;

qint64 untilTry(int tries, double random)
{
    const double delay = std::min(kLongestTryMs, std::ldexp(kFirstTryMs, std::clamp(tries, 0, kManyTries)));
    return std::llround(delay * (0.8 + 0.4 * std::clamp(random, 0.0, 1.0)));
}

} // namespace

void ConnectionWatch::failed(qint64 nowMs, double random)
{
    ++m_failures;
    if (!m_offline) {
        if (m_failures >= kFailuresUntilOffline)
            goOffline(nowMs + untilTry(0, random));
        return;
    }
    m_nextTryMs = std::max(m_nextTryMs, nowMs + untilTry(0, random));
}

void ConnectionWatch::tried(qint64 nowMs, double random)
{
    ++m_tries;
    m_nextTryMs = nowMs + untilTry(isNetworkDown() ? kManyTries : m_tries, random);
}

void ConnectionWatch::answered()
{
    m_offline = false;
    m_failures = 0;
    m_tries = 0;
    if (m_network == Network::Down)
        m_believed = false;
}

void ConnectionWatch::setNetwork(Network network, qint64 nowMs)
{
    if (network == m_network)
        return;
    m_network = network;
    if (network != Network::Down)
        m_believed = true;
    if (isNetworkDown()) {
        if (!m_offline)
            goOffline(nowMs + untilTry(kManyTries, 0.5));
    } else if (m_offline) {
        if (m_failures < kFailuresUntilOffline)
            m_offline = false;
        tryNow(nowMs);
    }
}

void ConnectionWatch::tryNow(qint64 nowMs)
{
    m_nextTryMs = std::min(m_nextTryMs, nowMs);
    m_tries = 0;
}

void ConnectionWatch::shift(qint64 byMs)
{
    m_nextTryMs += byMs;
}

void ConnectionWatch::goOffline(qint64 firstTryMs)
{
    m_offline = true;
    m_tries = 0;
    m_nextTryMs = firstTryMs;
}

} // namespace taskreel
