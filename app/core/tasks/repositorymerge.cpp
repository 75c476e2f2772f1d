// SPDX-License-Identifier: MIT
// The part of TaskRepository that brings answers in and hands them out.
#include "core/domain/onpool.h"
#include "core/tasks/taskrepository.h"

#include <utility>

namespace taskreel {

/// Ids of one task are one, whatever the answer's spelling: assets are named by the row's.
static ReadAnswer withId(ReadAnswer answer, const QString &id)
{
    answer.task.id = id;
    return answer;
}

void TaskRepository::merge(const ReadAnswer &answer, bool fromService)
{
    if (answer.task.id.isEmpty())
        return;
    Row *row = rowOf(answer.task.id);
    if (!row) {
        // The user took it out while it was asked: it stays out. Pasted again, it comes back.
        if (fromService && m_removed.contains(keyOf(answer.task.id)))
            return;
        row = insert(answer.task.id, newAddedAt());
    }
    const QString id = row->summary.id;
    const Arrival arrival{withId(answer, id), leads(row->summary, answer.task, fromService)};
    noteAnswered(*row, fromService || arrival.leading);
    if (!row->answered) {
        row->answered = true;
        apply(*row, {}, {arrival.answer.task, arrival.answer.json, {}});
        return;
    }
    const KeptAnswer *kept = m_shelf.find(id);
    const bool small =
        answer.json.size() <= kPoolBytes && (!kept || kept->json.size() <= kPoolBytes);
    if (kept && small && !m_arrivals.contains(id)) {
        const KeptAnswer before = *kept;
        apply(*row, before, mergedAnswer(before, arrival.answer, arrival.leading));
        return;
    }
    const TaskSummary next = withAnswerInHaste(row->summary, answer.task, arrival.leading);
    if (next != row->summary) {
        row->summary = next;
        changed(*row, true);
    }
    m_arrivals[id].answers.append(arrival);
    m_shelf.request(id);
}

void TaskRepository::noteAnswered(Row &row, bool now)
{
    TaskSummary &summary = row.summary;
    if (!now && summary.answeredAt.isValid())
        return;
    // Alone this is no news: it is written along with the next change.
    summary.answeredAt = QDateTime::currentDateTimeUtc();
    if (summary.lastError.kind == ErrorKind::None && summary.failedTries == 0)
        return;
    summary.lastError = {};
    summary.failedTries = 0;
    changed(row, true);
}

void TaskRepository::mergeArrivals(const QString &id, const KeptAnswer &kept)
{
    Arrivals &arrivals = m_arrivals[id];
    const QList<Arrival> answers = std::exchange(arrivals.answers, {});
    qsizetype bytes = kept.json.size();
    for (const Arrival &arrival : answers)
        bytes += arrival.answer.json.size();
    const auto fold = [kept, answers] {
        KeptAnswer merged = kept;
        for (const Arrival &arrival : answers) {
            merged = merged.json.isEmpty()
                ? KeptAnswer{arrival.answer.task, arrival.answer.json, {}}
                : mergedAnswer(merged, arrival.answer, arrival.leading);
        }
        return merged;
    };
    if (bytes <= kPoolBytes) {
        arrivalsMerged(id, kept, fold());
        return;
    }
    arrivals.merging = true;
    onPool(this, fold,
           [this, id, kept](const KeptAnswer &merged) { arrivalsMerged(id, kept, merged); });
}

void TaskRepository::arrivalsMerged(const QString &id, const KeptAnswer &kept,
                                    const KeptAnswer &merged)
{
    const auto arrivals = m_arrivals.find(id);
    Row *row = rowAnywhere(id);
    if (arrivals == m_arrivals.end() || !row)
        return;
    apply(*row, kept, merged);
    if (arrivals->answers.isEmpty()) {
        m_arrivals.erase(arrivals);
        return;
    }
    mergeArrivals(id, merged);
}

static bool hasInlineBytes(const Task &task)
{
    const auto isInline = [](const Source &source) { return !source.inlineBytes.isEmpty(); };
    for (const Work &work : task.works) {
        for (const Media &medium : work.media) {
            if (std::any_of(medium.sources.cbegin(), medium.sources.cend(), isInline))
                return true;
        }
    }
    return false;
}

void TaskRepository::apply(Row &row, const KeptAnswer &kept, const KeptAnswer &merged)
{
    const bool newAnswer = merged != kept;
    if (newAnswer) {
        m_shelf.put(row.summary.id, merged);
        if (hasInlineBytes(merged.task))
            Q_EMIT inlineArrived(merged.task);
    }
    TaskSummary next = withAnswer(row.summary, merged.task);
    Row updated{next, true, row.files, row.gone};
    if (next.saveState == SaveState::Saved || next.saveState == SaveState::Partly)
        next.saveState = row.files.isEmpty() ? next.saveState : stateOfFiles(updated);
    if (next == row.summary && !newAnswer)
        return;
    row.summary = next;
    changed(row, true);
}

void TaskRepository::answerAtHand(const QString &id, const KeptAnswer &kept)
{
    const auto arrivals = m_arrivals.constFind(id);
    if (arrivals != m_arrivals.cend() && !arrivals->merging)
        mergeArrivals(id, kept);
    const KeptAnswer *newest = m_shelf.find(id);
    const KeptAnswer told = newest ? *newest : kept;
    if (m_tasksWanted.remove(id) && !told.json.isEmpty())
        Q_EMIT taskReady(told.task);
    if (m_answersWanted.remove(id))
        Q_EMIT answerReady(id, told.json);
}

void TaskRepository::answerUnreadable(const QString &id, const Error &error)
{
    Q_EMIT storeFailed(error);
    answerAtHand(id, {});
}

std::optional<Task> TaskRepository::task(const QString &id)
{
    const Row *row = rowOf(id);
    if (!row || !row->answered)
        return std::nullopt;
    if (const KeptAnswer *kept = m_shelf.find(row->summary.id))
        return kept->task;
    m_tasksWanted.insert(row->summary.id);
    m_shelf.request(row->summary.id);
    return std::nullopt;
}

void TaskRepository::requestAnswer(const QString &id)
{
    const Row *row = rowOf(id);
    const QString rowId = row ? row->summary.id : id;
    m_answersWanted.insert(rowId);
    m_shelf.request(rowId);
}

} // namespace taskreel
