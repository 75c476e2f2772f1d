// SPDX-License-Identifier: MIT
#include "headless/headlessrunner.h"

#include "core/appcontext.h"
#include "core/secrets/apikey.h"
#include "core/settings/appsettings.h"
#include "core/tasks/intake.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "core/text/errortext.h"
#include "headless/tasklines.h"

#include <algorithm>

namespace taskreel {

HeadlessRunner::HeadlessRunner(AppContext *context, const Options &options, QIODevice *out,
                               QIODevice *err, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_options(options)
    , m_out(out)
    , m_err(err)
{
}

void HeadlessRunner::start()
{
    connect(m_context, &AppContext::ready, this, &HeadlessRunner::begin);
    connect(m_context, &AppContext::openFailed, this, [this](const Error &error) {
        say(errorSentence(error));
        finish(CannotWrite);
    });
    connect(m_context, &AppContext::librarySetAside, this, [this](const QString &path) {
        say(tr("The library could not be read. It was set aside as %1.").arg(path));
    });
    m_context->open();
}

void HeadlessRunner::begin()
{
    connect(m_context->repository(), &TaskRepository::tasksChanged, this, &HeadlessRunner::lookAt);
    connect(m_context->repository(), &TaskRepository::taskReady, this,
            [this](const Task &task) {
                if (m_awaitingText.remove(task.id))
                    print(task.id);
            });
    connect(m_context->repository(), &TaskRepository::storeFailed, this,
            [this](const Error &error) {
                say(errorSentence(error));
                finish(CannotWrite);
            });
    connect(m_context->poller(), &TaskPoller::holdChanged, this, &HeadlessRunner::checkHold);
    connect(m_context->poller(), &TaskPoller::tried, this, [this](const QString &id) {
        m_tried.insert(id);
        lookAt({id});
        if (m_options.once && m_context->poller()->hold() == TaskPoller::Hold::Offline)
            giveUpOpen();
    });
    connect(m_context->intake(), &Intake::finished, this, &HeadlessRunner::takeReport);
    m_context->intake()->addArguments(m_options.arguments);
}

void HeadlessRunner::takeReport(const IntakeReport &report)
{
    for (const QString &file : report.unreadableFiles)
        say(file);
    for (const QString &text : report.notUnderstood)
        say(tr("Not a task ID: %1").arg(text));
    m_badInput = !report.unreadableFiles.isEmpty() || !report.notUnderstood.isEmpty();
    m_reported = true;
    const QStringList ids = report.added + report.known;
    m_open = QSet<QString>(ids.cbegin(), ids.cend());
    if (ids.isEmpty()) {
        say(tr("There is no task ID in what was given."));
        finish(Usage);
        return;
    }
    askAgain(report.known);
    lookAt(ids);
}

void HeadlessRunner::askAgain(const QStringList &ids)
{
    // What the library knows as ended is not asked again; the others now, whenever they are due.
    QStringList unfinished;
    for (const QString &id : ids) {
        const TaskSummary *row = m_context->repository()->find(id);
        if (row && !isFinal(row->status) && !m_tried.contains(id))
            unfinished.append(id);
    }
    if (!unfinished.isEmpty())
        m_context->poller()->checkNow(unfinished);
}

bool HeadlessRunner::hasEnded(const QString &id) const
{
    const TaskSummary *row = m_context->repository()->find(id);
    if (!row || isFinal(row->status))
        return true;
    if (!m_tried.contains(id))
        return false; // an earlier run's answer or error is old
    const bool stopped = row->lastError.kind != ErrorKind::None && !isPassing(row->lastError.kind)
        && row->fetchState == FetchState::Idle;
    return stopped || (m_options.once && row->fetchState != FetchState::Asking);
}

void HeadlessRunner::lookAt(const QStringList &ids)
{
    if (m_finished || !m_reported)
        return;
    for (const QString &id : ids) {
        if (!m_open.contains(id) || !hasEnded(id))
            continue;
        m_open.remove(id);
        const TaskSummary *row = m_context->repository()->find(id);
        const bool hasAnswer = row && row->answeredAt.isValid();
        if (hasAnswer && !m_context->repository()->task(id))
            m_awaitingText.insert(id);
        else
            print(id);
    }
    finishIfDone();
}

void HeadlessRunner::print(const QString &id)
{
    const TaskSummary *row = m_context->repository()->find(id);
    if (!row)
        return;
    const std::optional<Task> task = row->answeredAt.isValid() ? m_context->repository()->task(id)
                                                               : std::nullopt;
    QByteArray line = m_options.json
        ? jsonLine(*row, task)
        : textLine(*row, task, m_context->settings()->withoutWatermark());
    line += '\n';
    m_completed.insert(id, row->status == TaskStatus::Completed);
    if (m_out->write(line) != line.size()) {
        say(tr("Standard output cannot be written."));
        finish(CannotWrite);
        return;
    }
    finishIfDone();
}

void HeadlessRunner::checkHold()
{
    const TaskPoller *poller = m_context->poller();
    switch (poller->hold()) {
    case TaskPoller::Hold::NoKey:
        say(tr("No API key. Set PIAPI_API_KEY, or enter it once in the window."));
        finish(KeyMissing);
        break;
    case TaskPoller::Hold::KeyRefused:
        say(errorSentence(poller->holdError()));
        finish(KeyMissing);
        break;
    case TaskPoller::Hold::RateLimited:
    case TaskPoller::Hold::Offline:
        say(errorSentence(poller->holdError()));
        // That the system believes itself offline is no try yet.
        if (m_options.once && (poller->hold() == TaskPoller::Hold::RateLimited || !m_tried.isEmpty()))
            giveUpOpen();
        break;
    case TaskPoller::Hold::None:
        break;
    }
}

void HeadlessRunner::giveUpOpen()
{
    const QStringList open = m_open.values();
    for (const QString &id : open) {
        m_open.remove(id);
        print(id);
    }
}

void HeadlessRunner::finishIfDone()
{
    if (m_finished || !m_reported || !m_open.isEmpty() || !m_awaitingText.isEmpty())
        return;
    const bool all = std::all_of(m_completed.cbegin(), m_completed.cend(), [](bool ok) { return ok; });
    finish(all && !m_badInput ? AllCompleted : SomeFailed);
}

void HeadlessRunner::finish(int exitCode)
{
    if (m_finished)
        return;
    m_finished = true;
    // Queued: never inside the call that started it, and outside the signals of the services.
    QMetaObject::invokeMethod(
        this, [this, exitCode] { Q_EMIT finished(exitCode); }, Qt::QueuedConnection);
}

void HeadlessRunner::say(const QString &message)
{
    m_err->write(message.toUtf8() + '\n');
}

} // namespace taskreel
