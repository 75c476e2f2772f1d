// SPDX-License-Identifier: MIT
#include "ui/desktop/openexternally.h"

#include "core/net/mediaurl.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace taskreel {

bool showInFolder(const QString &path)
{
    const QFileInfo file(path);
    if (!file.exists())
        return false;
    const QUrl folder = QUrl::fromLocalFile(file.absolutePath());
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return QDesktopServices::openUrl(folder);
    QDBusMessage call = QDBusMessage::createMethodCall(
        u"org.freedesktop.FileManager1"_s, u"/org/freedesktop/FileManager1"_s,
        u"org.freedesktop.FileManager1"_s, u"ShowItems"_s);
    call << QStringList{QUrl::fromLocalFile(file.absoluteFilePath()).toString(QUrl::FullyEncoded)}
         << QString();
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call));
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, watcher, [watcher, folder] {
        const QDBusPendingReply<> reply = *watcher;
        if (reply.isError())
            QDesktopServices::openUrl(folder);
        watcher->deleteLater();
    });
    return true;
}

bool openInBrowser(const QByteArray &url)
{
    // Opened by the user's own browser: a service on this machine (the demo) may be meant.
    const Result<QUrl> address = mediaUrl(url, true);
    return address && QDesktopServices::openUrl(*address);
}

} // namespace taskreel
