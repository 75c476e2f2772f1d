// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QObject>
#include <QStringList>

#include <optional>

class QDBusPendingCallWatcher;

namespace taskreel {

/// Words on the desktop, through its notification service (org.freedesktop.Notifications). Where there
/// is no bus or no such service, nothing happens and nothing is said. Never waits. GUI thread.
class DesktopNotifier final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DesktopNotifier)

public:
    explicit DesktopNotifier(QObject *parent = nullptr);

    /// @param title, body plain text: the body is escaped here, since services read markup in it
    /// @param ids what activated() tells
    /// @param replace takes the place of the newest one, if that still stands
    void show(const QString &title, const QString &body, const QStringList &ids, bool replace);
    void withdrawAll();

Q_SIGNALS:
    void activated(const QStringList &ids); ///< clicked, or its button was pressed

private Q_SLOTS:
    void takeAction(quint32 number, const QString &action);
    void takeClosed(quint32 number, quint32 reason);

private:
    struct Words
    {
        QString title;
        QString body;
        QStringList ids;
    };
    void listen();
    void send(const Words &words, quint32 replaced);
    void takeReply(QDBusPendingCallWatcher *watcher, const QStringList &ids);

    bool m_listening = false;
    QHash<quint32, QStringList> m_standing; ///< by the service's number
    quint32 m_newest = 0; ///< 0: none stands
    int m_onTheirWay = 0; ///< without a number yet
    std::optional<Words> m_next; ///< to take the place of the one on its way
    bool m_unwanted = false; ///< those on their way are withdrawn when they have a number
};

} // namespace taskreel
