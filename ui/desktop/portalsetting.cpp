// SPDX-License-Identifier: MIT
#include "ui/desktop/portalsetting.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {
const QString kService = u"org.freedesktop.portal.Desktop"_s;
const QString kPath = u"/org/freedesktop/portal/desktop"_s;
const QString kInterface = u"org.freedesktop.portal.Settings"_s;
} // namespace

PortalSetting::PortalSetting(const QString &group, const QString &key, QObject *parent)
    : QObject(parent)
    , m_group(group)
    , m_key(key)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(kService, kPath, kInterface, u"SettingChanged"_s, this,
                SLOT(takeSetting(QString, QString, QDBusVariant)));
    ask();
}

void PortalSetting::ask()
{
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kInterface, u"Read"_s);
    call << m_group << m_key;
    auto *watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isValid())
            take(reply.value().variant());
        watcher->deleteLater();
    });
}

void PortalSetting::takeSetting(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == m_group && key == m_key)
        take(value.variant());
}

void PortalSetting::take(const QVariant &value)
{
    // Read() wraps the value twice.
    Q_EMIT told(value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant() : value);
}

} // namespace taskreel
