// SPDX-License-Identifier: MIT
// The part of TaskPoller that takes what came back, and stops or resumes everything.
#include "core/net/retryrules.h"
#include "core/secrets/apikey.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"

#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

constexpr qint64 kAfterCancelMs = 1'000;

double randomFraction()
{
    return QRandomGenerator::global()->generateDouble();
}

/// Not the service speaks, but the way to it.
bool isCutOff(const Error &error)
{
    return error.httpStatus == 0
        && (error.kind == ErrorKind::Unreachable || error.kind == ErrorKind::ConnectionLost
            || error.kind == ErrorKind::Timeout);
}

/// It never went out, so it says nothing about the way.
bool wasNotSent(const Error &error)
{
    return error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::NoKey
        || error.kind == ErrorKind::RefusedAddress;
}

} // namespace

void TaskPoller::taskFinished(const QString &id, const Result<ReadAnswer> &result)
{
    m_asking.remove(id);
    const qint64 now = m_clock();
    noteConnection(result ? Error{} : result.error(), now);
    if (result) {
        m_answeredSinceKey = true;
        m_pause.answered(now);
    }
    if (!m_repository->contains(id))
        m_queue.remove(id);
    else if (result)
        answered(id, *result, now);
    else
        failed(id, result.error(), now);
    wake();
    Q_EMIT tried(id);
}

void TaskPoller::answered(const QString &id, const ReadAnswer &answer, qint64 nowMs)
{
    m_repository->merge(answer, true);
    const TaskSummary *row = m_repository->find(id);
    if (!row || isFinal(row->status) || isFinal(answer.task.status)) {
        end(id);
        return;
    }
    const PollQueue::Entry *entry = m_queue.find(id);
    if (!entry)
        return;
    const int answers = entry->answers + 1;
    m_queue.edit(id, [answers](PollQueue::Entry &changed) {
        changed.first = false;
        changed.forced = false;
        changed.failures = 0;
        changed.answers = answers;
    });
    waitUntil(id,
              nowMs + pollIntervalMs(answers, taskAgeMs(*row, nowMs), randomFraction(), m_times));
}

void TaskPoller::failed(const QString &id, const Error &error, qint64 nowMs)
{
    const PollQueue::Entry *entry = m_queue.find(id);
    if (!entry)
        return;
    if (error.kind == ErrorKind::Cancelled) {
        waitUntil(id, nowMs + kAfterCancelMs);
        return;
    }
    if (error.kind == ErrorKind::NoKey || isAboutKey(error)) {
        m_queue.wait(id, std::min(entry->dueMs, nowMs));
        Error shown = error;
        shown.kind = error.kind == ErrorKind::NoKey ? ErrorKind::NoKey : ErrorKind::KeyRefused;
        setHold(error.kind == ErrorKind::NoKey ? Hold::NoKey : Hold::KeyRefused, shown);
        showState(id);
        return;
    }
    if (error.kind == ErrorKind::RateLimited) {
        rateLimited(error, nowMs);
        waitUntil(id, m_pause.untilMs());
        return;
    }
    m_pause.answered(nowMs);
    m_answeredSinceKey = m_answeredSinceKey || error.kind == ErrorKind::OutOfCredit;
    const TaskSummary *row = m_repository->find(id);
    if (m_connection.isOffline() && isCutOff(error) && row && !isFinal(row->status)) {
        // Said once for all, not by the row; it is asked when the network is back.
        m_queue.edit(id, [](PollQueue::Entry &changed) { changed.first = false; });
        waitUntil(id, nowMs);
        return;
    }
    m_repository->setFetchError(id, error);
    row = m_repository->find(id);
    if (!isPassing(error.kind) || !row || isFinal(row->status)) {
        end(id);
        return;
    }
    const int failures = entry->failures + 1;
    m_queue.edit(id, [failures](PollQueue::Entry &changed) {
        changed.first = false;
        changed.failures = failures;
    });
    waitUntil(id, nowMs + retryDelayMs(failures, error.retryAfterMs, randomFraction()));
}

void TaskPoller::rateLimited(const Error &error, qint64 nowMs)
{
    const bool longer = m_pause.refused(nowMs, error.retryAfterMs, randomFraction());
    m_rateError = error;
    if (m_hold == Hold::None)
        setHold(Hold::RateLimited, error);
    else if (m_hold == Hold::RateLimited && longer)
        Q_EMIT holdChanged();
}

void TaskPoller::noteConnection(const Error &error, qint64 nowMs)
{
    if (wasNotSent(error))
        return;
    if (isCutOff(error)) {
        m_connection.failed(nowMs, randomFraction());
        return;
    }
    const bool wasOffline = m_connection.isOffline();
    m_connection.answered();
    if (wasOffline)
        backOnline(nowMs);
}

void TaskPoller::backOnline(qint64 nowMs)
{
    // Those whose tries failed wait for long by now. Due at once, they share the rate.
    const QStringList ids = m_queue.ids();
    for (const QString &id : ids) {
        const PollQueue::Entry *entry = m_queue.find(id);
        const TaskSummary *row = m_repository->find(id);
        if (entry->phase == PollQueue::Phase::Waiting && row && isCutOff(row->lastError))
            m_queue.wait(id, std::min(entry->dueMs, nowMs));
    }
    settleHold(nowMs);
}

void TaskPoller::probe(qint64 nowMs)
{
    if (!m_asking.isEmpty() || nowMs < m_connection.nextTryMs() || m_pause.isOn(nowMs) || !hasKey())
        return;
    m_connection.tried(nowMs, randomFraction());
    if (!m_others.empty()) {
        serveOthers(nowMs);
        return;
    }
    QString id = m_queue.nextReady(true);
    if (id.isEmpty())
        id = m_queue.nextWaiting();
    if (!id.isEmpty())
        askOne(id);
}

void TaskPoller::serveOthers(qint64 nowMs)
{
    m_bucket.setRate(m_pause.reduced(m_perMinute, nowMs), nowMs);
    while (!m_others.empty()) {
        if (m_others.front().owner && !m_bucket.take(nowMs))
            return;
        const OtherRequest next = m_others.front();
        m_others.pop_front();
        if (next.owner)
            next.go();
    }
}

void TaskPoller::queueRequest(QObject *owner, const std::function<void()> &go)
{
    m_others.push_back({owner, go});
    m_connection.tryNow(m_clock()); // somebody waits for it
    wake();
}

void TaskPoller::forgetRequests(const QObject *owner)
{
    std::erase_if(m_others, [owner](const OtherRequest &one) { return one.owner == owner; });
    wake();
}

void TaskPoller::noteOtherAnswer(const Error &error)
{
    const qint64 now = m_clock();
    noteConnection(error, now);
    if (error.kind == ErrorKind::None)
        m_answeredSinceKey = true;
    if (error.kind == ErrorKind::RateLimited)
        rateLimited(error, now);
    else if (!wasNotSent(error))
        m_pause.answered(now);
    // A plan may lack the history, so that a 403 says nothing of the tasks; a 401 says it of all.
    if (error.kind == ErrorKind::KeyRefused)
        setHold(Hold::KeyRefused, error);
    else if (error.kind == ErrorKind::NoKey)
        setHold(Hold::NoKey, error);
    wake();
}

void TaskPoller::setNetwork(ConnectionWatch::Network network)
{
    const qint64 now = m_clock();
    const bool wasOffline = m_connection.isOffline();
    m_connection.setNetwork(network, now);
    if (wasOffline && !m_connection.isOffline())
        backOnline(now);
    else if (m_hold == Hold::Offline)
        Q_EMIT holdChanged(); // other words
    wake();
}

void TaskPoller::waitUntil(const QString &id, qint64 dueMs)
{
    m_queue.wait(id, dueMs);
    showState(id);
}

void TaskPoller::end(const QString &id)
{
    m_queue.remove(id);
    m_repository->setFetchState(id, FetchState::Idle);
}

bool TaskPoller::isAboutKey(const Error &error) const
{
    if (error.kind == ErrorKind::KeyRefused)
        return true;
    if (error.kind != ErrorKind::Forbidden)
        return false;
    // "Not in your plan" is the row's own; a key that never worked is everybody's.
    const QString words = error.message.toLower();
    return !m_answeredSinceKey || words.contains("api key"_L1) || words.contains("api-key"_L1)
        || words.contains("apikey"_L1) || words.contains("api_key"_L1);
}

void TaskPoller::setHold(Hold hold, const Error &error)
{
    if (m_hold == hold && m_holdError == error)
        return;
    const auto isKeyHold = [](Hold which) {
        return which == Hold::NoKey || which == Hold::KeyRefused;
    };
    const bool rowsChange = isKeyHold(hold) != isKeyHold(m_hold);
    m_hold = hold;
    m_holdError = error;
    if (rowsChange) {
        const QStringList ids = m_queue.ids();
        for (const QString &id : ids)
            showState(id);
    }
    Q_EMIT holdChanged();
}

void TaskPoller::keyChanged()
{
    if (m_key->value() != m_keyValue) {
        const bool replaced = !m_keyValue.isEmpty() && !m_key->value().isEmpty();
        m_keyValue = m_key->value();
        m_answeredSinceKey = false;
        if (m_hold == Hold::NoKey || m_hold == Hold::KeyRefused)
            setHold(Hold::None, {});
        // Another account: what the first one was not allowed to see may be there now.
        if (replaced && m_started)
            takeUp(m_repository->ids(), true);
    }
    wake();
}

} // namespace taskreel
