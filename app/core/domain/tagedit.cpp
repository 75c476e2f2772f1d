// SPDX-License-Identifier: MIT
#include "core/domain/tagedit.h"

#include "core/domain/taskmarks.h"

namespace taskreel {

QStringList editedTags(const QStringList &tags, const QStringList &given, const QStringList &taken)
{
    QStringList edited = tags;
    edited.removeIf([&taken](const QString &tag) { return taken.contains(tag, Qt::CaseInsensitive); });
    return tidyTags(edited + given);
}

} // namespace taskreel
