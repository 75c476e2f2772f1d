// SPDX-License-Identifier: MIT
#include "core/formats/jsonread.h"
#include "core/formats/outputrules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr qsizetype kMaxWorks = 500;

static Work klingWork(const QString &key, const QJsonObject &object, OutputBuilder &builder)
{
    struct Part
    {
        QLatin1StringView field;
        MediaKind kind;
        MediaRole role;
    };
    static constexpr Part kParts[] = {
        {"video"_L1, MediaKind::Video, MediaRole::Result},
        {"image"_L1, MediaKind::Image, MediaRole::Result},
        {"audio"_L1, MediaKind::Audio, MediaRole::Result},
        {"cover"_L1, MediaKind::Image, MediaRole::Cover},
    };
    Work work;
    work.key = key;
    work.rawStatus = jsonText(object.value("status"_L1));
    for (const Part &part : kParts) {
        // Works may share a cover, so an address that is known already is no reason to leave it
        // out.
        const std::optional<Media> medium = builder.medium(
            joinKey(key, part.field), object.value(part.field), part.kind, part.role);
        if (medium)
            work.media.append(*medium);
    }
    return work;
}

void readKlingWorks(const QJsonObject &output, OutputBuilder &builder)
{
    const QJsonArray works = output.value("works"_L1).toArray();
    for (qsizetype i = 0; i < std::min(works.size(), kMaxWorks); ++i)
        builder.addWork(klingWork(indexKey(u"works"_s, i), works.at(i).toObject(), builder));
}

} // namespace taskreel
