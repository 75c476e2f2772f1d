// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/connectionwatch.h"

#include <QObject>

namespace taskreel {

/// What the system says about its network, through QNetworkInformation; Unknown where it has nobody
/// to ask. GUI thread.
class NetworkState final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NetworkState)

public:
    explicit NetworkState(QObject *parent = nullptr);

    [[nodiscard]] ConnectionWatch::Network network() const { return m_network; }

Q_SIGNALS:
    void networkChanged();

private:
    void read();

    ConnectionWatch::Network m_network = ConnectionWatch::Network::Unknown;
};

} // namespace taskreel
