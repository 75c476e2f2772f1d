// SPDX-License-Identifier: MIT
#include "core/formats/outputbuilder.h"

#include "core/formats/jsonread.h"
#include "core/formats/redaction.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

static QByteArray addressIn(const QJsonValue &value)
{
    const QString text = value.isString() ? value.toString().trimmed() : QString();
    return isWebAddress(text) ? text.toUtf8() : QByteArray();
}

static QList<Source> variantSources(const QJsonObject &object)
{
    const QByteArray marked = addressIn(object.value("resource"_L1));
    const QByteArray clean = addressIn(object.value("resource_without_watermark"_L1));
    if (!marked.isEmpty() && marked == clean)
        return {{Variant::Unstated, marked, {}, {}}};
    QList<Source> sources;
    if (!marked.isEmpty())
        sources.append({Variant::Watermarked, marked, {}, {}});
    if (!clean.isEmpty())
        sources.append({Variant::Unwatermarked, clean, {}, {}});
    return sources;
}

static QList<Source> plainSources(const QJsonObject &object)
{
    QList<QByteArray> found;
    for (const QLatin1StringView name :
         {"url"_L1, "video_url"_L1, "image_url"_L1, "audio_url"_L1, "href"_L1, "download_url"_L1}) {
        const QByteArray address = addressIn(object.value(name));
        if (!address.isEmpty() && !found.contains(address))
            found.append(address);
    }
    if (found.isEmpty())
        return {};
    return {{Variant::Unstated, found.constFirst(), found.mid(1), {}}};
}

static qint64 durationOf(const QJsonObject &object, bool milliseconds)
{
    constexpr double kLongestMs = 7.0 * 24 * 3600 * 1000;
    const double number = jsonNumber(object.value("duration"_L1)).value_or(0);
    return qRound64(std::clamp(milliseconds ? number : number * 1000, 0.0, kLongestMs));
}

static void readObject(Media &medium, const QJsonObject &object, bool klingModel)
{
    medium.sources = variantSources(object);
    const bool classic = !medium.sources.isEmpty();
    if (!classic)
        medium.sources = plainSources(object);
    medium.size = jsonSize(object);
    medium.durationMs = durationOf(object, classic || klingModel);
}

static bool looksLikeAddress(const QString &text)
{
    if (std::any_of(text.cbegin(), text.cend(), [](QChar c) { return c.isSpace(); }))
        return false;
    return text.contains("://"_L1) || text.startsWith(u'/')
        || text.startsWith("data:"_L1, Qt::CaseInsensitive)
        || text.startsWith("javascript:"_L1, Qt::CaseInsensitive);
}

static void readText(Media &medium, const QString &text, const QString &fieldName)
{
    if (isWebAddress(text)) {
        medium.sources.append({Variant::Unstated, text.toUtf8(), {}, {}});
    } else if (isInlineDataMarker(text)) {
        medium.sources.append({Variant::Unstated, {}, {}, {}});
    } else if (const auto bytes = inlineData(text, isInlineDataField(fieldName))) {
        medium.sources.append({Variant::Unstated, {}, {}, *bytes});
    } else if (looksLikeAddress(text)) {
        // Neither http nor https, so never asked: shown as the text that it is.
        medium.kind = MediaKind::Text;
        medium.role = MediaRole::Link;
        medium.text = text;
    }
}

static QString lastField(const QString &key)
{
    QString field = key.mid(key.lastIndexOf(u'.') + 1);
    if (const qsizetype bracket = field.indexOf(u'['); bracket >= 0)
        field.truncate(bracket);
    return field;
}

static QString firstAddress(const Media &medium)
{
    return medium.sources.isEmpty() ? QString()
                                    : QString::fromUtf8(medium.sources.constFirst().url);
}

std::optional<Media> OutputBuilder::read(const QString &key, const QJsonValue &value,
                                         MediaKind kind, MediaRole role) const
{
    Media medium;
    medium.key = key;
    medium.kind = kind;
    medium.role = role;
    if (value.isObject()) {
        readObject(medium, value.toObject(), m_context.model == "kling"_L1);
    } else if (value.isString()) {
        const QString text = value.toString().trimmed();
        if (!text.isEmpty())
            readText(medium, text, lastField(key));
    }
    if (medium.sources.isEmpty() && medium.text.isEmpty())
        return std::nullopt;
    if (medium.kind == MediaKind::Unknown)
        medium.kind = kindOf(lastField(key), firstAddress(medium));
    return medium;
}

std::optional<Media> OutputBuilder::medium(const QString &key, const QJsonValue &value,
                                           MediaKind kind, MediaRole role)
{
    std::optional<Media> found = read(key, value, kind, role);
    if (found)
        rememberAll(*found);
    return found;
}

std::optional<Media> OutputBuilder::newMedium(const QString &key, const QJsonValue &value,
                                              MediaKind kind, MediaRole role)
{
    std::optional<Media> found = read(key, value, kind, role);
    if (!found)
        return found;
    const bool known = !found->sources.isEmpty()
        && std::all_of(found->sources.cbegin(), found->sources.cend(),
                       [this](const Source &source) {
                           return source.inlineBytes.isEmpty() && m_urls.contains(source.url);
                       });
    if (known)
        return std::nullopt;
    rememberAll(*found);
    return found;
}

void OutputBuilder::rememberAll(const Media &medium)
{
    for (const Source &source : medium.sources) {
        if (!source.url.isEmpty())
            m_urls.insert(source.url);
        for (const QByteArray &mirror : source.mirrors)
            m_urls.insert(mirror);
    }
}

void OutputBuilder::addWork(const Work &work)
{
    if (!work.media.isEmpty())
        m_works.append(work);
}

void OutputBuilder::addText(const QString &key, const QString &label, const QString &text)
{
    if (text.trimmed().isEmpty())
        return;
    Media medium;
    medium.key = key;
    medium.kind = MediaKind::Text;
    medium.label = label;
    medium.text = text;
    m_works.append({key, label, {}, {medium}});
}

/// `videoUrl` and `video_url` → video, url.
static QStringList wordsOf(const QString &fieldName)
{
    QString spaced;
    for (const QChar c : fieldName) {
        if (c.isUpper())
            spaced.append(u' ');
        spaced.append(c.isLetterOrNumber() ? c.toLower() : u' ');
    }
    return spaced.split(u' ', Qt::SkipEmptyParts);
}

static MediaKind kindByWord(const QString &word)
{
    static const QHash<QString, MediaKind> kinds{
        {u"video"_s, MediaKind::Video},     {u"videos"_s, MediaKind::Video},
        {u"mp4"_s, MediaKind::Video},       {u"movie"_s, MediaKind::Video},
        {u"image"_s, MediaKind::Image},     {u"images"_s, MediaKind::Image},
        {u"img"_s, MediaKind::Image},       {u"cover"_s, MediaKind::Image},
        {u"thumbnail"_s, MediaKind::Image}, {u"frame"_s, MediaKind::Image},
        {u"picture"_s, MediaKind::Image},   {u"photo"_s, MediaKind::Image},
        {u"poster"_s, MediaKind::Image},    {u"png"_s, MediaKind::Image},
        {u"audio"_s, MediaKind::Audio},     {u"audios"_s, MediaKind::Audio},
        {u"song"_s, MediaKind::Audio},      {u"music"_s, MediaKind::Audio},
        {u"sound"_s, MediaKind::Audio},     {u"voice"_s, MediaKind::Audio},
        {u"mp3"_s, MediaKind::Audio},       {u"model"_s, MediaKind::Model},
        {u"mesh"_s, MediaKind::Model},      {u"glb"_s, MediaKind::Model},
    };
    return kinds.value(word, MediaKind::Unknown);
}

static MediaKind kindByExtension(const QString &extension)
{
    static const QHash<QString, MediaKind> kinds{
        {u"mp4"_s, MediaKind::Video},  {u"mov"_s, MediaKind::Video},  {u"m4v"_s, MediaKind::Video},
        {u"webm"_s, MediaKind::Video}, {u"mkv"_s, MediaKind::Video},  {u"png"_s, MediaKind::Image},
        {u"jpg"_s, MediaKind::Image},  {u"jpeg"_s, MediaKind::Image}, {u"webp"_s, MediaKind::Image},
        {u"gif"_s, MediaKind::Image},  {u"mp3"_s, MediaKind::Audio},  {u"wav"_s, MediaKind::Audio},
        {u"flac"_s, MediaKind::Audio}, {u"ogg"_s, MediaKind::Audio},  {u"m4a"_s, MediaKind::Audio},
        {u"aac"_s, MediaKind::Audio},  {u"opus"_s, MediaKind::Audio}, {u"glb"_s, MediaKind::Model},
        {u"gltf"_s, MediaKind::Model}, {u"obj"_s, MediaKind::Model},  {u"fbx"_s, MediaKind::Model},
        {u"stl"_s, MediaKind::Model},  {u"txt"_s, MediaKind::Text},   {u"srt"_s, MediaKind::Text},
        {u"vtt"_s, MediaKind::Text},
    };
    return kinds.value(extension, MediaKind::Unknown);
}

static QString extensionOf(const QString &address)
{
    QStringView path(address);
    for (const QChar end : {u'#', u'?'}) {
        if (const qsizetype at = path.indexOf(end); at >= 0)
            path.truncate(at);
    }
    const QStringView name = path.mid(path.lastIndexOf(u'/') + 1);
    const qsizetype dot = name.lastIndexOf(u'.');
    return dot < 0 ? QString() : name.mid(dot + 1).toString().toLower();
}

MediaKind kindOf(const QString &fieldName, const QString &address)
{
    const QStringList words = wordsOf(fieldName);
    for (auto it = words.crbegin(); it != words.crend(); ++it) {
        if (const MediaKind kind = kindByWord(*it); kind != MediaKind::Unknown)
            return kind;
    }
    return kindByExtension(extensionOf(address));
}

QString keyInWords(const QString &key)
{
    QString words;
    const QStringList parts = key.split(u'.');
    for (const QString &part : parts) {
        const QStringList pieces = part.split(u'[');
        QString word = QString(pieces.constFirst()).replace(u'_', u' ');
        for (const QString &piece : pieces.mid(1))
            word += u' ' + QString::number(QStringView(piece).chopped(1).toInt() + 1);
        words += (words.isEmpty() ? QString() : u" \u203a "_s) + word.trimmed();
    }
    return words;
}

QString joinKey(const QString &parent, const QString &field)
{
    return parent.isEmpty() ? field : parent + u'.' + field;
}

QString indexKey(const QString &parent, qsizetype index)
{
    return parent + u'[' + QString::number(index) + u']';
}

} // namespace taskreel
