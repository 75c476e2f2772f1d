// SPDX-License-Identifier: MIT
#include "core/downloads/downloaditem.h"

#include "core/downloads/downloadjob.h"

#include <QFileInfo>

namespace taskreel {

QString DownloadItem::fileName() const
{
    for (const QString &known : {path, record.finalPath, record.targetPath}) {
        if (!known.isEmpty())
            return QFileInfo(known).fileName();
    }
    return QFileInfo(record.relativePath).fileName();
}

qint64 DownloadItem::secondsLeft() const
{
    if (state != DownloadState::Running || total < 0 || bytesPerSecond <= 0)
        return -1;
    return (total - received + bytesPerSecond - 1) / bytesPerSecond;
}

} // namespace taskreel
