// SPDX-License-Identifier: MIT
#include "demo/demomedia.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QResource>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel::demo {

namespace {

constexpr qsizetype kPieces = 12;
constexpr int kPieceDelayMs = 40;
constexpr int kFirstByteDelayMs = 60;

QByteArray contentType(const QString &file)
{
    if (file.endsWith(".mp4"_L1))
        return "video/mp4";
    if (file.endsWith(".webp"_L1))
        return "image/webp";
    return file.endsWith(".png"_L1) ? "image/png" : "image/jpeg";
}

QLatin1String troubleFolder(DemoTask::Trouble trouble)
{
    switch (trouble) {
    case DemoTask::Trouble::None:
        break;
    case DemoTask::Trouble::Gone:
        return "/gone"_L1;
    case DemoTask::Trouble::Cut:
        return "/cut"_L1;
    }
    return ""_L1;
}

/// Cover addresses of the real host say nothing about the format.
QString coverName(const QString &file)
{
    return file.left(file.lastIndexOf(u'.')) + "-cover.origin"_L1;
}

Response missing()
{
    Response response;
    response.status = 404;
    response.headers = {{"Content-Type", "text/html"}};
    response.body = "<html><body><h1>404 Not Found</h1></body></html>\n";
    return response;
}

} // namespace

DemoMedia::DemoMedia()
{
    QFile file(u":/demo/clips.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QJsonObject clips = QJsonDocument::fromJson(file.readAll()).object();
    for (auto it = clips.begin(); it != clips.end(); ++it) {
        const QJsonObject facts = it.value().toObject();
        DemoClip clip;
        clip.isVideo = facts["kind"_L1].toString() == "video"_L1;
        clip.size = {facts["width"_L1].toInt(), facts["height"_L1].toInt()};
        clip.durationMs = facts["duration"_L1].toInt();
        clip.plain = facts["plain"_L1].toString();
        clip.marked = facts["marked"_L1].toString();
        clip.cover = facts["cover"_L1].toString();
        for (const QString &name : {clip.plain, clip.marked}) {
            if (!name.isEmpty())
                m_files.insert(name, name);
        }
        if (!clip.cover.isEmpty())
            m_files.insert(coverName(clip.cover), clip.cover);
        m_clips.insert(it.key(), clip);
    }
}

QString DemoMedia::plainPath(const DemoClip &clip, DemoTask::Trouble trouble)
{
    return clip.plain.isEmpty() ? QString()
                                : "/media"_L1 + troubleFolder(trouble) + "/videos/"_L1 + clip.plain;
}

QString DemoMedia::markedPath(const DemoClip &clip, DemoTask::Trouble trouble)
{
    return clip.marked.isEmpty()
        ? QString()
        : "/media"_L1 + troubleFolder(trouble) + "/bs2/"_L1 + clip.marked + "?x-kcdn-pid=112372"_L1;
}

QString DemoMedia::coverPath(const DemoClip &clip)
{
    return clip.cover.isEmpty()
        ? QString()
        : "/media/kimg/"_L1 + coverName(clip.cover) + "?x-kcdn-pid=112372"_L1;
}

Response DemoMedia::answer(const Request &request, bool paced)
{
    const QString path = QString::fromUtf8(request.path);
    const QString file = m_files.value(path.mid(path.lastIndexOf(u'/') + 1));
    const QResource resource(u":/demo/"_s + file);
    if (file.isEmpty() || !resource.isValid() || path.startsWith("/media/gone/"_L1))
        return missing();

    Response response;
    // The bytes lie in the program itself and are not compressed: no copy.
    response.body =
        QByteArray::fromRawData(reinterpret_cast<const char *>(resource.data()), resource.size());
    response.headers = {{"Content-Type", contentType(file)}};
    response.etag = etagOf(file, response.body);
    if (path.startsWith("/media/cut/"_L1))
        response.cutAfter = response.body.size() / 2;
    if (paced) {
        response.delayMs = kFirstByteDelayMs;
        response.chunkBytes =
            static_cast<int>(std::max<qsizetype>(16 * 1024, response.body.size() / kPieces));
        response.chunkDelayMs = kPieceDelayMs;
    }
    return response;
}

QByteArray DemoMedia::etagOf(const QString &file, const QByteArray &content)
{
    QByteArray &etag = m_etags[file];
    if (etag.isEmpty())
        etag = '"' + QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex().left(32)
            + '"';
    return etag;
}

} // namespace taskreel::demo
