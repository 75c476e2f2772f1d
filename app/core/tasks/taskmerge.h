// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"
#include "core/formats/answerreader.h"

#include <QByteArrayList>

namespace taskreel {

// How answers for one task come together. Pure, any thread.
//
// One answer leads: its status, its links, its numbers are shown. The others only fill gaps: facts
// that the leading one leaves out, media and variants that it does not list (marked
// noLongerOffered). Which of two leads is decided by leads(); nothing is ever taken away, with one
// exception: pictures of an unfinished task give way to the results.

/// What is kept of a task: the leading answer, the older ones that still tell something, and the
/// task that they make together.
struct KeptAnswer
{
    Task task;
    QByteArray json;
    QByteArrayList earlier; ///< in the order in which they fill gaps
    bool operator==(const KeptAnswer &) const = default;
};

/// Whether `answer` is to lead over what the row knows. The service's newest word leads unless it
/// takes an end back. A pasted answer leads only when it proves to be further on.
[[nodiscard]] bool leads(const TaskSummary &row, const Task &answer, bool fromService);

/// The same for an answer of another library, which knows when it came: the newer one leads, unless
/// it takes an end back.
[[nodiscard]] bool leadsByTime(const TaskSummary &row, const Task &answer,
                               const QDateTime &answeredAt);

/// Both libraries' marks of one task, without loss: every flag and tag of either, and both notes
/// unless one says it all.
[[nodiscard]] TaskMarks mergedMarks(const TaskMarks &ours, const TaskMarks &theirs);

/// Brings `answer` in. The result equals `kept` when it tells nothing new.
[[nodiscard]] KeptAnswer mergedAnswer(const KeptAnswer &kept, const ReadAnswer &answer,
                                      bool leading);
/// From what the store holds. The task is empty of facts when the leading answer cannot be read.
[[nodiscard]] KeptAnswer readKeptAnswer(const QString &taskId, const QByteArray &json,
                                        const QByteArrayList &earlier);

/// Fills the gaps of `task` from `other`. @return whether anything was filled
bool fillGaps(Task &task, const Task &other);

/// The row with the answer's part replaced and ours untouched.
[[nodiscard]] TaskSummary withAnswer(const TaskSummary &row, const Task &merged);
/// The same before the kept answer is at hand: nothing that the row knows is lost meanwhile.
[[nodiscard]] TaskSummary withAnswerInHaste(const TaskSummary &row, const Task &answer,
                                            bool leading);

} // namespace taskreel
