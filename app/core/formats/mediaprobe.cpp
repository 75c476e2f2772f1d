// SPDX-License-Identifier: MIT
#include "core/formats/mediaprobe.h"

#include "core/formats/containerprobes.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace taskreel {

using Form = MediaProbe::Form;

namespace {

struct Reader
{
    Form form;
    MediaKind kind;
    QLatin1StringView extension;
    void (*probe)(ByteWindow &, MediaProbe &);
};

constexpr Reader kReaders[] = {
    {Form::Mp4, MediaKind::Video, "mp4"_L1, probeMp4},
    {Form::WebM, MediaKind::Video, "webm"_L1, probeWebM},
    {Form::Png, MediaKind::Image, "png"_L1, probePng},
    {Form::Jpeg, MediaKind::Image, "jpg"_L1, probeJpeg},
    {Form::WebP, MediaKind::Image, "webp"_L1, probeWebP},
    {Form::Gif, MediaKind::Image, "gif"_L1, probeGif},
    {Form::Mp3, MediaKind::Audio, "mp3"_L1, probeMp3},
    {Form::Wav, MediaKind::Audio, "wav"_L1, probeWav},
    {Form::Flac, MediaKind::Audio, "flac"_L1, probeFlac},
    {Form::Ogg, MediaKind::Audio, "ogg"_L1, probeOgg},
    {Form::Glb, MediaKind::Model, "glb"_L1, probeGlb},
};

} // namespace

static bool isMp4(const QByteArray &head)
{
    const QByteArray type = head.mid(4, 4);
    if (type == "ftyp") {
        // Pictures and pictures in motion use the same boxes; no reader of ours takes them.
        const QByteArray brand = head.mid(8, 4);
        return brand != "avif" && brand != "avis" && brand != "heic" && brand != "heix"
            && brand != "mif1" && brand != "msf1";
    }
    // A text may hold these words there too, but no box is so long that it starts with a letter.
    if (static_cast<unsigned char>(head.at(0)) >= 0x20)
        return false;
    return type == "moov" || type == "mdat" || type == "wide" || type == "skip" || type == "free";
}

static Form formOfText(const QByteArray &head)
{
    QByteArray text = head;
    if (text.startsWith("\xEF\xBB\xBF"))
        text.remove(0, 3);
    text = text.trimmed().toLower();
    for (const char *start : {"#extm3u", "ffconcat", "[playlist]", "[reference]", "rtsptext"}) {
        if (text.startsWith(start))
            return Form::Playlist;
    }
    if (text.startsWith('<'))
        return text.contains("<mpd") || text.contains("<smoothstreaming") ? Form::Playlist
                                                                          : Form::Html;
    return text.startsWith('{') || text.startsWith('[') ? Form::Json : Form::Unknown;
}

static Form formOf(ByteWindow &file)
{
    constexpr qsizetype kHead = 512;
    const QByteArray head = file.bytes(0, kHead);
    if (head.isEmpty())
        return Form::Empty;
    if (isMp4(head))
        return Form::Mp4;
    if (head.startsWith("\x1A\x45\xDF\xA3"))
        return Form::WebM;
    if (head.startsWith("\x89PNG\r\n\x1A\n"))
        return Form::Png;
    if (head.startsWith("\xFF\xD8\xFF"))
        return Form::Jpeg;
    if (head.startsWith("RIFF") || head.startsWith("RF64"))
        return head.mid(8, 4) == "WEBP" ? Form::WebP
            : head.mid(8, 4) == "WAVE"  ? Form::Wav
                                        : Form::Unknown;
    if (head.startsWith("GIF87a") || head.startsWith("GIF89a"))
        return Form::Gif;
    if (head.startsWith("fLaC"))
        return Form::Flac;
    if (head.startsWith("OggS"))
        return Form::Ogg;
    if (head.startsWith("glTF"))
        return Form::Glb;
    if (head.startsWith("ID3") || startsWithMp3Frame(file))
        return Form::Mp3;
    return formOfText(head);
}

MediaProbe probeMedia(QIODevice &device)
{
    ByteWindow file(device);
    MediaProbe probe;
    probe.form = formOf(file);
    for (const Reader &reader : kReaders) {
        if (reader.form != probe.form)
            continue;
        probe.kind = reader.kind;
        probe.extension = reader.extension;
        reader.probe(file, probe);
        return probe;
    }
    probe.problem = probe.form == Form::Empty ? u"no bytes"_s : u"not media"_s;
    return probe;
}

MediaProbe probeFile(const QString &path)
{
    QFile file(path);
    if (file.open(QIODevice::ReadOnly))
        return probeMedia(file);
    MediaProbe probe;
    probe.problem = file.errorString();
    return probe;
}

void setMissing(MediaProbe &probe, const char *part, quint64 missing)
{
    probe.complete = false;
    probe.problem =
        u"%1 wants %2 bytes more"_s.arg(QString::fromLatin1(part), QString::number(missing));
}

} // namespace taskreel
