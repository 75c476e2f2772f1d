// SPDX-License-Identifier: MIT
#include "ui/list/selectedinorder.h"

#include "core/models/taskfilter.h"
#include "ui/list/taskselection.h"

#include <algorithm>
#include <limits>

namespace taskreel {

QStringList selectedInOrder(const TaskFilter &filter, const TaskSelection &selection)
{
    QList<std::pair<int, QString>> placed;
    for (const QString &id : selection.selected()) {
        const QModelIndex index = filter.indexOf(id);
        placed.append({index.isValid() ? index.row() : std::numeric_limits<int>::max(), id});
    }
    std::sort(placed.begin(), placed.end());
    QStringList ids;
    ids.reserve(placed.size());
    for (const auto &[row, id] : placed)
        ids.append(id);
    return ids;
}

} // namespace taskreel
