// SPDX-License-Identifier: MIT
#include "ui/list/visiblerows.h"

#include "core/models/taskfilter.h"
#include "core/models/tasktablemodel.h"

namespace taskreel {

const TaskSummary &summaryOf(const TaskFilter &filter, const QModelIndex &index)
{
    Q_ASSERT(index.isValid());
    const auto *model = static_cast<const TaskTableModel *>(filter.sourceModel());
    return model->summaryAt(filter.mapToSource(index).row());
}

bool isCounting(const TaskSummary &row)
{
    return row.fetchState != FetchState::Idle && row.fetchState != FetchState::Held
            && (row.nextCheckAt.isValid() || row.answeredAt.isValid());
}

} // namespace taskreel
