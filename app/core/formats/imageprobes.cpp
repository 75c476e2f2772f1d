// SPDX-License-Identifier: MIT
#include "core/formats/containerprobes.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr int kMaxParts = 1'000'000;

static QSize validSize(quint64 width, quint64 height)
{
    constexpr quint64 kLargest = 1'000'000;
    if (width == 0 || height == 0 || width > kLargest || height > kLargest)
        return {};
    return {static_cast<int>(width), static_cast<int>(height)};
}

void probePng(ByteWindow &file, MediaProbe &probe)
{
    qint64 offset = 8;
    for (int n = 0; n < kMaxParts; ++n) {
        const auto length = static_cast<qint64>(file.bigEndian(offset, 4));
        const QByteArray type = file.bytes(offset + 4, 4);
        const qint64 end = offset + 12 + length;
        if (type.size() == 4 && length > 0x7FFF'FFFF) {
            probe.problem = u"broken chunk at %1"_s.arg(offset);
            return;
        }
        if (type == "IHDR")
            probe.size = validSize(file.bigEndian(offset + 8, 4), file.bigEndian(offset + 12, 4));
        if (type.size() < 4 || end > file.size()) {
            setMissing(probe, type.isEmpty() ? "PNG" : type.constData(),
                       static_cast<quint64>(std::max<qint64>(end - file.size(), 1)));
            return;
        }
        if (type == "IEND") {
            probe.complete = true;
            return;
        }
        offset = end;
    }
    probe.problem = u"too many chunks"_s;
}

/// True for the frame headers that hold the picture's size.
static bool isStartOfFrame(int marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/// In coded data an FF is followed by 00 or a restart marker, so FF D9 is the end and nothing else.
static bool reachesEndOfImage(ByteWindow &file, qint64 offset)
{
    constexpr qsizetype kStep = 32 * 1024;
    while (offset < file.size()) {
        const QByteArray piece = file.bytes(offset, kStep);
        if (piece.contains("\xFF\xD9"))
            return true;
        if (piece.size() < 2)
            return false;
        offset += piece.size() - 1;
    }
    return false;
}

void probeJpeg(ByteWindow &file, MediaProbe &probe)
{
    qint64 offset = 2;
    probe.problem = u"cut before the picture"_s;
    for (int n = 0; n < kMaxParts; ++n) {
        if (file.at(offset) != 0xFF)
            return;
        const int marker = file.at(offset + 1);
        if (marker == 0xFF) {
            ++offset; // fill byte
            continue;
        }
        const auto length = static_cast<qint64>(file.bigEndian(offset + 2, 2));
        if (marker < 0 || length < 2)
            return;
        if (isStartOfFrame(marker))
            probe.size = validSize(file.bigEndian(offset + 7, 2), file.bigEndian(offset + 5, 2));
        offset += 2 + length;
        if (marker == 0xDA)
            break;
    }
    probe.complete = reachesEndOfImage(file, offset);
    probe.problem = probe.complete ? QString() : u"no end of image"_s;
}

static QSize webPSize(ByteWindow &file)
{
    const QByteArray type = file.bytes(12, 4);
    if (type == "VP8X")
        return validSize(file.littleEndian(24, 3) + 1, file.littleEndian(27, 3) + 1);
    if (type == "VP8L") {
        const quint64 bits = file.littleEndian(21, 4);
        return validSize((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
    }
    if (type == "VP8 ")
        return validSize(file.littleEndian(26, 2) & 0x3FFF, file.littleEndian(28, 2) & 0x3FFF);
    return {};
}

void probeWebP(ByteWindow &file, MediaProbe &probe)
{
    const auto end = static_cast<qint64>(file.littleEndian(4, 4)) + 8;
    probe.size = webPSize(file);
    if (end < 20)
        probe.problem = u"broken length"_s;
    else if (end > file.size())
        setMissing(probe, "RIFF", static_cast<quint64>(end - file.size()));
    else
        probe.complete = true;
}

static qint64 colourTableBytes(int flags)
{
    return flags & 0x80 ? 3LL << ((flags & 7) + 1) : 0;
}

/// Behind a chain of sub-blocks, or -1 when the file ends in it.
static qint64 behindSubBlocks(ByteWindow &file, qint64 offset)
{
    for (;;) {
        const int length = file.at(offset);
        if (length < 0)
            return -1;
        offset += 1 + length;
        if (length == 0)
            return offset;
    }
}

void probeGif(ByteWindow &file, MediaProbe &probe)
{
    probe.size = validSize(file.littleEndian(6, 2), file.littleEndian(8, 2));
    probe.problem = u"no trailer"_s;
    qint64 offset = 13 + colourTableBytes(std::max(0, file.at(10)));
    for (int n = 0; n < kMaxParts && offset >= 0; ++n) {
        const int block = file.at(offset);
        if (block == 0x3B) {
            probe.complete = true;
            probe.problem.clear();
            return;
        }
        if (block == 0x21) // extension
            offset = behindSubBlocks(file, offset + 2);
        else if (block == 0x2C) // image, behind it the size of its codes
            offset = behindSubBlocks(
                file, offset + 11 + colourTableBytes(std::max(0, file.at(offset + 9))));
        else
            return;
    }
}

} // namespace taskreel
