// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"

#include <QObject>
#include <QSet>
#include <QStringList>

namespace taskreel {

class ApiClient;
class TaskPoller;

/// What the service answered to the wish to cancel some tasks.
struct CancelReport
{
    QStringList cancelled;
    QStringList refused; ///< with those that could not be sent
    QString words; ///< the service's own, of the last that it cancelled
    Error error; ///< of the last that was refused
    bool operator==(const CancelReport &) const = default;
};

/// Cancels pending tasks on the server, at the pace of TaskPoller, and has each asked again whatever
/// came of it. A refusal is final: nothing is tried twice. GUI thread.
class TaskCanceller final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskCanceller)

public:
    /// Both borrowed, both outlive this.
    TaskCanceller(ApiClient *client, TaskPoller *poller, QObject *parent = nullptr);

    void cancel(const QStringList &ids);

Q_SIGNALS:
    /// All that were asked for so far are answered; never inside cancel().
    void finished(const taskreel::CancelReport &report);

private:
    void answered(const QString &id, const Result<QString> &words);
    void note(const QString &id, const Result<QString> &words);
    void reportIfDone();
    void checkHold();

    ApiClient *m_client;
    TaskPoller *m_poller;
    QSet<QString> m_waiting; ///< not sent yet
    QSet<QString> m_sent;
    CancelReport m_report;
};

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::CancelReport)
