// SPDX-License-Identifier: MIT
#include "core/net/networkstate.h"

#include <QNetworkInformation>

namespace taskreel {

NetworkState::NetworkState(QObject *parent) : QObject(parent)
{
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        return;
    connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
            &NetworkState::read);
    read();
}

void NetworkState::read()
{
    using Network = ConnectionWatch::Network;
    Network network = Network::Up; // a local net may be all that the service address needs
    switch (QNetworkInformation::instance()->reachability()) {
    case QNetworkInformation::Reachability::Unknown:
        network = Network::Unknown;
        break;
    case QNetworkInformation::Reachability::Disconnected:
        network = Network::Down;
        break;
    default:
        break;
    }
    if (network == m_network)
        return;
    m_network = network;
    Q_EMIT networkChanged();
}

} // namespace taskreel
