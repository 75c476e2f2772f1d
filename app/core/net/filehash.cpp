// SPDX-License-Identifier: MIT
#include "core/net/filehash.h"

#include "core/net/sha256.h"

#include <QFile>

namespace taskreel {

QByteArray sha256Of(const QString &path, const std::atomic_bool &stop)
{
    constexpr qint64 kBlock = 1024 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    Sha256 hash;
    while (!file.atEnd() && !stop) {
        const QByteArray block = file.read(kBlock);
        if (block.isEmpty())
            return {};
        hash.addData(block.constData(), block.size());
    }
    return stop ? QByteArray() : hash.result();
}

} // namespace taskreel
