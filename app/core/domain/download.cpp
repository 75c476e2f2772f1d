// SPDX-License-Identifier: MIT
#include "core/domain/download.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr qsizetype kLongestNameBytes = 255;

/// A name at the limit is cut to make room for the ending.
QString StoredDownload::partPath() const
{
    if (targetPath.isEmpty())
        return {};
    const QString ending = u".part"_s;
    const QFileInfo info(targetPath);
    QString name = info.fileName();
    while (name.toUtf8().size() + ending.size() > kLongestNameBytes)
        name.chop(name.size() > 1 && name.back().isLowSurrogate() ? 2 : 1);
    return info.path() + u'/' + name + ending;
}

} // namespace taskreel
