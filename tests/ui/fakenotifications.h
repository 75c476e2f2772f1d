// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusConnection>
#include <QDBusContext>
#include <QObject>
#include <QStringList>
#include <QVariantMap>

namespace taskreel::test {

/// A desktop's notification service on the test's private bus, over a connection of its own.
class FakeNotifications final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Shown
    {
        uint number = 0;
        uint replaced = 0;
        QString title;
        QString body;
        QStringList actions;
    };

    FakeNotifications()
        : m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("fake desktop")))
    {
        m_registered = m_bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), this,
                                            QDBusConnection::ExportAllSlots
                                                    | QDBusConnection::ExportAllSignals)
            && m_bus.registerService(QStringLiteral("org.freedesktop.Notifications"));
    }
    ~FakeNotifications() override
    {
        m_bus.unregisterService(QStringLiteral("org.freedesktop.Notifications"));
        QDBusConnection::disconnectFromBus(QStringLiteral("fake desktop"));
    }

    [[nodiscard]] bool isRegistered() const { return m_registered; }

    QList<Shown> shown;
    QList<uint> closed;

Q_SIGNALS:
    void ActionInvoked(uint number, const QString &action);
    void NotificationClosed(uint number, uint reason);

public Q_SLOTS:
    uint Notify(const QString &program, uint replaced, const QString &icon, const QString &title,
                const QString &body, const QStringList &actions, const QVariantMap &hints, int timeout)
    {
        Q_UNUSED(program)
        Q_UNUSED(icon)
        Q_UNUSED(hints)
        Q_UNUSED(timeout)
        const uint number = replaced > 0 ? replaced : ++m_last;
        shown.append({number, replaced, title, body, actions});
        return number;
    }
    void CloseNotification(uint number)
    {
        closed.append(number);
        Q_EMIT NotificationClosed(number, 3);
    }

private:
    QDBusConnection m_bus;
    bool m_registered = false;
    uint m_last = 40;
};

} // namespace taskreel::test
