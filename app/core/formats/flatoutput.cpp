// SPDX-License-Identifier: MIT
#include "core/formats/jsonread.h"
#include "core/formats/outputrules.h"
#include "core/formats/redaction.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr qsizetype kMaxItems = 500;

namespace {

struct Field
{
    QLatin1StringView name;
    MediaKind kind;
};

// What a person came for first. Within a kind the list comes before the single field that may
// repeat its first element, so that a medium keeps its key.
constexpr Field kFields[] = {
    {"model_file"_L1, MediaKind::Model},
    {"video_urls"_L1, MediaKind::Video},
    {"videos"_L1, MediaKind::Video},
    {"video"_L1, MediaKind::Video},
    {"video_url"_L1, MediaKind::Video},
    {"videoUrl"_L1, MediaKind::Video},
    {"mp4_url"_L1, MediaKind::Video},
    {"combined_video"_L1, MediaKind::Video},
    {"audio_urls"_L1, MediaKind::Audio},
    {"audio_url"_L1, MediaKind::Audio},
    {"audio"_L1, MediaKind::Audio},
    {"audio_base64"_L1, MediaKind::Audio},
    {"image_urls"_L1, MediaKind::Image},
    {"images"_L1, MediaKind::Image},
    {"image_url"_L1, MediaKind::Image},
    {"image"_L1, MediaKind::Image},
    {"no_background_image"_L1, MediaKind::Image},
    {"last_frame"_L1, MediaKind::Image},
    {"urls"_L1, MediaKind::Unknown},
    {"url"_L1, MediaKind::Unknown},
    {"file_url"_L1, MediaKind::Unknown},
};

constexpr QLatin1StringView kInlineImages[] = {"image_base64"_L1, "image_b64"_L1};
constexpr QLatin1StringView kCovers[] = {"cover_url"_L1, "cover"_L1, "thumbnail_url"_L1,
                                         "thumbnail"_L1};
constexpr QLatin1StringView kTexts[] = {"text"_L1,     "lyrics"_L1,  "caption"_L1,
                                        "captions"_L1, "content"_L1, "transcript"_L1};

class FlatFields final
{
public:
    FlatFields(const QJsonObject &output, const QString &parent, OutputBuilder &builder)
        : m_output(output), m_parent(parent), m_builder(builder)
    {
    }

    void read()
    {
        for (const Field &field : kFields)
            addValue(joinKey(m_parent, field.name), m_output.value(field.name), field.kind);
        addInlineImages();
        addCovers();
        for (Work &work : m_works)
            m_builder.addWork(work);
        for (const QLatin1StringView name : kTexts)
            addTexts(joinKey(m_parent, name), m_output.value(name));
    }

private:
    void addValue(const QString &key, const QJsonValue &value, MediaKind kind)
    {
        if (value.isArray()) {
            const QJsonArray array = value.toArray();
            for (qsizetype i = 0; i < std::min(array.size(), kMaxItems); ++i) {
                if (!array.at(i).isArray())
                    addValue(indexKey(key, i), array.at(i), kind);
            }
            return;
        }
        const std::optional<Media> medium =
            m_builder.newMedium(key, value, kind, MediaRole::Result);
        if (!medium)
            return;
        Work work{key, keyInWords(key), {}, {*medium}};
        addOwnCover(work, key, value.toObject());
        m_works.append(work);
    }

    /// A medium that is an object may bring its own preview.
    void addOwnCover(Work &work, const QString &key, const QJsonObject &object)
    {
        for (const QLatin1StringView name : kCovers) {
            const std::optional<Media> cover = m_builder.newMedium(
                joinKey(key, name), object.value(name), MediaKind::Image, MediaRole::Cover);
            if (cover && !cover->sources.isEmpty())
                work.media.append(*cover);
        }
    }

    /// The base64 beside an address is the same picture: it spares a request, but is not a second
    /// one.
    void addInlineImages()
    {
        for (const QLatin1StringView name : kInlineImages) {
            const QJsonValue value = m_output.value(name);
            Media *single = singleImage();
            if (!single) {
                addValue(joinKey(m_parent, name), value, MediaKind::Image);
                continue;
            }
            const auto bytes = inlineData(value.toString().trimmed(), true);
            if (bytes && single->sources.constFirst().inlineBytes.isEmpty())
                single->sources.first().inlineBytes = *bytes;
        }
    }

    Media *singleImage()
    {
        Media *found = nullptr;
        for (Work &work : m_works) {
            Media &medium = work.media.first();
            if (medium.kind != MediaKind::Image || medium.sources.isEmpty())
                continue;
            if (found)
                return nullptr;
            found = &medium;
        }
        return found;
    }

    void addCovers()
    {
        if (m_works.isEmpty() && !m_builder.isEmpty())
            return; // the works of another rule have covers of their own
        for (const QLatin1StringView name : kCovers) {
            const QString key = joinKey(m_parent, name);
            const std::optional<Media> cover =
                m_builder.newMedium(key, m_output.value(name), MediaKind::Image, MediaRole::Cover);
            if (!cover || cover->sources.isEmpty())
                continue;
            if (m_works.isEmpty())
                m_works.append({key, keyInWords(key), {}, {*cover}});
            else
                m_works.first().media.append(*cover);
        }
    }

    void addTexts(const QString &key, const QJsonValue &value)
    {
        if (value.isArray()) {
            const QJsonArray array = value.toArray();
            for (qsizetype i = 0; i < std::min(array.size(), kMaxItems); ++i) {
                if (!array.at(i).isArray())
                    addTexts(indexKey(key, i), array.at(i));
            }
            return;
        }
        const QJsonValue inner = value.isObject() ? value.toObject().value("text"_L1) : value;
        const QString text = inner.isString() ? inner.toString() : QString();
        if (!isWebAddress(text.trimmed()))
            m_builder.addText(key, keyInWords(key), text);
    }

    const QJsonObject &m_output;
    QString m_parent;
    OutputBuilder &m_builder;
    QList<Work> m_works;
};

} // namespace

void readFlatFields(const QJsonObject &output, const QString &parent, OutputBuilder &builder)
{
    FlatFields(output, parent, builder).read();
}

} // namespace taskreel
