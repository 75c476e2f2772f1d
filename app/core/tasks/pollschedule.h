// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace taskreel {

struct TaskSummary;

/// How long to wait before an unfinished task is asked again, in ms: soon, then ever more
/// rarely. Settable for tests.
struct PollTimes
{
    qint64 first = 3'000; ///< then × 1.5 with each answer …
    qint64 longestWhileYoung = 30'000; ///< … up to this
    qint64 youngUntil = 30 * 60'000; ///< from here on the age decides
    qint64 agingUntil = 2 * 3'600'000;
    qint64 aged = 5 * 60'000;
    qint64 oldFrom = 24 * 3'600'000;
    qint64 old = 30 * 60'000;
};

/// Since it was created, else since it was added; never negative, whatever the clocks say.
[[nodiscard]] qint64 taskAgeMs(const TaskSummary &row, qint64 nowMs);
/// Pure. The age is that of the task.
/// @param answers unfinished answers so far in this run, at least 1
/// @param random 0–1: ± 20 %, so that tasks added together do not stay together
[[nodiscard]] qint64 pollIntervalMs(int answers, qint64 ageMs, double random,
                                    const PollTimes &times = {});
/// The longest that pollIntervalMs() gives at that age.
[[nodiscard]] qint64 longestPollIntervalMs(qint64 ageMs, const PollTimes &times = {});

} // namespace taskreel
