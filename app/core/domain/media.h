// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/source.h"

#include <QSize>

namespace taskreel {

enum class MediaKind { Unknown, Video, Image, Audio, Model, Text };
enum class MediaRole {
    Result,
    Cover,
    Intermediate, ///< a picture of an unfinished task; never in bulk downloads
    Link, ///< found by the generic walk only; never requested before the user asks
};

/// One medium of a work, with one source a variant.
struct Media
{
    QString key; ///< path inside `output` without the variant: `works[1].video`, `video_url`
    MediaKind kind = MediaKind::Unknown;
    MediaRole role = MediaRole::Result;
    QString label; ///< the key path in words, for links and odd shapes
    QSize size; ///< px; invalid when the answer does not say
    qint64 durationMs = 0; ///< 0 when the answer does not say
    QString text; ///< for MediaKind::Text
    QList<Source> sources;
    bool noLongerOffered = false; ///< an earlier answer listed it, the newest does not

    bool operator==(const Media &) const = default;
    /// The source of exactly that variant, or null. The pointer lives as long as this object.
    [[nodiscard]] const Source *source(Variant variant) const;
};

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::Media)
