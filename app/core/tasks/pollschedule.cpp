// SPDX-License-Identifier: MIT
#include "core/tasks/pollschedule.h"

#include "core/domain/tasksummary.h"

#include <algorithm>
#include <cmath>

namespace taskreel {

namespace {

constexpr double kGrowth = 1.5;
constexpr double kJitter = 0.2;

double baseInterval(int answers, qint64 ageMs, const PollTimes &times)
{
    if (ageMs >= times.oldFrom)
        return static_cast<double>(times.old);
    if (ageMs >= times.agingUntil)
        return static_cast<double>(times.aged);
    const auto young = static_cast<double>(times.longestWhileYoung);
    if (ageMs >= times.youngUntil) {
        const double way = static_cast<double>(ageMs - times.youngUntil)
            / static_cast<double>(times.agingUntil - times.youngUntil);
        return young + way * (static_cast<double>(times.aged) - young);
    }
    const int growths = std::clamp(answers - 1, 0, 50);
    return std::min(young, static_cast<double>(times.first) * std::pow(kGrowth, growths));
}

} // namespace

qint64 taskAgeMs(const TaskSummary &row, qint64 nowMs)
{
    const QDateTime since = row.createdAt.isValid() ? row.createdAt : row.addedAt;
    return since.isValid() ? std::max<qint64>(0, nowMs - since.toMSecsSinceEpoch()) : 0;
}

qint64 pollIntervalMs(int answers, qint64 ageMs, double random, const PollTimes &times)
{
    const double jitter = 1.0 - kJitter + 2.0 * kJitter * std::clamp(random, 0.0, 1.0);
    return std::llround(baseInterval(answers, ageMs, times) * jitter);
}

qint64 longestPollIntervalMs(qint64 ageMs, const PollTimes &times)
{
    constexpr int kManyAnswers = 50;
    return pollIntervalMs(kManyAnswers, ageMs, 1.0, times);
}

} // namespace taskreel
