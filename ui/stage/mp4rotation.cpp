// SPDX-License-Identifier: MIT
#include "ui/stage/mp4rotation.h"

#include <QFile>
#include <QtEndian>
#include <optional>

namespace taskreel {

namespace {

constexpr int kMostBoxes = 4096; // a file that lies about its boxes ends here

struct Box
{
    QByteArray type;
    qint64 begin = 0; ///< of the content
    qint64 end = 0;
};

std::optional<Box> boxAt(QFile &file, qint64 at, qint64 limit)
{
    if (at + 8 > limit || !file.seek(at))
        return {};
    const QByteArray head = file.read(16);
    if (head.size() < 8)
        return {};
    quint64 size = qFromBigEndian<quint32>(head.constData());
    qint64 headSize = 8;
    if (size == 1 && head.size() == 16) {
        size = qFromBigEndian<quint64>(head.constData() + 8);
        headSize = 16;
    } else if (size == 0) {
        size = quint64(limit - at);
    }
    if (size < quint64(headSize) || size > quint64(limit - at))
        return {};
    return Box{head.mid(4, 4), at + headSize, at + qint64(size)};
}

std::optional<Box> findBox(QFile &file, const QByteArray &type, qint64 begin, qint64 end)
{
    for (int count = 0; count < kMostBoxes; ++count) {
        const auto box = boxAt(file, begin, end);
        if (!box || box->type == type)
            return box;
        begin = box->end;
    }
    return {};
}

bool isVideoTrack(QFile &file, const Box &track)
{
    const auto media = findBox(file, "mdia", track.begin, track.end);
    const auto handler = media ? findBox(file, "hdlr", media->begin, media->end) : std::nullopt;
    return handler && file.seek(handler->begin + 8) && file.read(4) == "vide";
}

int trackRotation(QFile &file, const Box &track)
{
    const auto header = findBox(file, "tkhd", track.begin, track.end);
    if (!header || !file.seek(header->begin))
        return 0;
    const QByteArray content = file.read(header->end - header->begin > 128 ? 128 : header->end - header->begin);
    if (content.isEmpty())
        return 0;
    const qsizetype matrix = content.at(0) == 1 ? 52 : 40; // version 1 has 64-bit times
    if (content.size() < matrix + 8)
        return 0;
    const auto a = qFromBigEndian<qint32>(content.constData() + matrix);
    const auto b = qFromBigEndian<qint32>(content.constData() + matrix + 4);
    if (a == 0 && b != 0)
        return b > 0 ? 90 : 270;
    return a < 0 && b == 0 ? 180 : 0;
}

} // namespace

int mp4Rotation(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const auto movie = findBox(file, "moov", 0, file.size());
    if (!movie)
        return 0;
    qint64 at = movie->begin;
    for (int count = 0; count < kMostBoxes; ++count) {
        const auto track = findBox(file, "trak", at, movie->end);
        if (!track)
            return 0;
        if (isVideoTrack(file, *track))
            return trackRotation(file, *track);
        at = track->end;
    }
    return 0;
}

} // namespace taskreel
