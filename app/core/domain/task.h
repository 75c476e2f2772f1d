// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/taskstatus.h"
#include "core/domain/work.h"

#include <QDateTime>
#include <optional>

namespace taskreel {

/// A task as its newest answer tells it. Parsed from the kept answer when it is looked at; rows
/// need only a TaskSummary.
struct Task
{
    QString id;
    QString model;
    QString taskType;
    TaskStatus status = TaskStatus::NotAsked;
    QString rawStatus; ///< the service's own word, as sent
    QString prompt;
    QString negativePrompt;
    QString originTaskId; ///< parent of a derived task (extend, lip sync, effects)
    QString serviceMode;
    QString mode; ///< Kling: std, pro
    QString version;
    QString seed; ///< as sent, when the answer tells the request's
    QDateTime createdAt; ///< UTC; invalid when unset
    QDateTime startedAt;
    QDateTime endedAt;
    std::optional<double> percent; ///< 0–100 when the service says
    QString usageType;
    qint64 usageFrozen = 0;
    qint64 usageConsumed = 0;
    qint64 errorCode = 0;
    QString errorText; ///< the first that is not empty of raw_message, message, logs, envelope message
    QString errorDetails; ///< the rest
    QList<Work> works;

    bool operator==(const Task &) const = default;
    /// US dollars as billed: 10 000 000 units of `point` or `llm` are about 1 USD.
    [[nodiscard]] std::optional<double> approximateCost() const;
    [[nodiscard]] const Media *findMedia(const QString &mediaKey) const;
    [[nodiscard]] int resultCount() const; ///< works that have a result medium
};

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::Task)
