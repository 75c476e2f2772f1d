// SPDX-License-Identifier: MIT
#include "core/tasks/taskcanceller.h"

#include "core/piapi/apiclient.h"
#include "core/tasks/taskpoller.h"

#include <utility>

namespace taskreel {

TaskCanceller::TaskCanceller(ApiClient *client, TaskPoller *poller, QObject *parent)
    : QObject(parent), m_client(client), m_poller(poller)
{
    connect(client, &ApiClient::cancelFinished, this, &TaskCanceller::answered);
    connect(poller, &TaskPoller::holdChanged, this, &TaskCanceller::checkHold);
}

void TaskCanceller::cancel(const QStringList &ids)
{
    for (const QString &id : ids) {
        if (m_waiting.contains(id) || m_sent.contains(id))
            continue;
        m_waiting.insert(id);
        m_poller->queueRequest(this, [this, id] {
            if (!m_waiting.remove(id))
                return;
            m_sent.insert(id);
            m_client->cancelTask(id);
        });
    }
    QMetaObject::invokeMethod(this, &TaskCanceller::checkHold, Qt::QueuedConnection);
}

void TaskCanceller::checkHold()
{
    // Nobody knows when there will be a key; by then nobody may want it any more.
    const TaskPoller::Hold hold = m_poller->hold();
    if (hold != TaskPoller::Hold::NoKey && hold != TaskPoller::Hold::KeyRefused)
        return;
    m_poller->forgetRequests(this);
    const QSet<QString> waiting = std::exchange(m_waiting, {});
    for (const QString &id : waiting)
        note(id, tl::unexpected<Error>(m_poller->holdError()));
    if (!waiting.isEmpty())
        reportIfDone();
}

void TaskCanceller::answered(const QString &id, const Result<QString> &words)
{
    if (!m_sent.remove(id))
        return;
    note(id, words); // first: a refused key ends those that wait, and is told of all at once
    m_poller->noteOtherAnswer(words ? Error{} : words.error());
    // Checking lifts a hold for the key, which an answer about the key gives no cause for.
    const bool aboutKey = !words
        && (words.error().kind == ErrorKind::KeyRefused || words.error().kind == ErrorKind::NoKey);
    if (!aboutKey)
        m_poller->checkNow({id});
    reportIfDone();
}

void TaskCanceller::note(const QString &id, const Result<QString> &words)
{
    if (words) {
        m_report.cancelled.append(id);
        m_report.words = *words;
    } else {
        m_report.refused.append(id);
        m_report.error = words.error();
    }
}

void TaskCanceller::reportIfDone()
{
    const bool toldAll = m_report.cancelled.isEmpty() && m_report.refused.isEmpty();
    if (m_waiting.isEmpty() && m_sent.isEmpty() && !toldAll)
        Q_EMIT finished(std::exchange(m_report, {}));
}

} // namespace taskreel
