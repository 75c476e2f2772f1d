// SPDX-License-Identifier: MIT
#include "core/domain/taskmarks.h"

#include <algorithm>

namespace taskreel {

QStringList tidyTags(const QStringList &tags)
{
    QStringList tidy;
    for (const QString &text : tags) {
        const QStringList parts = text.split(u',', Qt::SkipEmptyParts);
        for (const QString &part : parts) {
            const QString tag = part.simplified();
            if (!tag.isEmpty() && !tidy.contains(tag, Qt::CaseInsensitive))
                tidy.append(tag);
        }
    }
    std::sort(tidy.begin(), tidy.end(), [](const QString &a, const QString &b) {
        return a.compare(b, Qt::CaseInsensitive) < 0;
    });
    return tidy;
}

} // namespace taskreel
