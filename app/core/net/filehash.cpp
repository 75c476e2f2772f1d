// SPDX-License-Identifier: MIT
#include "core/net/filehash.h"

#include "core/net/sha256.h"

#include <QFile>

namespace taskreel {

std::optional<qint64> addFile(Sha256 &hash, const QString &path, const std::atomic_bool &stop,
                              const std::function<void(qint64)> &read)
{
    constexpr qint64 kBlock = 1024 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return std::nullopt;
    QByteArray block(kBlock, Qt::Uninitialized);
    qint64 bytes = 0;
    while (!stop) {
        const qint64 size = file.read(block.data(), block.size());
        if (size < 0)
            return std::nullopt;
        if (size == 0)
            return bytes;
        hash.addData(block.constData(), size);
        bytes += size;
        if (read)
            read(size);
    }
    return std::nullopt;
}

QByteArray sha256Of(const QString &path, const std::atomic_bool &stop,
                    const std::function<void(qint64)> &read)
{
    Sha256 hash;
    return addFile(hash, path, stop, read) ? hash.result() : QByteArray();
}

} // namespace taskreel
