// SPDX-License-Identifier: MIT
#include "core/tasks/selectiontotals.h"

#include "core/tasks/taskrepository.h"

namespace taskreel {

SelectionTotals selectionTotals(const TaskRepository &repository, const QSet<QString> &ids)
{
    SelectionTotals totals;
    for (const QString &id : ids) {
        const TaskSummary *row = repository.find(id);
        if (!row)
            continue;
        ++totals.tasks;
        if (row->cost) {
            ++totals.costed;
            totals.cost += *row->cost;
        }
        if (row->startedAt.isValid() && row->endedAt.isValid() && row->endedAt >= row->startedAt) {
            ++totals.timed;
            totals.generationMs += row->startedAt.msecsTo(row->endedAt);
        }
    }
    return totals;
}

} // namespace taskreel
