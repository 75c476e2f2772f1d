// SPDX-License-Identifier: MIT
// The part of TaskPoller that knows when to look again.
#include "core/secrets/apikey.h"
#include "core/tasks/taskpoller.h"

#include <algorithm>

namespace taskreel {

/// Timers stand still while the computer sleeps; looking now and then finds what became due.
static constexpr qint64 kLongestTimerMs = 30'000;

void TaskPoller::schedule(qint64 nowMs)
{
    if (m_hold == Hold::NoKey || m_hold == Hold::KeyRefused) {
        m_timer.stop();
        return;
    }
    // What is on its way decides how it goes on; the end of it wakes us.
    const bool full = m_hold == Hold::Offline
        ? !m_asking.isEmpty()
        : m_asking.size() >= m_pause.reduced(m_parallel, nowMs) && m_others.empty();
    std::optional<qint64> next = full ? m_queue.nextDueMs() : nextDueMs(nowMs);
    // Nothing is asked while the key is looked up; that ends in keyChanged().
    if (m_key->state() == ApiKey::State::LookingUp)
        next = m_queue.nextDueMs();
    if (next)
        m_timer.start(static_cast<int>(std::clamp<qint64>(*next - nowMs, 1, kLongestTimerMs)));
    else
        m_timer.stop();
}

std::optional<qint64> TaskPoller::nextDueMs(qint64 nowMs) const
{
    std::optional<qint64> next = m_queue.nextDueMs();
    if (m_hold == Hold::Offline) {
        TokenBucket bucket = m_bucket;
        next = std::max(m_connection.nextTryMs(),
                        m_others.empty() ? 0 : nowMs + bucket.waitMs(nowMs));
    } else if (m_queue.hasReady() || !m_others.empty()) {
        TokenBucket bucket = m_bucket;
        RatePause pause = m_pause;
        const bool room = m_asking.size() < pause.reduced(m_parallel, nowMs);
        const bool free = room && !m_queue.nextReady(false).isEmpty();
        next = nowMs + (free ? 0 : bucket.waitMs(nowMs));
    }
    if (m_pause.isOn(nowMs))
        next = std::max(next.value_or(0), m_pause.untilMs());
    return next;
}

QDateTime TaskPoller::nextDue() const
{
    if (m_hold == Hold::NoKey || m_hold == Hold::KeyRefused)
        return {};
    const std::optional<qint64> next = nextDueMs(m_clock());
    return next ? QDateTime::fromMSecsSinceEpoch(*next, Qt::UTC) : QDateTime();
}

} // namespace taskreel
