// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/domain/task.h"
#include "core/formats/answerreader.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace taskreel {

class ApiClient;
class TaskPoller;
class TaskRepository;

/// Asks the service for a task once more because a link of it has ended: it may hand out a fresh
/// one. Within the poller's pace; a task that is in the list learns the answer, too. GUI thread.
class FreshLinks final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FreshLinks)

public:
    /// All borrowed, all outlive this.
    FreshLinks(ApiClient *client, TaskPoller *poller, TaskRepository *repository,
               QObject *parent = nullptr);

    /// answered() follows once, never inside this call. One request for all who ask meanwhile.
    void ask(const QString &taskId);

Q_SIGNALS:
    void answered(const QString &taskId, const taskreel::Result<taskreel::Task> &task);

private:
    void checkHold();
    void taskFinished(const QString &taskId, const Result<ReadAnswer> &result);

    ApiClient *m_client;
    TaskPoller *m_poller;
    TaskRepository *m_repository;
    QSet<QString> m_waiting; ///< for the poller's leave
    QSet<QString> m_sent;
};

} // namespace taskreel
