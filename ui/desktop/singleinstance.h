// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QLocalServer>
#include <QObject>
#include <QStringList>

class QLocalSocket;

namespace taskreel {

/// One window a library: the first process listens on a local socket named by its data folder; a second
/// one hands over its arguments and leaves. Only the same user can connect. GUI thread.
class SingleInstance final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SingleInstance)

public:
    /// Starts to listen. A socket left by a killed process is replaced.
    explicit SingleInstance(const QString &dataFolder, QObject *parent = nullptr);
    ~SingleInstance() override;

    [[nodiscard]] bool isListening() const { return m_server.isListening(); }

    /// How long a second process waits for the first one, in ms.
    struct Limits
    {
        int connect = 500;
        int answer = 2000;
    };

    /// True when a running process took the arguments. Before the window exists; blocks within the limits.
    [[nodiscard]] static bool sendToRunning(const QString &dataFolder, const QStringList &arguments,
                                            const Limits &limits);
    [[nodiscard]] static bool sendToRunning(const QString &dataFolder, const QStringList &arguments)
    {
        return sendToRunning(dataFolder, arguments, Limits{});
    }

Q_SIGNALS:
    void messageReceived(const QStringList &arguments);

private:
    static QString serverName(const QString &dataFolder);
    void accept();
    void read(QLocalSocket *socket);

    QLocalServer m_server;
    QHash<QLocalSocket *, QByteArray> m_received;
};

} // namespace taskreel
