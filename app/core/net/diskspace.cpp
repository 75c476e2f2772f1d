// SPDX-License-Identifier: MIT
#include "core/net/diskspace.h"

#include "core/net/partfile.h"

#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>

#include <cerrno>

namespace taskreel {

qint64 bytesFree(const QString &path)
{
    QString place = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    while (!QFileInfo::exists(place)) {
        const QString parent = QFileInfo(place).path();
        if (parent == place)
            return -1;
        place = parent;
    }
    const QStorageInfo storage(place);
    return storage.isValid() && storage.bytesTotal() > 0 ? storage.bytesAvailable() : -1;
}

Result<qint64> checkDiskSpace(const QString &path, qint64 bytes)
{
    const qint64 available = bytesFree(path);
    if (available >= 0 && available - kDiskReserve < bytes)
        return tl::unexpected<Error>(writeError(path, ENOSPC));
    return available;
}

} // namespace taskreel
