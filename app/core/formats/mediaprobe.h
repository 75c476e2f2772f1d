// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/media.h"

#include <QMetaType>
#include <QString>

class QIODevice;

namespace taskreel {

/// What the bytes of a file are, by content alone.
struct MediaProbe
{
    enum class Form {
        Unknown,
        Mp4,
        WebM,
        Png,
        Jpeg,
        WebP,
        Gif,
        Mp3,
        Wav,
        Flac,
        Ogg,
        Glb,
        Html,
        Playlist,
        Json,
        Empty
    };

    Form form = Form::Unknown;
    MediaKind kind = MediaKind::Unknown; ///< Unknown: not media
    QString extension; ///< without a dot, from the content: mp4, png, …
    bool complete = false; ///< the container reaches its end (MP4: moov and all of mdat)
    QString problem; ///< technical, when not complete: `mdat wants 1200 bytes more`
    QSize size; ///< px, when the container says
    qint64 durationMs = 0;

    bool operator==(const MediaProbe &) const = default;
};

/// Reads only what it must: any thread, blocking I/O on `device` (open, random access).
[[nodiscard]] MediaProbe probeMedia(QIODevice &device);
[[nodiscard]] MediaProbe probeFile(const QString &path);

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::MediaProbe)
