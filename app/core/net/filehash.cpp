// SPDX-License-Identifier: MIT
#include "core/net/filehash.h"

#include "core/net/sha256.h"

#include <QFile>

namespace taskreel {

QByteArray sha256Of(const QString &path, const std::atomic_bool &stop,
                    const std::function<void(qint64)> &read)
{
    constexpr qint64 kBlock = 1024 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return {};
    Sha256 hash;
    QByteArray block(kBlock, Qt::Uninitialized);
    while (!stop) {
        const qint64 size = file.read(block.data(), block.size());
        if (size < 0)
            return {};
        if (size == 0)
            return hash.result();
        hash.addData(block.constData(), size);
        if (read)
            read(size);
    }
    return {};
}

} // namespace taskreel
