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
    if (summary.kind == MediaKind::Unknown) {
        summary.kind = main->kind;
        summary.size = main->size;
        summary.durationMs = main->durationMs;
    }
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
    summary.endedAt = task.endedAt;
    summary.percent = task.percent;
    summary.cost = task.approximateCost();
    summary.resultCount = task.resultCount();
    for (const Work &work : task.works)
        addMedia(summary, work);
    return summary;
}

QString shortId(const QString &taskId)
{
    return taskId.left(8);
}

} // namespace taskreel
