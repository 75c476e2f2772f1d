// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"
#include "core/domain/task.h"
#include "core/domain/taskmarks.h"

namespace taskreel {

/// What Taskreel is doing about a row just now. Not kept on disk (the due time is).
enum class FetchState {
    Idle, ///< nothing to ask: ended, or stopped by an error that time does not mend
    Queued, ///< will be asked as soon as there is room
    Asking, ///< a request is on its way
    Waiting, ///< will be asked at nextCheckAt
    Held, ///< stopped behind the banner: no key, key refused
    Offline, ///< waits for the network; only in what is shown, see whileOffline()
};

/// Gone: was saved, and the file is not there any more, or is another one now.
enum class SaveState { NotSaved, Saving, Saved, Partly, Failed, Gone };

/// Why nothing of a row's files moves while it is Saving.
enum class SaveHold { None, Waiting, Paused };

/// What a row needs, kept in memory for every task. Made from a Task by summarise(); marks and
/// times of our own are added by the repository.
struct TaskSummary
{
    static constexpr int kPromptLimit = 500; ///< characters

    // From the answer
    QString id;
    QString model;
    QString taskType;
    TaskStatus status = TaskStatus::NotAsked;
    QString rawStatus;
    QString prompt; ///< at most kPromptLimit characters
    QString errorText;
    QDateTime createdAt; ///< UTC
    QDateTime startedAt; ///< UTC; with endedAt the time of generation
    QDateTime endedAt;
    std::optional<double> percent;
    std::optional<double> cost; ///< approximate USD
    MediaKind kind = MediaKind::Unknown; ///< of the first result
    QSize size; ///< px, of the first result
    qint64 durationMs = 0;
    int resultCount = 0;
    bool hasWatermarked = false;
    bool hasUnwatermarked = false;
    bool hasCover = false;
    QDateTime expiresAt; ///< UTC: the first of the results' links that says itself when it ends

    // Ours
    qint64 sequence = 0; ///< order of adding; grows
    QDateTime addedAt; ///< UTC
    QDateTime answeredAt; ///< UTC of the last answer; invalid before the first
    QDateTime nextCheckAt; ///< UTC; invalid when there is nothing to ask
    FetchState fetchState = FetchState::Idle;
    Error lastError; ///< of the last try; None after an answer
    int failedTries = 0; ///< in a row
    SaveState saveState = SaveState::NotSaved;
    int savePercent = 0; ///< 0–100 while Saving
    SaveHold saveHold = SaveHold::None; ///< of interest while Saving
    QString saveError; ///< words, when SaveState::Failed or Gone
    QString savedPath; ///< of the newest saved file
    TaskMarks marks;

    bool operator==(const TaskSummary &) const = default;
};

/// What there is to show of a row while the service cannot be reached: whatever it waited for, it
/// now waits for the network.
[[nodiscard]] TaskSummary whileOffline(TaskSummary row);
[[nodiscard]] FetchState stateWhileOffline(const TaskSummary &row);

/// The answer's part of a summary.
[[nodiscard]] TaskSummary summarise(const Task &task);
/// The first eight characters of an id, for second lines.
[[nodiscard]] QString shortId(const QString &taskId);

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::TaskSummary)
