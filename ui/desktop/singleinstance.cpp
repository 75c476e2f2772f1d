// SPDX-License-Identifier: MIT
#include "ui/desktop/singleinstance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QLoggingCategory>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcInstance, "taskreel.desktop", QtInfoMsg)

namespace taskreel {

namespace {
constexpr qint64 kMostBytes = 16 * 1024 * 1024;
const QByteArray kTaken = "taken";
} // namespace

SingleInstance::SingleInstance(const QString &dataFolder, QObject *parent)
    : QObject(parent)
{
    const QString name = serverName(dataFolder);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::accept);
    // The library's lock is ours by now, so a socket in the way belongs to a process that died.
    QLocalServer::removeServer(name);
    if (!m_server.listen(name))
        qCWarning(lcInstance) << "A second window cannot hand over its tasks:" << m_server.errorString();
}

SingleInstance::~SingleInstance()
{
    const QList<QLocalSocket *> sockets = m_received.keys();
    for (QLocalSocket *socket : sockets)
        socket->disconnect(this); // their last signal would reach a half-destroyed object
}

QString SingleInstance::serverName(const QString &dataFolder)
{
    const QByteArray digest = QCryptographicHash::hash(
        QFileInfo(dataFolder).absoluteFilePath().toUtf8(), QCryptographicHash::Sha256);
    const QString name = u"taskreel-"_s + QString::fromLatin1(digest.toHex().left(24));
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return runtime.isEmpty() ? name : QDir(runtime).filePath(name);
}

bool SingleInstance::sendToRunning(const QString &dataFolder, const QStringList &arguments,
                                   const Limits &limits)
{
    // Blocking on purpose: there is no window yet, and what happens next depends on the answer.
    QLocalSocket socket;
    socket.connectToServer(serverName(dataFolder));
    if (!socket.waitForConnected(limits.connect))
        return false;
    QStringList absolute;
    for (const QString &argument : arguments) {
        // The other process may stand in another folder.
        absolute.append(QFileInfo::exists(argument) ? QFileInfo(argument).absoluteFilePath() : argument);
    }
    socket.write(QJsonDocument(QJsonArray::fromStringList(absolute)).toJson(QJsonDocument::Compact)
                 + '\n');
    socket.flush();
    while (socket.bytesAvailable() < kTaken.size() && socket.waitForReadyRead(limits.answer)) {
    }
    return socket.readAll() == kTaken;
}

void SingleInstance::accept()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        m_received.insert(socket, {});
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
            m_received.remove(socket);
            socket->deleteLater();
        });
        read(socket);
    }
}

void SingleInstance::read(QLocalSocket *socket)
{
    QByteArray &received = m_received[socket];
    received += socket->readAll();
    if (received.size() > kMostBytes) {
        socket->abort();
        return;
    }
    if (!received.endsWith('\n'))
        return; // more is coming
    const QJsonDocument message = QJsonDocument::fromJson(received);
    received.clear();
    if (!message.isArray()) {
        socket->abort();
        return;
    }
    socket->write(kTaken);
    socket->flush();
    Q_EMIT messageReceived(message.toVariant().toStringList());
}

} // namespace taskreel
