// SPDX-License-Identifier: MIT
#include "core/formats/outputrules.h"

#include "core/formats/httpdates.h"
#include "core/formats/jsonread.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr QLatin1StringView kBareKey{"output"}; // a bare string has no path inside output
static constexpr qsizetype kMaxItems = 500;

/// A string, or the elements of a list: each is a result by its place alone.
static void readBareValue(const QString &key, const QJsonValue &value, OutputBuilder &builder)
{
    if (value.isObject()) {
        readFlatFields(value.toObject(), key, builder);
        return;
    }
    const QString text = value.toString().trimmed();
    if (text.isEmpty())
        return;
    const std::optional<Media> medium =
        builder.newMedium(key, value, MediaKind::Unknown, MediaRole::Result);
    if (medium)
        builder.addWork({key, {}, {}, {*medium}});
    else if (!builder.isKnown(text.toUtf8()))
        builder.addText(key, {}, text);
}

static QJsonValue unpacked(const QJsonValue &output)
{
    if (!output.isString() || !looksLikeJson(output.toString()))
        return output;
    const QJsonDocument document = QJsonDocument::fromJson(output.toString().toUtf8());
    if (document.isObject())
        return document.object();
    return document.isArray() ? QJsonValue(document.array()) : output;
}

/// Here, where all of them pass, whichever shape a link came in.
static void noteExpiry(QList<Work> &works)
{
    for (Work &work : works) {
        for (Media &medium : work.media) {
            for (Source &source : medium.sources)
                source.expiresAt = linkExpiry(source.url);
        }
    }
}

QList<Work> worksOf(const QJsonValue &output, const OutputContext &context)
{
    OutputBuilder builder(context);
    const QJsonValue value = unpacked(output);
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        readKlingWorks(object, builder);
        readModelShapes(object, builder);
        readFlatFields(object, {}, builder);
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < std::min(array.size(), kMaxItems); ++i)
            readBareValue(indexKey({}, i), array.at(i), builder);
    } else {
        readBareValue(kBareKey, value, builder);
    }
    readLeftLinks(value, builder);
    QList<Work> works = builder.takeWorks();
    noteExpiry(works);
    return works;
}

} // namespace taskreel
