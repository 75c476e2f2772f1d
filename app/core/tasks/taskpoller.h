// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"
#include "core/formats/answerreader.h"
#include "core/net/connectionwatch.h"
#include "core/net/ratepause.h"
#include "core/net/tokenbucket.h"
#include "core/tasks/pollqueue.h"
#include "core/tasks/pollschedule.h"

#include <QDateTime>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <deque>
#include <functional>

namespace taskreel {

class ApiClient;
class ApiKey;
class TaskRepository;
struct TaskSummary;

/// Decides who is asked when: one due-time queue, one timer, at most `parallel` at once; asking
/// again shares a token bucket. Feeds answers to the repository. GUI thread.
class TaskPoller final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskPoller)

public:
    enum class Hold {
        None,
        NoKey, ///< nothing is asked until a key is entered
        KeyRefused, ///< 401, or 403 before anything was answered
        RateLimited, ///< 429: one pause for all, until pausedUntil()
        Offline, ///< the service cannot be reached: one try now and then, the next at pausedUntil()
    };

    TaskPoller(TaskRepository *repository, ApiClient *client, ApiKey *key,
               QObject *parent = nullptr);
    ~TaskPoller() override;

    void setParallel(int requests);
    void setRequestsPerMinute(int requests);
    [[nodiscard]] int requestsPerMinute() const { return m_perMinute; }
    /// Asked first when due: the selected one, then the visible ones.
    void setPreferred(const QString &selected, const QSet<QString> &visible);

    /// Takes up everything unfinished in the repository; new rows are taken up by themselves.
    void start();
    /// *Check now*: due at once, finished ones too; empty: all unfinished. Lifts a KeyRefused hold.
    void checkNow(const QStringList &ids = {});
    /// Lifts KeyRefused and RateLimited, tries at once when Offline; asks the keyring again if it
    /// did not answer.
    void tryAgain();
    /// Looks at once who is due: after sleep, or when the network came back.
    void wake();
    void setNetwork(ConnectionWatch::Network network); ///< what the system says about its network

    /// Other requests to the service (history, cancelling) keep the same pace: `go` is called when
    /// one may be sent, before any task is asked, never inside this call. Not while a key is missing
    /// or refused. Forgotten with its owner. What came back must be told by noteOtherAnswer().
    void queueRequest(QObject *owner, const std::function<void()> &go);
    void forgetRequests(const QObject *owner);
    /// ErrorKind::None: it was answered well. A refused key holds everything, as a task's answer
    /// does.
    void noteOtherAnswer(const Error &error);

    // For tests: what time it is (UTC ms), and how long to wait.
    void setClock(std::function<qint64()> clock);
    void setTimes(const PollTimes &times) { m_times = times; }

    [[nodiscard]] Hold hold() const;
    [[nodiscard]] Error holdError() const;
    [[nodiscard]] QDateTime pausedUntil() const; ///< UTC; valid while RateLimited or Offline
    [[nodiscard]] bool isNetworkDown() const { return m_connection.isNetworkDown(); }
    [[nodiscard]] int unfinished() const;
    [[nodiscard]] QDateTime nextDue() const; ///< UTC of the next request; invalid: none waits

Q_SIGNALS:
    void holdChanged();
    /// A request for this task has come back, and what it brought is in the repository.
    void tried(const QString &id);
    void activityChanged(); ///< counts or next due time changed; at most 4 a second
    /// Every task known to the poller has ended or stopped: for headless.
    void allEnded();

private:
    // Rows come and go
    void takeUp(const QStringList &ids, bool stoppedToo);
    void addEntry(const TaskSummary &row, qint64 dueMs, bool forced);
    void drop(const QStringList &ids);
    void endThoseAnswered(const QStringList &ids);

    // Who is asked now
    void pump();
    void noteClock(qint64 nowMs);
    void settleHold(qint64 nowMs);
    [[nodiscard]] bool hasKey();
    void serveOthers(qint64 nowMs);
    void probe(qint64 nowMs);
    void ask(qint64 nowMs);
    void askOne(const QString &id);
    void schedule(qint64 nowMs);
    [[nodiscard]] std::optional<qint64> nextDueMs(qint64 nowMs) const;

    // What came back
    void taskFinished(const QString &id, const Result<ReadAnswer> &result);
    void answered(const QString &id, const ReadAnswer &answer, qint64 nowMs);
    void failed(const QString &id, const Error &error, qint64 nowMs);
    void rateLimited(const Error &error, qint64 nowMs);
    void noteConnection(const Error &error, qint64 nowMs);
    void backOnline(qint64 nowMs);
    void waitUntil(const QString &id, qint64 dueMs);
    void end(const QString &id);
    [[nodiscard]] bool isAboutKey(const Error &error) const;

    // All at once
    void setHold(Hold hold, const Error &error);
    void keyChanged();
    void showState(const QString &id);
    void tellActivity();

    TaskRepository *m_repository;
    ApiClient *m_client;
    ApiKey *m_key;
    std::function<qint64()> m_clock;
    PollTimes m_times;
    PollQueue m_queue;
    QSet<QString> m_asking; ///< ids on their way, also of rows taken out meanwhile
    QString m_selected;
    QSet<QString> m_visible;
    int m_parallel = 6;
    int m_perMinute = 120;
    struct OtherRequest
    {
        QPointer<QObject> owner;
        std::function<void()> go;
    };
    std::deque<OtherRequest> m_others;
    ConnectionWatch m_connection;
    RatePause m_pause;
    Hold m_hold = Hold::None;
    Error m_holdError;
    Error m_rateError;
    TokenBucket m_bucket;
    QString m_keyValue; ///< for which m_answeredSinceKey holds
    bool m_answeredSinceKey = false;
    bool m_started = false;
    bool m_toldAllEnded = true;
    qint64 m_lastNowMs = 0;
    QTimer m_timer;
    QTimer m_activity;
};

} // namespace taskreel
