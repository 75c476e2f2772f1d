// SPDX-License-Identifier: MIT
#include "core/formats/jsonread.h"
#include "core/formats/outputrules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr qsizetype kMaxItems = 500;

static void append(Work &work, const std::optional<Media> &medium)
{
    if (medium)
        work.media.append(*medium);
}

static qint64 secondsAsMs(const QJsonValue &value)
{
    constexpr double kLongestSeconds = 7.0 * 24 * 3600;
    return qRound64(std::clamp(jsonNumber(value).value_or(0), 0.0, kLongestSeconds) * 1000);
}

/// Luma: `video_raw` is the source of `video` without the watermark.
static void readLuma(const QJsonObject &output, OutputBuilder &builder)
{
    const std::optional<Media> raw = builder.medium(u"video"_s, output.value("video_raw"_L1),
                                                    MediaKind::Video, MediaRole::Result);
    if (!raw || raw->sources.isEmpty())
        return;
    Media video = *raw;
    const std::optional<Media> marked =
        builder.medium(u"video"_s, output.value("video"_L1), MediaKind::Video, MediaRole::Result);
    if (!marked || marked->sources.isEmpty()) {
        video.sources.first().variant = Variant::Unwatermarked;
    } else if (marked->sources.constFirst().url == raw->sources.constFirst().url) {
        video = *marked;
    } else {
        video = *marked;
        video.sources.first().variant = Variant::Watermarked;
        video.sources.append(raw->sources.constFirst());
        video.sources.last().variant = Variant::Unwatermarked;
        if (!video.size.isValid())
            video.size = raw->size;
    }
    Work work{u"video"_s, {}, {}, {video}};
    append(work,
           builder.newMedium(u"last_frame"_s, output.value("last_frame"_L1), MediaKind::Image,
                             MediaRole::Result));
    append(work,
           builder.newMedium(u"thumbnail"_s, output.value("thumbnail"_L1), MediaKind::Image,
                             MediaRole::Cover));
    builder.addWork(work);
}

static bool isMidjourney(const QJsonObject &output, const OutputContext &context)
{
    return context.model == "midjourney"_L1 || output.contains("temporary_image_urls"_L1)
        || output.contains("discord_image_url"_L1);
}

/// The main address with its mirror, or the mirror in its place.
static void addMirrored(const QString &key, const QJsonValue &main, const QJsonValue &mirror,
                        MediaRole role, OutputBuilder &builder)
{
    std::optional<Media> medium = builder.newMedium(key, main, MediaKind::Image, role);
    const std::optional<Media> second = builder.newMedium(key, mirror, MediaKind::Image, role);
    if (medium && second && !medium->sources.isEmpty() && !second->sources.isEmpty())
        medium->sources.first().mirrors.append(second->sources.constFirst().url);
    else if (!medium)
        medium = second;
    if (medium)
        builder.addWork({key, {}, {}, {*medium}});
}

static void readMidjourney(const QJsonObject &output, OutputBuilder &builder)
{
    const bool done = builder.context().status == TaskStatus::Completed;
    const MediaRole role = done ? MediaRole::Result : MediaRole::Intermediate;
    addMirrored(u"image_url"_s, output.value("image_url"_L1), output.value("discord_image_url"_L1),
                role, builder);
    const QJsonArray main = output.value("image_urls"_L1).toArray();
    const QJsonArray mirrors = output.value("temporary_image_urls"_L1).toArray();
    for (qsizetype i = 0; i < std::min(std::max(main.size(), mirrors.size()), kMaxItems); ++i)
        addMirrored(indexKey(u"image_urls"_s, i), main.at(i), mirrors.at(i), role, builder);
    const QJsonArray steps = output.value("intermediate_image_urls"_L1).toArray();
    for (qsizetype i = 0; i < std::min(steps.size(), kMaxItems); ++i) {
        addMirrored(indexKey(u"intermediate_image_urls"_s, i), steps.at(i), {},
                    MediaRole::Intermediate, builder);
    }
}

/// One Suno song. The key of a medium leaves the `_url` of its field out.
static void addClip(const QString &key, const QJsonObject &clip, OutputBuilder &builder)
{
    Work work{key, jsonText(clip.value("title"_L1)), {}, {}};
    const QJsonObject metadata = clip.value("metadata"_L1).toObject();
    const qint64 durationMs =
        secondsAsMs(metadata.contains("duration"_L1) ? metadata.value("duration"_L1)
                                                     : clip.value("duration"_L1));
    append(work,
           builder.newMedium(joinKey(key, u"audio"_s), clip.value("audio_url"_L1), MediaKind::Audio,
                             MediaRole::Result));
    append(work,
           builder.newMedium(joinKey(key, u"video"_s), clip.value("video_url"_L1), MediaKind::Video,
                             MediaRole::Result));
    for (Media &medium : work.media)
        medium.durationMs = durationMs;
    append(work,
           builder.newMedium(joinKey(key, u"image_large"_s), clip.value("image_large_url"_L1),
                             MediaKind::Image, MediaRole::Cover));
    append(work,
           builder.newMedium(joinKey(key, u"image"_s), clip.value("image_url"_L1), MediaKind::Image,
                             MediaRole::Cover));
    builder.addWork(work);
}

static void readClips(const QJsonObject &output, OutputBuilder &builder)
{
    const QJsonValue clips = output.value("clips"_L1);
    const QJsonObject map = clips.toObject();
    for (auto it = map.constBegin(); it != map.constEnd(); ++it)
        addClip(joinKey(u"clips"_s, it.key()), it.value().toObject(), builder);
    const QJsonArray list = clips.toArray();
    for (qsizetype i = 0; i < std::min(list.size(), kMaxItems); ++i)
        addClip(indexKey(u"clips"_s, i), list.at(i).toObject(), builder);
}

/// Udio.
static void readSongs(const QJsonObject &output, OutputBuilder &builder)
{
    const QJsonArray songs = output.value("songs"_L1).toArray();
    for (qsizetype i = 0; i < std::min(songs.size(), kMaxItems); ++i) {
        const QJsonObject song = songs.at(i).toObject();
        const QString key = indexKey(u"songs"_s, i);
        Work work{key, jsonText(song.value("title"_L1)), {}, {}};
        append(work,
               builder.newMedium(joinKey(key, u"song_path"_s), song.value("song_path"_L1),
                                 MediaKind::Audio, MediaRole::Result));
        for (Media &medium : work.media)
            medium.durationMs = secondsAsMs(song.value("duration"_L1));
        append(work,
               builder.newMedium(joinKey(key, u"image_path"_s), song.value("image_path"_L1),
                                 MediaKind::Image, MediaRole::Cover));
        if (const QString lyrics = jsonText(song.value("lyrics"_L1)); !lyrics.isEmpty()) {
            Media text;
            text.key = joinKey(key, u"lyrics"_s);
            text.kind = MediaKind::Text;
            text.text = lyrics;
            work.media.append(text);
        }
        builder.addWork(work);
    }
}

static void readLyrics(const QJsonObject &output, OutputBuilder &builder)
{
    const QJsonArray pairs = output.value("lyrics_pairs"_L1).toArray();
    for (qsizetype i = 0; i < std::min(pairs.size(), kMaxItems); ++i) {
        const QJsonObject pair = pairs.at(i).toObject();
        builder.addText(indexKey(u"lyrics_pairs"_s, i), jsonText(pair.value("title"_L1)),
                        jsonText(pair.value("text"_L1)));
    }
}

void readModelShapes(const QJsonObject &output, OutputBuilder &builder)
{
    readLuma(output, builder);
    if (isMidjourney(output, builder.context()))
        readMidjourney(output, builder);
    readClips(output, builder);
    readSongs(output, builder);
    readLyrics(output, builder);
}

} // namespace taskreel
