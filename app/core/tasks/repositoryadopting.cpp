// SPDX-License-Identifier: MIT
// The part of TaskRepository that takes over tasks of another library.
#include "core/tasks/taskrepository.h"

namespace taskreel {

bool TaskRepository::adopt(const ForeignTask &task)
{
    const QString key = keyOf(task.summary.id);
    if (key.isEmpty())
        return false;
    Row *row = rowAnywhere(key);
    const bool isNew = !row;
    if (isNew) {
        row = insertForeign(task);
    } else if (!task.removed && m_removed.contains(key)) {
        bringBack(key, {});
        row = rowOf(key);
    }
    const TaskMarks marks = mergedMarks(row->summary.marks, task.summary.marks);
    if (marks != row->summary.marks) {
        row->summary.marks = marks;
        changed(*row, true);
    }
    if (!task.answers.isEmpty())
        mergeForeignAnswers(*row, task);
    return isNew;
}

/// The row with what the other library knew of it, but for what holds there alone: due times, tries
/// and saved files.
TaskRepository::Row *TaskRepository::insertForeign(const ForeignTask &task)
{
    const QString key = keyOf(task.summary.id);
    Row row;
    row.summary = task.summary;
    row.summary.sequence = ++m_lastSequence;
    if (!row.summary.addedAt.isValid())
        row.summary.addedAt = newAddedAt();
    row.summary.nextCheckAt = {};
    row.summary.fetchState = FetchState::Idle;
    row.summary.lastError = {};
    row.summary.failedTries = 0;
    row.summary.saveState = SaveState::NotSaved;
    row.summary.savePercent = 0;
    row.summary.saveError.clear();
    row.summary.savedPath.clear();
    if (task.answers.isEmpty()) {
        // Nothing to show it from: asked anew, which a finished one would not be.
        row.summary.answeredAt = {};
        row.summary.status = TaskStatus::NotAsked;
        row.summary.rawStatus.clear();
    }
    m_dirty.insert(key);
    scheduleTurn();
    if (task.removed) {
        m_removals.insert(key);
        return &*m_removed.insert(key, row);
    }
    m_order.insert(row.summary.sequence, key);
    m_appearing.insert(key);
    return &*m_rows.insert(key, row);
}

void TaskRepository::mergeForeignAnswers(Row &row, const ForeignTask &task)
{
    const QString id = row.summary.id;
    const QDateTime &answeredAt = task.summary.answeredAt;
    QList<Arrival> arrivals;
    for (const ReadAnswer &answer : task.answers) {
        const bool leading =
            arrivals.isEmpty() && leadsByTime(row.summary, answer.task, answeredAt);
        arrivals.append({answer, leading});
        arrivals.last().answer.task.id = id; // as the row spells it
    }
    if (answeredAt.isValid() && (!row.summary.answeredAt.isValid()
                                 || answeredAt > row.summary.answeredAt)) {
        row.summary.answeredAt = answeredAt;
        changed(row, true);
    }
    if (row.answered) {
        // Together with the kept answer, once that is read.
        m_arrivals[id].answers += arrivals;
        m_shelf.request(id);
        return;
    }
    row.answered = true;
    KeptAnswer merged{arrivals.first().answer.task, arrivals.first().answer.json, {}};
    for (qsizetype i = 1; i < arrivals.size(); ++i)
        merged = mergedAnswer(merged, arrivals.at(i).answer, false);
    apply(row, {}, merged);
}

} // namespace taskreel
