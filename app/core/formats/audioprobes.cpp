// SPDX-License-Identifier: MIT
#include "core/formats/containerprobes.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

struct Mp3Frame
{
    qint64 bytes = 0; ///< 0: no frame
    int rate = 0;
    int samples = 0;
    int bitrate = 0; ///< bits a second
    int sideInfo = 0;
};

} // namespace

static Mp3Frame mp3FrameAt(ByteWindow &file, qint64 offset)
{
    static constexpr int kRates[] = {44100, 48000, 32000};
    static constexpr int kBitrates1[] = {0,   32,  40,  48,  56,  64,  80, 96,
                                         112, 128, 160, 192, 224, 256, 320};
    static constexpr int kBitrates2[] = {0,  8,  16, 24,  32,  40,  48, 56,
                                         64, 80, 96, 112, 128, 144, 160};
    const auto header = static_cast<quint32>(file.bigEndian(offset, 4));
    const quint32 version = header >> 19 & 3;
    const quint32 bitrateIndex = header >> 12 & 15;
    const quint32 rateIndex = header >> 10 & 3;
    const bool layer3 = (header >> 17 & 3) == 1;
    if (header >> 21 != 0x7FF || version == 1 || !layer3 || bitrateIndex == 0 || bitrateIndex == 15
        || rateIndex == 3)
        return {};
    const bool first = version == 3;
    const bool mono = (header >> 6 & 3) == 3;
    Mp3Frame frame;
    frame.rate = kRates[rateIndex] / (first ? 1 : version == 2 ? 2 : 4);
    frame.samples = first ? 1152 : 576;
    frame.bitrate = (first ? kBitrates1 : kBitrates2)[bitrateIndex] * 1000;
    frame.sideInfo = first ? (mono ? 17 : 32) : (mono ? 9 : 17);
    frame.bytes = frame.samples / 8 * frame.bitrate / frame.rate + (header >> 9 & 1);
    return frame;
}

bool startsWithMp3Frame(ByteWindow &file)
{
    const Mp3Frame frame = mp3FrameAt(file, 0);
    return frame.bytes > 0
        && (frame.bytes >= file.size() || mp3FrameAt(file, frame.bytes).bytes > 0);
}

static qint64 behindId3(ByteWindow &file)
{
    if (file.bytes(0, 3) != "ID3")
        return 0;
    qint64 length = 0;
    for (int i = 6; i < 10; ++i)
        length = length << 7 | (std::max(0, file.at(i)) & 0x7F);
    return 10 + length;
}

void probeMp3(ByteWindow &file, MediaProbe &probe)
{
    qint64 start = behindId3(file);
    constexpr qint64 kMaxPadding = 8192;
    for (qint64 n = 0; n < kMaxPadding && file.at(start) == 0; ++n)
        ++start;
    const Mp3Frame frame = mp3FrameAt(file, start);
    if (frame.bytes == 0 || start + frame.bytes > file.size()) {
        probe.problem = u"no whole frame"_s;
        return;
    }
    probe.complete = true;
    const qint64 audio = file.size() - start;
    probe.durationMs = audio * 8 * 1000 / frame.bitrate;
    // Most encoders write the number of frames and bytes into the first frame.
    const qint64 info = start + 4 + frame.sideInfo;
    const QByteArray tag = file.bytes(info, 4);
    if (tag != "Xing" && tag != "Info")
        return;
    const quint64 flags = file.bigEndian(info + 4, 4);
    if (flags & 1) {
        const auto frames = static_cast<qint64>(file.bigEndian(info + 8, 4));
        probe.durationMs = frames * frame.samples * 1000 / frame.rate;
    }
    const auto bytes = static_cast<qint64>(file.bigEndian(info + (flags & 1 ? 12 : 8), 4));
    if ((flags & 2) && bytes > audio)
        setMissing(probe, "audio", static_cast<quint64>(bytes - audio));
}

void probeWav(ByteWindow &file, MediaProbe &probe)
{
    constexpr int kMaxChunks = 10'000;
    constexpr qint64 kUnknown = 0xFFFF'FFFF; // written to a pipe
    qint64 byteRate = 0;
    qint64 offset = 12;
    for (int n = 0; n < kMaxChunks && offset + 8 <= file.size(); ++n) {
        const QByteArray type = file.bytes(offset, 4);
        const auto length = static_cast<qint64>(file.littleEndian(offset + 4, 4));
        if (type == "fmt ")
            byteRate = static_cast<qint64>(file.littleEndian(offset + 16, 4));
        if (type == "data") {
            const qint64 there = file.size() - offset - 8;
            if (byteRate > 0)
                probe.durationMs = std::min(length, there) * 1000 / byteRate;
            if (length > there && length != kUnknown)
                setMissing(probe, "data", static_cast<quint64>(length - there));
            else
                probe.complete = true;
            return;
        }
        offset += 8 + length + (length & 1);
    }
    probe.problem = u"no data chunk"_s;
}

void probeFlac(ByteWindow &file, MediaProbe &probe)
{
    constexpr int kMaxBlocks = 10'000;
    probe.problem = u"no audio"_s;
    qint64 offset = 4;
    for (int n = 0; n < kMaxBlocks; ++n) {
        const int type = file.at(offset);
        if (type < 0)
            return;
        if ((type & 0x7F) == 0) {
            const quint64 rate = file.bigEndian(offset + 14, 3) >> 4;
            const quint64 samples = file.bigEndian(offset + 17, 5) & 0xF'FFFF'FFFFULL;
            if (rate > 0)
                probe.durationMs = static_cast<qint64>(samples * 1000 / rate);
        }
        offset += 4 + static_cast<qint64>(file.bigEndian(offset + 1, 3));
        if (type & 0x80)
            break;
    }
    // The format has no length: all that can be told is that frames follow the last block.
    probe.complete = file.at(offset) == 0xFF && (file.at(offset + 1) & 0xFC) == 0xF8;
    if (probe.complete)
        probe.problem.clear();
}

void probeOgg(ByteWindow &file, MediaProbe &probe)
{
    constexpr qint64 kTail = 64 * 1024; // no page is longer
    const QByteArray head = file.bytes(0, 64);
    if (head.contains("theora"))
        probe.kind = MediaKind::Video;
    else if (head.contains("OpusHead"))
        probe.extension = u"opus"_s;
    const qint64 from = std::max<qint64>(0, file.size() - kTail);
    const QByteArray tail = file.bytes(from, kTail);
    const qsizetype page = tail.lastIndexOf("OggS");
    const int segments = page < 0 ? -1 : file.at(from + page + 26);
    qint64 end = from + page + 27 + std::max(0, segments);
    for (int i = 0; i < segments; ++i)
        end += std::max(0, file.at(from + page + 27 + i));
    const bool last = segments >= 0 && (file.at(from + page + 5) & 4);
    if (end > file.size())
        setMissing(probe, "page", static_cast<quint64>(end - file.size()));
    else if (!last)
        probe.problem = u"no last page"_s;
    else
        probe.complete = true;
}

} // namespace taskreel
