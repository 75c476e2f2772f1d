// SPDX-License-Identifier: MIT
#include "core/net/diskspace.h"

#include "core/net/partfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <sys/statvfs.h>

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
    // The system call itself: QStorageInfo reads the list of all mounts each time.
    struct statvfs storage = {};
    if (::statvfs(QFile::encodeName(place).constData(), &storage) != 0 || storage.f_blocks == 0)
        return -1;
    return static_cast<qint64>(storage.f_bavail) * static_cast<qint64>(storage.f_frsize);
}

Result<qint64> checkDiskSpace(const QString &path, qint64 bytes)
{
    const qint64 available = bytesFree(path);
    if (available >= 0 && available - kDiskReserve < bytes)
        return tl::unexpected<Error>(writeError(path, ENOSPC));
    return available;
}

} // namespace taskreel
