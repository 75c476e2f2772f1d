// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/domain/taskstatus.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

namespace taskreel {

/// One task as the account's history lists it: less than its answer holds, no media.
struct HistoryRow
{
    QString taskId;
    QString model;
    QString taskType;
    TaskStatus status = TaskStatus::Other;
    QString rawStatus;
    QDateTime createdAt; ///< UTC; invalid when not said
    bool operator==(const HistoryRow &) const = default;
};

struct HistoryPage
{
    QList<HistoryRow> rows; ///< as sent: an id may be there twice
    int unreadable = 0; ///< entries without an id that could be a task's
    qint64 total = -1; ///< over all pages, as the service claims; -1: it does not say
    bool operator==(const HistoryPage &) const = default;
};

/// Pure, any thread. Bytes of an answer to a question for the history (API.md §1): the list is found
/// under `data.data`, in `data` itself, or in either as JSON text; fields may have any type. A body
/// without a list is the error that its status and code say. Never crashes on any bytes.
[[nodiscard]] Result<HistoryPage> readHistory(const QByteArray &body, int httpStatus);

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::HistoryPage)
