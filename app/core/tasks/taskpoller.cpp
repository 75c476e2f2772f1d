// SPDX-License-Identifier: MIT
#include "core/tasks/taskpoller.h"

#include "core/piapi/apiclient.h"
#include "core/secrets/apikey.h"
#include "core/tasks/taskrepository.h"

#include <QLoggingCategory>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace taskreel {

namespace {

Q_LOGGING_CATEGORY(lcTasks, "taskreel.tasks", QtInfoMsg)

constexpr int kBurst = 6; ///< asking again: at most so many at one time after a quiet spell
constexpr auto kActivityPause = 250ms;
constexpr qint64 kClockSlackMs = 1'000;

qint64 utcNow()
{
    return QDateTime::currentMSecsSinceEpoch();
}

QDateTime utc(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
}

/// Errors of the task itself, kept over a restart: asked again only when the user wants it. Those
/// of key, address or transport may be mended by now.
bool isStoppedByItself(const TaskSummary &row)
{
    switch (row.lastError.kind) {
    case ErrorKind::NotFound:
    case ErrorKind::OutOfCredit:
    case ErrorKind::Forbidden:
    case ErrorKind::TooLarge:
        return true;
    default:
        return false;
    }
}

} // namespace

TaskPoller::TaskPoller(TaskRepository *repository, ApiClient *client, ApiKey *key, QObject *parent)
    : QObject(parent), m_repository(repository), m_client(client), m_key(key), m_clock(utcNow),
      m_bucket(m_perMinute, kBurst), m_keyValue(key->value())
{
    m_timer.setSingleShot(true);
    m_activity.setSingleShot(true);
    m_activity.setInterval(kActivityPause);
    connect(&m_timer, &QTimer::timeout, this, &TaskPoller::pump);
    connect(&m_activity, &QTimer::timeout, this, &TaskPoller::activityChanged);
    connect(client, &ApiClient::taskFinished, this, &TaskPoller::taskFinished);
    connect(key, &ApiKey::stateChanged, this, &TaskPoller::keyChanged);
}

TaskPoller::~TaskPoller() = default;

void TaskPoller::setClock(std::function<qint64()> clock)
{
    m_clock = std::move(clock);
    m_lastNowMs = 0;
}

void TaskPoller::setParallel(int requests)
{
    m_parallel = std::max(1, requests);
    wake();
}

void TaskPoller::setRequestsPerMinute(int requests)
{
    m_perMinute = std::max(1, requests);
    wake();
}

void TaskPoller::setPreferred(const QString &selected, const QSet<QString> &visible)
{
    const QSet<QString> before = m_visible + QSet<QString>{m_selected};
    m_selected = selected;
    m_visible = visible;
    const QSet<QString> touched = before + visible + QSet<QString>{selected};
    for (const QString &id : touched) {
        m_queue.setRank(id,
                        id == selected             ? PollQueue::Selected
                            : visible.contains(id) ? PollQueue::Visible
                                                   : PollQueue::Usual);
    }
}

void TaskPoller::start()
{
    if (!m_started) {
        m_started = true;
        connect(m_repository, &TaskRepository::tasksAdded, this,
                [this](const QStringList &ids) { takeUp(ids, false); });
        connect(m_repository, &TaskRepository::tasksRemoved, this, &TaskPoller::drop);
        connect(m_repository, &TaskRepository::tasksChanged, this, &TaskPoller::endThoseAnswered);
    }
    takeUp(m_repository->ids(), false);
}

void TaskPoller::takeUp(const QStringList &ids, bool stoppedToo)
{
    const qint64 now = m_clock();
    for (const QString &id : ids) {
        const TaskSummary *row = m_repository->find(id);
        if (!row || m_queue.find(id) || isFinal(row->status)
            || (!stoppedToo && isStoppedByItself(*row)))
            continue;
        // A due time of an earlier run counts, but not one that a wrong clock put far away.
        const qint64 latest = now + longestPollIntervalMs(taskAgeMs(*row, now), m_times);
        const qint64 due = row->nextCheckAt.isValid()
            ? std::min(row->nextCheckAt.toMSecsSinceEpoch(), latest)
            : now;
        addEntry(*row, due, false);
    }
    wake();
}

void TaskPoller::addEntry(const TaskSummary &row, qint64 dueMs, bool forced)
{
    const QString id = row.id; // the row may move with the next change
    PollQueue::Entry entry;
    entry.rank = id == m_selected ? PollQueue::Selected
        : m_visible.contains(id)  ? PollQueue::Visible
                                  : PollQueue::Usual;
    entry.dueMs = dueMs;
    entry.order = row.sequence;
    entry.first = !row.answeredAt.isValid() && row.failedTries == 0;
    entry.forced = forced;
    entry.failures = row.failedTries;
    m_queue.add(id, entry);
    if (m_asking.contains(id))
        m_queue.asking(id);
    m_toldAllEnded = false;
    // A row that is due is shown by pump() as asking or queued.
    if (dueMs > m_clock() || m_hold != Hold::None)
        showState(id);
}

void TaskPoller::drop(const QStringList &ids)
{
    for (const QString &id : ids)
        m_queue.remove(id);
    wake();
}

void TaskPoller::endThoseAnswered(const QStringList &ids)
{
    // An answer that was pasted spares the request.
    for (const QString &id : ids) {
        const PollQueue::Entry *entry = m_queue.find(id);
        if (!entry || entry->forced || entry->phase == PollQueue::Phase::Asking)
            continue;
        const TaskSummary *row = m_repository->find(id);
        if (row && isFinal(row->status)) {
            end(id);
            wake();
        }
    }
}

void TaskPoller::checkNow(const QStringList &ids)
{
    const qint64 now = m_clock();
    const QStringList wanted = ids.isEmpty() ? m_repository->ids() : ids;
    for (const QString &wantedId : wanted) {
        const TaskSummary *row = m_repository->find(wantedId);
        if (!row || (ids.isEmpty() && isFinal(row->status)))
            continue;
        const PollQueue::Entry *entry = m_queue.find(row->id);
        if (entry && entry->phase == PollQueue::Phase::Asking)
            continue;
        if (!entry) {
            addEntry(*row, now, true);
            continue;
        }
        // Those that were due before keep their place in the line.
        const qint64 due = std::min(entry->dueMs, now);
        const QString id = row->id;
        m_queue.wait(id, due);
        m_queue.edit(id, [](PollQueue::Entry &changed) { changed.forced = true; });
    }
    if (m_hold == Hold::KeyRefused)
        setHold(Hold::None, {});
    if (m_hold == Hold::NoKey)
        m_key->lookUp();
    m_connection.tryNow(now);
    wake();
}

void TaskPoller::tryAgain()
{
    m_pause.lift();
    m_connection.tryNow(m_clock());
    if (m_hold == Hold::NoKey)
        m_key->lookUp();
    else if (m_hold == Hold::KeyRefused || m_hold == Hold::RateLimited)
        setHold(Hold::None, {});
    wake();
}

void TaskPoller::wake()
{
    if (m_started)
        m_timer.start(0);
}

void TaskPoller::pump()
{
    const qint64 now = m_clock();
    noteClock(now);
    settleHold(now);
    const QStringList due = m_queue.takeDue(now);
    if (m_hold == Hold::Offline) {
        probe(now);
    } else if (m_hold == Hold::None && (m_queue.hasReady() || !m_others.empty()) && hasKey()) {
        serveOthers(now);
        ask(now);
    }
    for (const QString &id : due)
        showState(id);
    schedule(now);
    tellActivity();
    if (m_queue.count() == 0 && m_asking.isEmpty() && !m_toldAllEnded) {
        m_toldAllEnded = true;
        Q_EMIT allEnded();
    }
}

void TaskPoller::noteClock(qint64 nowMs)
{
    // Time went back: somebody set the clock. What was due in a minute still is.
    const qint64 back = m_lastNowMs - nowMs;
    if (back > kClockSlackMs) {
        qCInfo(lcTasks) << "the clock went back by" << back << "ms";
        m_queue.shift(-back);
        m_pause.shift(-back);
        m_connection.shift(-back);
        const QStringList ids = m_queue.ids();
        for (const QString &id : ids) {
            // Younger than the wrong clock had it: not to be left alone for that long.
            const TaskSummary *row = m_repository->find(id);
            const PollQueue::Entry *entry = m_queue.find(id);
            const qint64 latest =
                row ? nowMs + longestPollIntervalMs(taskAgeMs(*row, nowMs), m_times) : nowMs;
            if (entry->phase == PollQueue::Phase::Waiting && entry->failures == 0
                && entry->dueMs > latest)
                m_queue.wait(id, latest);
            showState(id);
        }
    }
    m_lastNowMs = nowMs;
}

void TaskPoller::settleHold(qint64 nowMs)
{
    if (m_hold == Hold::NoKey || m_hold == Hold::KeyRefused)
        return;
    // With nothing left to ask nobody would find out that the network is back, or miss it.
    const bool offline = m_connection.isOffline() && (m_queue.count() > 0 || !m_others.empty());
    if (offline)
        setHold(Hold::Offline, Error{ErrorKind::Unreachable, 0, {}, {}, -1});
    else if (m_pause.isOn(nowMs))
        setHold(Hold::RateLimited, m_rateError);
    else
        setHold(Hold::None, {});
}

bool TaskPoller::hasKey()
{
    switch (m_key->state()) {
    case ApiKey::State::Available:
        return true;
    case ApiKey::State::NotLookedUp:
        m_key->lookUp(); // ends in keyChanged()
        return false;
    case ApiKey::State::LookingUp:
        return false;
    case ApiKey::State::Missing:
        break;
    }
    setHold(Hold::NoKey, Error{ErrorKind::NoKey, 0, {}, {}, -1});
    return false;
}

void TaskPoller::ask(qint64 nowMs)
{
    m_bucket.setRate(m_pause.reduced(m_perMinute, nowMs), nowMs);
    const int parallel = m_pause.reduced(m_parallel, nowMs);
    while (m_asking.size() < parallel) {
        const QString id = m_queue.nextReady(m_bucket.waitMs(nowMs) == 0);
        if (id.isEmpty())
            return;
        if (!m_queue.find(id)->first && !m_bucket.take(nowMs))
            return;
        askOne(id);
    }
}

void TaskPoller::askOne(const QString &id)
{
    m_queue.asking(id);
    m_asking.insert(id);
    showState(id);
    m_client->fetchTask(id);
}

void TaskPoller::showState(const QString &id)
{
    const PollQueue::Entry *entry = m_queue.find(id);
    if (!entry)
        return;
    const bool waiting = entry->phase == PollQueue::Phase::Waiting;
    FetchState state = waiting ? FetchState::Waiting : FetchState::Queued;
    if (entry->phase == PollQueue::Phase::Asking)
        state = FetchState::Asking;
    else if (m_hold == Hold::NoKey || m_hold == Hold::KeyRefused)
        state = FetchState::Held;
    m_repository->setFetchState(id, state, waiting ? utc(entry->dueMs) : QDateTime());
}

void TaskPoller::tellActivity()
{
    if (!m_activity.isActive())
        m_activity.start();
}

TaskPoller::Hold TaskPoller::hold() const
{
    return m_hold;
}

Error TaskPoller::holdError() const
{
    return m_holdError;
}

QDateTime TaskPoller::pausedUntil() const
{
    if (m_hold == Hold::Offline)
        return utc(m_connection.nextTryMs());
    return m_hold == Hold::RateLimited ? utc(m_pause.untilMs()) : QDateTime();
}

int TaskPoller::unfinished() const
{
    return m_queue.count();
}

} // namespace taskreel
