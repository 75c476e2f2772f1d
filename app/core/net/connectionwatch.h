// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace taskreel {

/// Whether the service can be reached at all: from requests that got through or did not, and from
/// what the system says about its network. Pure: the caller brings the time (UTC ms). While offline
/// only one request is to be tried now and then.
class ConnectionWatch
{
public:
    enum class Network { Unknown, Down, Up };

    /// A request did not get through; the third in a row means offline, and a try in 5 s.
    void failed(qint64 nowMs, double random);
    /// A try begins, the next one is put off: 10 s, doubling to a minute, ± 20 % by `random` (0–1).
    void tried(qint64 nowMs, double random);
    void answered(); ///< something came back: not offline, whatever the system says
    /// What the system says now. Down counts at once, unless it was found wrong before; Up makes a
    /// try due, or ends offline that nothing but the system spoke for.
    void setNetwork(Network network, qint64 nowMs);
    void tryNow(qint64 nowMs);
    void shift(qint64 byMs); ///< the clock was set

    [[nodiscard]] bool isOffline() const { return m_offline; }
    [[nodiscard]] bool isNetworkDown() const { return m_network == Network::Down && m_believed; }
    [[nodiscard]] qint64 nextTryMs() const { return m_nextTryMs; } ///< while offline

private:
    void goOffline(qint64 firstTryMs);

    Network m_network = Network::Unknown;
    bool m_believed = true; ///< false: an answer came although the system said Down
    bool m_offline = false;
    int m_failures = 0; ///< in a row
    int m_tries = 0; ///< while offline
    qint64 m_nextTryMs = 0;
};

} // namespace taskreel
