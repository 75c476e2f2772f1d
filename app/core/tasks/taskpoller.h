// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"
#include "core/formats/answerreader.h"

#include <QObject>
#include <QSet>
#include <QStringList>

namespace taskreel {

class ApiClient;
class ApiKey;
class TaskRepository;

/// Decides who is asked when: one due-time queue, one timer, at most `parallel` at once; asking again
/// shares a token bucket (DESIGN.md §6). Feeds answers to the repository. GUI thread.
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
    };

    TaskPoller(TaskRepository *repository, ApiClient *client, ApiKey *key, QObject *parent = nullptr);
    ~TaskPoller() override;

    void setParallel(int requests);
    void setRequestsPerMinute(int requests);
    /// Asked first when due: the selected one, then the visible ones.
    void setPreferred(const QString &selected, const QSet<QString> &visible);

    /// Takes up everything unfinished in the repository; new rows are taken up by themselves.
    void start();
    /// *Check now*: due at once, finished ones too; empty: all unfinished. Lifts a KeyRefused hold.
    void checkNow(const QStringList &ids = {});
    void tryAgain(); ///< lifts KeyRefused and RateLimited

    [[nodiscard]] Hold hold() const;
    [[nodiscard]] Error holdError() const;
    [[nodiscard]] QDateTime pausedUntil() const; ///< UTC; valid while RateLimited
    [[nodiscard]] int unfinished() const;
    [[nodiscard]] QDateTime nextDue() const; ///< UTC of the next request; invalid: none waits

Q_SIGNALS:
    void holdChanged();
    void activityChanged(); ///< counts or next due time changed; at most 4 a second
    /// Every task known to the poller has ended or stopped: for headless.
    void allEnded();
};

} // namespace taskreel
