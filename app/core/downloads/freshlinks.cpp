// SPDX-License-Identifier: MIT
#include "core/downloads/freshlinks.h"

#include "core/piapi/apiclient.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"

#include <utility>

namespace taskreel {

FreshLinks::FreshLinks(ApiClient *client, TaskPoller *poller, TaskRepository *repository,
                       QObject *parent)
    : QObject(parent), m_client(client), m_poller(poller), m_repository(repository)
{
    connect(client, &ApiClient::taskFinished, this, &FreshLinks::taskFinished);
    connect(poller, &TaskPoller::holdChanged, this, &FreshLinks::checkHold);
}

void FreshLinks::ask(const QString &taskId)
{
    if (m_waiting.contains(taskId) || m_sent.contains(taskId))
        return;
    m_waiting.insert(taskId);
    m_poller->queueRequest(this, [this, taskId] {
        if (!m_waiting.remove(taskId))
            return;
        m_sent.insert(taskId);
        m_client->fetchTask(taskId);
    });
    QMetaObject::invokeMethod(this, &FreshLinks::checkHold, Qt::QueuedConnection);
}

/// Nobody knows when there will be a key: the files say so, and can be tried again then.
void FreshLinks::checkHold()
{
    const TaskPoller::Hold hold = m_poller->hold();
    if (hold != TaskPoller::Hold::NoKey && hold != TaskPoller::Hold::KeyRefused)
        return;
    m_poller->forgetRequests(this);
    const QSet<QString> waiting = std::exchange(m_waiting, {});
    for (const QString &taskId : waiting)
        Q_EMIT answered(taskId, tl::unexpected<Error>(m_poller->holdError()));
}

void FreshLinks::taskFinished(const QString &taskId, const Result<ReadAnswer> &result)
{
    // The poller may have asked at the same time: its answer is as fresh as ours.
    const bool ours = m_sent.remove(taskId);
    if (!ours && !m_waiting.remove(taskId))
        return;
    if (ours)
        m_poller->noteOtherAnswer(result ? Error{} : result.error());
    if (!result) {
        Q_EMIT answered(taskId, tl::unexpected<Error>(result.error()));
        return;
    }
    if (ours && m_repository->contains(taskId))
        m_repository->merge(*result, true);
    Q_EMIT answered(taskId, result->task);
}

} // namespace taskreel
