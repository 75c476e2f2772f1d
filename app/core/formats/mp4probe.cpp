// SPDX-License-Identifier: MIT
#include "core/formats/containerprobes.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

// Fragmented files have a pair of boxes for each fragment; no real clip comes near this.
static constexpr int kMaxBoxes = 100'000;

namespace {

struct Box
{
    QByteArray type;
    qint64 payload = 0; ///< offset
    qint64 end = 0; ///< offset behind it; may be beyond the file
    bool valid = false;
};

struct Track
{
    QByteArray handler;
    QSize size;
};

class Mp4Probe final
{
public:
    Mp4Probe(ByteWindow &file, MediaProbe &probe) : m_file(file), m_probe(probe) { }

    void run()
    {
        readTopLevel();
        setKind();
        if (m_probe.problem.isEmpty() && !m_moov)
            m_probe.problem = u"no moov box"_s;
        else if (m_probe.problem.isEmpty() && !m_mdat)
            m_probe.problem = u"no mdat box"_s;
        m_probe.complete = m_probe.problem.isEmpty();
    }

private:
    Box boxAt(qint64 offset, qint64 limit)
    {
        Box box;
        if (limit - offset < 8)
            return box;
        quint64 size = m_file.bigEndian(offset, 4);
        box.type = m_file.bytes(offset + 4, 4);
        box.payload = offset + 8;
        if (size == 1) {
            size = m_file.bigEndian(offset + 8, 8);
            box.payload = offset + 16;
        } else if (size == 0) {
            size = static_cast<quint64>(limit - offset); // to the end
        }
        constexpr quint64 kLargest = 1ULL << 48;
        box.valid = size >= static_cast<quint64>(box.payload - offset) && size <= kLargest;
        box.end = offset + static_cast<qint64>(box.valid ? size : 8);
        return box;
    }

    void readTopLevel()
    {
        qint64 offset = 0;
        for (int n = 0; offset < m_file.size(); ++n) {
            const Box box = boxAt(offset, m_file.size());
            if (!box.valid || n >= kMaxBoxes) {
                // Some writers leave a few bytes behind the last box.
                if (!m_moov || !m_mdat)
                    m_probe.problem = u"broken box at %1"_s.arg(offset);
                return;
            }
            take(box);
            if (box.end > m_file.size()) {
                setMissing(m_probe, box.type.constData(),
                           static_cast<quint64>(box.end - m_file.size()));
                return;
            }
            offset = box.end;
        }
    }

    void take(const Box &box)
    {
        if (box.type == "ftyp")
            m_brand = m_file.bytes(box.payload, 4);
        m_mdat = m_mdat || box.type == "mdat";
        if (box.type != "moov" || box.end > m_file.size())
            return;
        m_moov = true;
        readChildren(box, 0);
    }

    void readChildren(const Box &parent, int depth)
    {
        constexpr int kMaxDepth = 4;
        qint64 offset = parent.payload;
        for (int n = 0; depth < kMaxDepth && n < kMaxBoxes; ++n) {
            const Box box = boxAt(offset, parent.end);
            if (!box.valid || box.end > parent.end)
                return;
            if (box.type == "trak")
                m_tracks.append(Track());
            if (box.type == "trak" || box.type == "mdia" || box.type == "mvex")
                readChildren(box, depth + 1);
            else
                takeHeader(box);
            offset = box.end;
        }
    }

    void takeHeader(const Box &box)
    {
        const bool wide = m_file.at(box.payload) == 1; // version 1 has 64-bit times
        if (box.type == "mvhd") {
            m_timescale = m_file.bigEndian(box.payload + (wide ? 20 : 12), 4);
            setDuration(m_file.bigEndian(box.payload + (wide ? 24 : 16), wide ? 8 : 4), wide);
        } else if (box.type == "mehd" && m_probe.durationMs == 0) {
            setDuration(m_file.bigEndian(box.payload + 4, wide ? 8 : 4), wide);
        } else if (box.type == "tkhd" && !m_tracks.isEmpty()) {
            m_tracks.last().size = trackSize(box.payload + (wide ? 52 : 40));
        } else if (box.type == "hdlr" && !m_tracks.isEmpty() && m_tracks.last().handler.isEmpty()) {
            m_tracks.last().handler = m_file.bytes(box.payload + 8, 4);
        }
    }

    void setDuration(quint64 units, bool wide)
    {
        const bool unknown = units == (wide ? ~0ULL : 0xFFFF'FFFFULL);
        constexpr double kLongestMs = 7.0 * 24 * 3600 * 1000;
        if (unknown || m_timescale == 0)
            return;
        const double ms = static_cast<double>(units) * 1000 / static_cast<double>(m_timescale);
        if (ms <= kLongestMs)
            m_probe.durationMs = qRound64(ms);
    }

    /// Width and height behind the matrix; a quarter turn swaps them.
    QSize trackSize(qint64 matrix)
    {
        const quint64 a = m_file.bigEndian(matrix, 4);
        const quint64 b = m_file.bigEndian(matrix + 4, 4);
        const int width = static_cast<int>(m_file.bigEndian(matrix + 36, 4) >> 16);
        const int height = static_cast<int>(m_file.bigEndian(matrix + 40, 4) >> 16);
        const QSize size(width, height);
        return a == 0 && b != 0 ? size.transposed() : size;
    }

    void setKind()
    {
        bool video = false;
        bool audio = false;
        for (const Track &track : m_tracks) {
            audio = audio || track.handler == "soun";
            if (track.handler == "vide" && !video) {
                video = true;
                m_probe.size = track.size.isEmpty() ? QSize() : track.size;
            }
        }
        if (audio && !video) {
            m_probe.kind = MediaKind::Audio;
            m_probe.extension = u"m4a"_s;
        } else if (m_brand == "qt  ") {
            m_probe.extension = u"mov"_s;
        }
    }

    ByteWindow &m_file;
    MediaProbe &m_probe;
    QList<Track> m_tracks;
    QByteArray m_brand;
    quint64 m_timescale = 0;
    bool m_moov = false;
    bool m_mdat = false;
};

} // namespace

void probeMp4(ByteWindow &file, MediaProbe &probe)
{
    Mp4Probe(file, probe).run();
}

/// One EBML number: its length is in the leading zero bits. All ones: unknown.
static qint64 ebmlSize(ByteWindow &file, qint64 &offset)
{
    const int first = file.at(offset);
    int length = 1;
    while (length <= 8 && first >= 0 && !(first & (0x80 >> (length - 1))))
        ++length;
    if (first < 0 || length > 8)
        return -1;
    const quint64 mask = (1ULL << (7 * length)) - 1;
    const quint64 value = file.bigEndian(offset, length) & mask;
    offset += length;
    return value == mask || value > (1ULL << 48) ? -1 : static_cast<qint64>(value);
}

void probeWebM(ByteWindow &file, MediaProbe &probe)
{
    constexpr qsizetype kHead = 4096;
    const QByteArray head = file.bytes(0, kHead);
    if (head.left(64).contains("matroska"))
        probe.extension = u"mkv"_s;
    if (head.contains("A_") && !head.contains("V_"))
        probe.kind = MediaKind::Audio;
    qint64 offset = 4;
    const qint64 header = ebmlSize(file, offset);
    offset += std::max<qint64>(header, 0);
    if (header < 0 || file.bigEndian(offset, 4) != 0x1853'8067) {
        probe.problem = u"no segment"_s;
        return;
    }
    offset += 4;
    const qint64 segment = ebmlSize(file, offset);
    // A live recording does not say how long it is.
    if (segment >= 0 && offset + segment > file.size())
        setMissing(probe, "segment", static_cast<quint64>(offset + segment - file.size()));
    else
        probe.complete = true;
}

void probeGlb(ByteWindow &file, MediaProbe &probe)
{
    const auto length = static_cast<qint64>(file.littleEndian(8, 4));
    if (length < 12)
        probe.problem = u"broken length"_s;
    else if (length > file.size())
        setMissing(probe, "glTF", static_cast<quint64>(length - file.size()));
    else
        probe.complete = true;
}

} // namespace taskreel
