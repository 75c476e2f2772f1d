// SPDX-License-Identifier: MIT
#include "core/domain/tasksummary.h"

namespace taskreel {

static void addMedia(TaskSummary &summary, const Work &work)
{
    const Media *main = work.mainMedia();
    summary.hasCover = summary.hasCover || work.cover();
    if (!main)
        return;
    summary.hasWatermarked = summary.hasWatermarked || main->source(Variant::Watermarked);
    summary.hasUnwatermarked = summary.hasUnwatermarked || main->source(Variant::Unwatermarked);
    if (main->role != MediaRole::Result)
        return;
    for (const Source &source : main->sources) {
        if (source.expiresAt.isValid()
            && (!summary.expiresAt.isValid() || source.expiresAt < summary.expiresAt))
            summary.expiresAt = source.expiresAt;
    }
}

/// The medium that speaks for the row: of the first work that has a result, else of any.
static const Media *speakingMedia(const Task &task)
{
    const Media *found = nullptr;
    for (const Work &work : task.works) {
        const Media *main = work.mainMedia();
        if (main && main->role == MediaRole::Result)
            return main;
        if (!found)
            found = main;
    }
    return found;
}

FetchState stateWhileOffline(const TaskSummary &row)
{
    const bool waits =
        row.fetchState == FetchState::Waiting || row.fetchState == FetchState::Queued;
    return waits && !isFinal(row.status) ? FetchState::Offline : row.fetchState;
}

TaskSummary whileOffline(TaskSummary row)
{
    row.fetchState = stateWhileOffline(row);
    return row;
}

TaskSummary summarise(const Task &task)
{
    TaskSummary summary;
    summary.id = task.id;
    summary.model = task.model;
    summary.taskType = task.taskType;
    summary.status = task.status;
    summary.rawStatus = task.rawStatus;
    summary.prompt = task.prompt.left(TaskSummary::kPromptLimit);
    summary.errorText = task.errorText;
    summary.createdAt = task.createdAt;
    summary.startedAt = task.startedAt;
    summary.endedAt = task.endedAt;
    summary.percent = task.percent;
    summary.cost = task.approximateCost();
    summary.resultCount = task.resultCount();
    for (const Work &work : task.works)
        addMedia(summary, work);
    if (const Media *main = speakingMedia(task)) {
        summary.kind = main->kind;
        summary.size = main->size;
        summary.durationMs = main->durationMs;
    }
    return summary;
}

QString shortId(const QString &taskId)
{
    return taskId.left(8);
}

} // namespace taskreel
