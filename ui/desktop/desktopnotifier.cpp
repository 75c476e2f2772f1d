// SPDX-License-Identifier: MIT
#include "ui/desktop/desktopnotifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

#include <utility>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

const QString kService = u"org.freedesktop.Notifications"_s;
const QString kPath = u"/org/freedesktop/Notifications"_s;
const QString kInterface = u"org.freedesktop.Notifications"_s;
constexpr int kAsTheDesktopLikes = -1;

} // namespace

DesktopNotifier::DesktopNotifier(QObject *parent) : QObject(parent) {}

void DesktopNotifier::listen()
{
    if (m_listening)
        return;
    m_listening = true;
    // From whoever sends it: with a service's name Qt would wait for its owner here. The number says
    // whether it is ours.
    QDBusConnection bus = QDBusConnection::sessionBus();
    bus.connect({}, kPath, kInterface, u"ActionInvoked"_s, this, SLOT(takeAction(quint32, QString)));
    bus.connect({}, kPath, kInterface, u"NotificationClosed"_s, this,
                SLOT(takeClosed(quint32, quint32)));
}

void DesktopNotifier::show(const QString &title, const QString &body, const QStringList &ids,
                           bool replace)
{
    if (!QDBusConnection::sessionBus().isConnected())
        return;
    listen();
    m_unwanted = false;
    if (replace && m_onTheirWay > 0)
        m_next = {title, body, ids};
    else
        send({title, body, ids}, replace ? m_newest : 0);
}

void DesktopNotifier::send(const Words &words, quint32 replaced)
{
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kInterface, u"Notify"_s);
    const QStringList actions{u"default"_s, tr("Show")};
    const QVariantMap hints{{u"desktop-entry"_s, u"io.github.taskreel.Taskreel"_s},
                            {u"category"_s, u"transfer.complete"_s}};
    call << u"Taskreel"_s << replaced << u"io.github.taskreel.Taskreel"_s << words.title
         << words.body.toHtmlEscaped() << actions << hints << kAsTheDesktopLikes;
    ++m_onTheirWay;
    auto *watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, ids = words.ids](QDBusPendingCallWatcher *ended) { takeReply(ended, ids); });
}

void DesktopNotifier::takeReply(QDBusPendingCallWatcher *watcher, const QStringList &ids)
{
    const QDBusPendingReply<quint32> reply = *watcher;
    watcher->deleteLater();
    --m_onTheirWay;
    if (reply.isValid()) {
        m_newest = reply.value();
        m_standing.insert(m_newest, ids);
    }
    if (m_unwanted)
        withdrawAll();
    else if (const std::optional<Words> next = std::exchange(m_next, std::nullopt))
        send(*next, m_newest);
}

void DesktopNotifier::withdrawAll()
{
    m_next.reset();
    m_unwanted = m_onTheirWay > 0;
    const QHash<quint32, QStringList> standing = std::exchange(m_standing, {});
    m_newest = 0;
    for (auto it = standing.cbegin(); it != standing.cend(); ++it) {
        QDBusMessage call =
            QDBusMessage::createMethodCall(kService, kPath, kInterface, u"CloseNotification"_s);
        call << it.key();
        QDBusConnection::sessionBus().asyncCall(call);
    }
}

void DesktopNotifier::takeAction(quint32 number, const QString &action)
{
    const auto ours = m_standing.constFind(number);
    if (ours != m_standing.cend() && action == "default"_L1)
        Q_EMIT activated(QStringList(*ours));
}

void DesktopNotifier::takeClosed(quint32 number, quint32 reason)
{
    Q_UNUSED(reason)
    m_standing.remove(number);
    if (number == m_newest)
        m_newest = 0;
}

} // namespace taskreel
