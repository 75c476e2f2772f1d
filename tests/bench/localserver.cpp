// SPDX-License-Identifier: MIT
#include "localserver.h"

#include "support/mediaserver.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUuid>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace taskreel::test {

static void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly)
        || file.write(bytes) != bytes.size())
        qFatal("%s", qPrintable(path));
}

LocalServer::LocalServer() = default;

LocalServer::~LocalServer()
{
    m_nginx.terminate();
    m_nginx.waitForFinished();
}

QUrl LocalServer::baseUrl() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(m_port));
}

bool LocalServer::writeConfig(const QString &path) const
{
    QString text = uR"(daemon off;
master_process off;
pid FOLDER/nginx.pid;
error_log stderr error;
events { worker_connections 512; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000;
    default_type application/json;
    types { video/mp4 mp4; image/jpeg jpg; }
    client_body_temp_path FOLDER/tmp;
    proxy_temp_path FOLDER/tmp;
    fastcgi_temp_path FOLDER/tmp;
    uwsgi_temp_path FOLDER/tmp;
    scgi_temp_path FOLDER/tmp;
    server {
        listen 127.0.0.1:PORT;
        root FOLDER/files;
        location /paced/ { limit_rate RATE; }
    }
}
)"_s;
    text.replace(u"FOLDER"_s, m_folder.path());
    text.replace(u"PORT"_s, QString::number(m_port));
    text.replace(u"RATE"_s, QString::number(kPacedRate));
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) > 0;
}

bool LocalServer::start()
{
    // Debian has it where the path of a user does not look.
    const QString program = QStandardPaths::findExecutable(
        u"nginx"_s, qEnvironmentVariable("PATH").split(u':') + QStringList{u"/usr/sbin"_s});
    if (program.isEmpty())
        return false;
    QTcpServer free;
    if (!free.listen(QHostAddress::LocalHost))
        return false;
    m_port = free.serverPort();
    free.close();
    const QString config = m_folder.filePath(u"nginx.conf"_s);
    if (!QDir(m_folder.path()).mkpath(u"files"_s) || !writeConfig(config))
        return false;
    writeFile(m_folder.filePath(u"files/cover.jpg"_s), pictureBytes());
    m_nginx.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_nginx.start(program, {u"-p"_s, m_folder.path(), u"-e"_s, u"stderr"_s, u"-c"_s, config});
    for (int i = 0; i < 100 && m_nginx.state() != QProcess::NotRunning; ++i) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, m_port);
        if (socket.waitForConnected(1000))
            return true;
        m_nginx.waitForFinished(50);
    }
    return false;
}

/// A clip of the demo, and a `free` box that fills it up: complete by every check, and as large as
/// one likes. The padding differs from file to file and does not compress.
void LocalServer::writeClip(const QString &path, qint64 bytes) const
{
    constexpr qint64 kBlock = 1024 * 1024;
    const QByteArray clip = clipBytes();
    const qint64 padding = bytes - clip.size();
    QByteArray head(4, '\0');
    qToBigEndian(static_cast<quint32>(padding), head.data());
    QFile file(path);
    if (padding < 8 || !QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly))
        qFatal("%s", qPrintable(path));
    file.write(clip + head + "free");
    QRandomGenerator random(static_cast<quint32>(m_made));
    QList<quint32> block(kBlock / 4);
    for (qint64 left = padding - 8; left > 0; left -= kBlock) {
        random.fillRange(block.data(), block.size());
        file.write(reinterpret_cast<const char *>(block.constData()), std::min(left, kBlock));
    }
    if (!file.flush() || file.size() != bytes)
        qFatal("%s", qPrintable(path));
}

void LocalServer::writeAnswer(const Clip &clip) const
{
    const QByteArray url = clip.url.toEncoded();
    writeFile(
        m_folder.filePath(u"files/api/v1/task/"_s + clip.taskId),
        R"({"code":200,"data":{"task_id":")" + clip.taskId.toLatin1()
            + R"(","model":"kling","task_type":"video_generation","status":"completed",)"
              R"("input":{"prompt":"A paper boat drifts down a rain gutter"},"output":{"works":)"
              R"([{"video":{"resource":")"
            + url + R"(","resource_without_watermark":")" + url
            + R"(","height":1440,"width":1440,"duration":5100},"cover":{"resource":")"
            + (baseUrl().toString() + u"/cover.jpg"_s).toLatin1()
            + R"("}}]}},"message":"success"})");
}

QList<LocalServer::Clip> LocalServer::makeClips(int count, qint64 bytes, bool paced)
{
    const QString room = paced ? u"paced"_s : u"media"_s;
    QList<Clip> clips;
    for (int i = 0; i < count; ++i) {
        ++m_made;
        Clip clip;
        clip.taskId =
            QUuid::createUuidV5(QUuid(), QByteArray::number(m_made)).toString(QUuid::WithoutBraces);
        clip.bytes = bytes;
        clip.path = m_folder.filePath(u"files/%1/%2.mp4"_s.arg(room, clip.taskId));
        clip.url = QUrl(baseUrl().toString() + u"/%1/%2.mp4"_s.arg(room, clip.taskId));
        writeClip(clip.path, bytes);
        writeAnswer(clip);
        clips.append(clip);
    }
    return clips;
}

} // namespace taskreel::test
