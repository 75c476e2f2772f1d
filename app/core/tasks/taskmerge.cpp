// SPDX-License-Identifier: MIT
#include "core/tasks/taskmerge.h"

#include <algorithm>

namespace taskreel {

namespace {

int progressOf(TaskStatus status)
{
    switch (status) {
    case TaskStatus::NotAsked:
        return 0;
    case TaskStatus::Other:
    case TaskStatus::Pending:
        return 1;
    case TaskStatus::Processing:
        return 2;
    case TaskStatus::Completed:
    case TaskStatus::Failed:
    case TaskStatus::Cancelled:
        break;
    }
    return 3;
}

template<typename T>
bool isGap(const T &value)
{
    return value == T();
}

bool isGap(const QDateTime &value)
{
    return !value.isValid();
}

bool isGap(const QSize &value)
{
    return !value.isValid();
}

template<typename T>
bool fill(T &value, const T &other)
{
    if (!isGap(value) || isGap(other))
        return false;
    value = other;
    return true;
}

bool hasUrl(const Media &medium, const QByteArray &url)
{
    return std::any_of(medium.sources.cbegin(), medium.sources.cend(),
                       [&url](const Source &s) { return s.url == url || s.mirrors.contains(url); });
}

bool fillSources(Media &medium, const Media &other)
{
    bool changed = false;
    for (const Source &source : other.sources) {
        if (medium.source(source.variant) || (!source.url.isEmpty() && hasUrl(medium, source.url)))
            continue;
        // Both variants are known by name: an unnamed one is an older address of one of them.
        if (source.variant == Variant::Unstated && medium.source(Variant::Watermarked)
            && medium.source(Variant::Unwatermarked))
            continue;
        medium.sources.append(source);
        changed = true;
    }
    return changed;
}

bool fillMedium(Media &medium, const Media &other)
{
    bool changed = fillSources(medium, other);
    changed |= fill(medium.size, other.size);
    changed |= fill(medium.durationMs, other.durationMs);
    changed |= fill(medium.text, other.text);
    changed |= fill(medium.kind, other.kind);
    return changed;
}

Media *findMedia(Task &task, const QString &key)
{
    for (Work &work : task.works) {
        for (Media &medium : work.media) {
            if (medium.key == key)
                return &medium;
        }
    }
    return nullptr;
}

/// Where media that stood beside `other`'s now belong; null: in a work of their own.
Work *counterpart(Task &task, const Work &other)
{
    for (Work &work : task.works) {
        for (const Media &medium : other.media) {
            const auto same = [&medium](const Media &m) { return m.key == medium.key; };
            if (std::any_of(work.media.cbegin(), work.media.cend(), same))
                return &work;
        }
    }
    if (other.key.isEmpty())
        return nullptr;
    const auto it = std::find_if(task.works.begin(), task.works.end(),
                                 [&other](const Work &work) { return work.key == other.key; });
    return it == task.works.end() ? nullptr : &*it;
}

bool fillWork(Task &task, const Work &other)
{
    bool changed = false;
    Work missing = other;
    missing.media.clear();
    for (const Media &medium : other.media) {
        if (Media *known = findMedia(task, medium.key)) {
            changed |= fillMedium(*known, medium);
        } else if (medium.role != MediaRole::Intermediate || task.resultCount() == 0) {
            missing.media.append(medium);
            missing.media.last().noLongerOffered = true;
        }
    }
    if (missing.media.isEmpty())
        return changed;
    if (Work *work = counterpart(task, other))
        work->media += missing.media;
    else
        task.works.append(missing);
    return true;
}

/// The leading task with every older one folded in. Those that tell nothing are left out of `kept`.
Task folded(Task task, const QByteArrayList &candidates, QByteArrayList *kept)
{
    for (const QByteArray &json : candidates) {
        const Result<Task> other = taskFromKeptAnswer(json);
        if (other && fillGaps(task, *other))
            kept->append(json);
    }
    return task;
}

} // namespace

bool leads(const TaskSummary &row, const Task &answer, bool fromService)
{
    if (isFinal(row.status) && !isFinal(answer.status))
        return false;
    if (fromService || !row.answeredAt.isValid())
        return true;
    const int known = progressOf(row.status);
    const int told = progressOf(answer.status);
    if (known != told)
        return told > known;
    if (row.endedAt.isValid() && answer.endedAt.isValid())
        return answer.endedAt > row.endedAt;
    if (row.createdAt.isValid() && answer.createdAt.isValid() && row.createdAt != answer.createdAt)
        return answer.createdAt > row.createdAt;
    return answer.percent.value_or(0) > row.percent.value_or(0);
}

bool leadsByTime(const TaskSummary &row, const Task &answer, const QDateTime &answeredAt)
{
    if (isFinal(row.status) != isFinal(answer.status))
        return isFinal(answer.status);
    return !row.answeredAt.isValid() || (answeredAt.isValid() && answeredAt > row.answeredAt);
}

static QString mergedNotes(const QString &ours, const QString &theirs)
{
    const QString other = theirs.trimmed();
    if (ours.contains(other))
        return ours;
    return other.contains(ours.trimmed()) ? theirs : ours.trimmed() + u'\n' + other;
}

TaskMarks mergedMarks(const TaskMarks &ours, const TaskMarks &theirs)
{
    return {ours.starred || theirs.starred, ours.rejected || theirs.rejected,
            mergedNotes(ours.note, theirs.note), tidyTags(ours.tags + theirs.tags)};
}

KeptAnswer mergedAnswer(const KeptAnswer &kept, const ReadAnswer &answer, bool leading)
{
    if (kept.json == answer.json)
        return kept;
    KeptAnswer merged;
    if (leading) {
        merged.json = answer.json;
        merged.task =
            folded(answer.task, QByteArrayList{kept.json} + kept.earlier, &merged.earlier);
        return merged;
    }
    merged.json = kept.json;
    merged.task = kept.task;
    merged.earlier = kept.earlier;
    if (fillGaps(merged.task, answer.task))
        merged.earlier.append(answer.json);
    return merged;
}

KeptAnswer readKeptAnswer(const QString &taskId, const QByteArray &json,
                          const QByteArrayList &earlier)
{
    KeptAnswer kept;
    kept.json = json;
    kept.task.id = taskId;
    if (const Result<Task> task = taskFromKeptAnswer(json))
        kept.task = folded(*task, earlier, &kept.earlier);
    else
        kept.earlier = earlier;
    kept.task.id = taskId;
    return kept;
}

bool fillGaps(Task &task, const Task &other)
{
    bool changed = false;
    for (QString Task::*field :
         {&Task::model, &Task::taskType, &Task::prompt, &Task::negativePrompt, &Task::originTaskId,
          &Task::serviceMode, &Task::mode, &Task::version, &Task::seed})
        changed |= fill(task.*field, other.*field);
    changed |= fill(task.createdAt, other.createdAt);
    changed |= fill(task.startedAt, other.startedAt);
    if (isFinal(task.status) && isFinal(other.status))
        changed |= fill(task.endedAt, other.endedAt);
    if (isGap(task.usageConsumed) && !isGap(other.usageConsumed)) {
        task.usageType = other.usageType;
        task.usageFrozen = other.usageFrozen;
        task.usageConsumed = other.usageConsumed;
        changed = true;
    }
    for (const Work &work : other.works)
        changed |= fillWork(task, work);
    return changed;
}

TaskSummary withAnswer(const TaskSummary &row, const Task &merged)
{
    TaskSummary next = summarise(merged);
    next.id = row.id;
    next.sequence = row.sequence;
    next.addedAt = row.addedAt;
    next.answeredAt = row.answeredAt;
    next.nextCheckAt = row.nextCheckAt;
    next.fetchState = row.fetchState;
    next.lastError = row.lastError;
    next.failedTries = row.failedTries;
    next.saveState = row.saveState;
    next.savePercent = row.savePercent;
    next.saveHold = row.saveHold;
    next.saveError = row.saveError;
    next.savedPath = row.savedPath;
    next.marks = row.marks;
    return next;
}

TaskSummary withAnswerInHaste(const TaskSummary &row, const Task &answer, bool leading)
{
    const TaskSummary told = withAnswer(row, answer);
    TaskSummary next = leading ? told : row;
    const TaskSummary &other = leading ? row : told;
    for (QString TaskSummary::*field :
         {&TaskSummary::model, &TaskSummary::taskType, &TaskSummary::prompt})
        fill(next.*field, other.*field);
    fill(next.createdAt, other.createdAt);
    fill(next.startedAt, other.startedAt);
    fill(next.expiresAt, other.expiresAt);
    if (isFinal(next.status) && isFinal(other.status))
        fill(next.endedAt, other.endedAt);
    fill(next.cost, other.cost);
    if (next.kind == MediaKind::Unknown) {
        next.kind = other.kind;
        next.size = other.size;
        next.durationMs = other.durationMs;
    }
    next.resultCount = std::max(next.resultCount, other.resultCount);
    next.hasWatermarked |= other.hasWatermarked;
    next.hasUnwatermarked |= other.hasUnwatermarked;
    next.hasCover |= other.hasCover;
    return next;
}

} // namespace taskreel
