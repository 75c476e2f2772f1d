// SPDX-License-Identifier: MIT
#include "ui/list/visiblerows.h"

#include "core/models/taskfilter.h"

namespace taskreel {

const TaskSummary &summaryOf(const TaskFilter &filter, const QModelIndex &index)
{
    Q_ASSERT(index.isValid());
    return filter.summaryAt(index.row());
}

bool isCounting(const TaskSummary &row)
{
    return row.fetchState != FetchState::Idle && row.fetchState != FetchState::Held
        && row.fetchState != FetchState::Offline
        && (row.nextCheckAt.isValid() || row.answeredAt.isValid());
}

bool isExpiringSoon(const TaskSummary &row, const QDateTime &nowUtc)
{
    constexpr qint64 kHourMs = 3'600'000;
    // A second more on either side: the last paint says that it is over.
    const qint64 left = row.expiresAt.isValid() ? nowUtc.msecsTo(row.expiresAt) : kHourMs;
    return left > -2'000 && left < kHourMs;
}

} // namespace taskreel
