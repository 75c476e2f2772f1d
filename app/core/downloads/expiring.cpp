// SPDX-License-Identifier: MIT
#include "core/downloads/expiring.h"

#include "core/tasks/taskrepository.h"

#include <algorithm>

namespace taskreel {

static bool isUnsaved(const TaskSummary &row)
{
    return row.status == TaskStatus::Completed && row.resultCount > 0
        && row.saveState != SaveState::Saved && row.saveState != SaveState::Saving;
}

Expiring expiringResults(const TaskRepository &repository, const QDateTime &nowUtc)
{
    QList<std::pair<QDateTime, QString>> found;
    const QStringList ids = repository.ids();
    for (const QString &id : ids) {
        const TaskSummary &row = *repository.find(id);
        // Whom the user rejected need not be saved.
        if (!isUnsaved(row) || row.marks.rejected || !row.expiresAt.isValid())
            continue;
        if (row.expiresAt > nowUtc)
            found.append({row.expiresAt, id});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    Expiring expiring;
    for (const auto &[at, id] : std::as_const(found))
        expiring.ids.append(id);
    if (!found.isEmpty())
        expiring.first = found.constFirst().first;
    return expiring;
}

} // namespace taskreel
