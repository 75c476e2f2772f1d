// SPDX-License-Identifier: MIT
#include "support/mediaserver.h"

#include <QFile>

#include <memory>

using namespace Qt::StringLiterals;

namespace taskreel::test {

static QByteArray resource(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the demo's resources are missing");
    return file.readAll();
}

QByteArray clipBytes()
{
    return resource(u":/demo/dawn.mp4"_s);
}

QByteArray otherClipBytes()
{
    return resource(u":/demo/dawn-marked.mp4"_s);
}

QByteArray pictureBytes()
{
    return resource(u":/demo/dawn.jpg"_s);
}

MediaServer::MediaServer(QObject *parent) : QObject(parent)
{
    if (!m_service.listen())
        qFatal("no port on loopback");
}

QByteArray MediaServer::url(const QByteArray &path) const
{
    return m_service.baseUrl().toEncoded() + path;
}

void MediaServer::serve(const QByteArray &path, const demo::Response &response)
{
    serveInTurn(path, {response});
}

void MediaServer::serveBytes(const QByteArray &path, const QByteArray &body)
{
    demo::Response response;
    response.body = body;
    serve(path, response);
}

void MediaServer::serveInTurn(const QByteArray &path, const QList<demo::Response> &responses)
{
    // Shared by the copies of the handler that the service makes.
    const auto turn = std::make_shared<qsizetype>(0);
    m_service.handle(path, [responses, turn](const demo::Request &) {
        const qsizetype index = std::min((*turn)++, responses.size() - 1);
        return responses.at(index);
    });
}

int MediaServer::asked(const QByteArray &path) const
{
    return static_cast<int>(m_service.requestsTo(path).size());
}

} // namespace taskreel::test
