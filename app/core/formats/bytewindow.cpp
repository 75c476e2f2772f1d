// SPDX-License-Identifier: MIT
#include "core/formats/bytewindow.h"

#include <algorithm>

namespace taskreel {

static constexpr qsizetype kWindow = 64 * 1024;

bool ByteWindow::load(qint64 offset)
{
    if (offset < 0 || offset >= m_size)
        return false;
    if (offset >= m_start && offset < m_start + m_buffer.size())
        return true;
    // A step back, as when a header is looked at again, should not read the page once more.
    m_start = offset - offset % (kWindow / 2);
    m_buffer = m_device.seek(m_start) ? m_device.read(kWindow) : QByteArray();
    return offset < m_start + m_buffer.size();
}

int ByteWindow::at(qint64 offset)
{
    if (!load(offset))
        return -1;
    return static_cast<unsigned char>(m_buffer.at(static_cast<qsizetype>(offset - m_start)));
}

QByteArray ByteWindow::bytes(qint64 offset, qsizetype count)
{
    QByteArray result;
    count = std::min(count, kWindow);
    while (result.size() < count && load(offset)) {
        const QByteArray piece =
            m_buffer.mid(static_cast<qsizetype>(offset - m_start), count - result.size());
        result.append(piece);
        offset += piece.size();
    }
    return result;
}

quint64 ByteWindow::bigEndian(qint64 offset, int count)
{
    quint64 value = 0;
    for (int i = 0; i < count; ++i)
        value = value << 8 | static_cast<quint64>(std::max(0, at(offset + i)));
    return value;
}

quint64 ByteWindow::littleEndian(qint64 offset, int count)
{
    quint64 value = 0;
    for (int i = count - 1; i >= 0; --i)
        value = value << 8 | static_cast<quint64>(std::max(0, at(offset + i)));
    return value;
}

} // namespace taskreel
