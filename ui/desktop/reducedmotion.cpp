// SPDX-License-Identifier: MIT
#include "ui/desktop/reducedmotion.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {
const QString kService = u"org.freedesktop.portal.Desktop"_s;
const QString kPath = u"/org/freedesktop/portal/desktop"_s;
const QString kInterface = u"org.freedesktop.portal.Settings"_s;
const QString kGroup = u"org.gnome.desktop.interface"_s;
const QString kKey = u"enable-animations"_s;
} // namespace

ReducedMotion::ReducedMotion(QObject *parent)
    : QObject(parent)
    , m_reduced(QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) == 0)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(kService, kPath, kInterface, u"SettingChanged"_s, this,
                SLOT(takeSetting(QString, QString, QDBusVariant)));
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kInterface, u"Read"_s);
    call << kGroup << kKey;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isValid())
            take(reply.value().variant());
        watcher->deleteLater();
    });
}

void ReducedMotion::takeSetting(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == kGroup && key == kKey)
        take(value.variant());
}

void ReducedMotion::take(const QVariant &value)
{
    // Read() wraps the value twice.
    const QVariant inner = value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant()
                                                            : value;
    if (inner.userType() != QMetaType::Bool || inner.toBool() != m_reduced)
        return;
    m_reduced = !inner.toBool();
    Q_EMIT changed(m_reduced);
}

} // namespace taskreel
