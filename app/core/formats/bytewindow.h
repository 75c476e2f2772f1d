// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QIODevice>

namespace taskreel {

/// Random access to a device through one buffer, so that a parser may look at single bytes.
/// Anything beyond the end reads as nothing; never more than a few pages in memory.
class ByteWindow final
{
public:
    explicit ByteWindow(QIODevice &device) : m_device(device), m_size(device.size()) { }

    [[nodiscard]] qint64 size() const { return m_size; }
    /// The byte, or -1 beyond the end.
    [[nodiscard]] int at(qint64 offset);
    /// Up to `count` bytes (64 KiB at most); fewer at the end.
    [[nodiscard]] QByteArray bytes(qint64 offset, qsizetype count);
    /// Zero beyond the end: check sizes first.
    [[nodiscard]] quint64 bigEndian(qint64 offset, int count);
    [[nodiscard]] quint64 littleEndian(qint64 offset, int count);

private:
    bool load(qint64 offset);

    QIODevice &m_device;
    qint64 m_size;
    qint64 m_start = 0;
    QByteArray m_buffer;
};

} // namespace taskreel
