// SPDX-License-Identifier: MIT
#include "headless/headlessrunner.h"

#include "core/appcontext.h"
#include "core/downloads/downloadqueue.h"
#include "core/secrets/apikey.h"
#include "core/settings/appsettings.h"
#include "core/tasks/intake.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "core/text/errortext.h"
#include "core/text/quantities.h"
#include "headless/tasklines.h"

#include <QLocale>

#include <algorithm>

namespace taskreel {

HeadlessRunner::HeadlessRunner(AppContext *context, const Options &options, QIODevice *out,
                               QIODevice *err, QObject *parent)
    : QObject(parent), m_context(context), m_options(options), m_out(out), m_err(err),
      m_progress(err, options.columns, [this] { return progressText(); })
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
    connect(m_context->repository(), &TaskRepository::taskReady, this, [this](const Task &task) {
        if (m_awaitingText.remove(task.id))
            deliver(task.id);
    });
    connect(m_context->repository(), &TaskRepository::storeFailed, this,
            [this](const Error &error) {
                say(errorSentence(error));
                finish(CannotWrite);
            });
    if (m_options.download)
        makeSaver();
    connect(m_context->poller(), &TaskPoller::holdChanged, this, &HeadlessRunner::checkHold);
    connect(m_context->poller(), &TaskPoller::tried, this, [this](const QString &id) {
        m_tried.insert(id);
        lookAt({id});
        if (m_options.once && m_context->poller()->hold() == TaskPoller::Hold::Offline)
            giveUpOpen();
    });
    connect(m_context->intake(), &Intake::finished, this, &HeadlessRunner::takeReport);
    m_context->intake()->addArguments(m_options.arguments);
    m_progress.begin();
}

void HeadlessRunner::makeSaver()
{
    const VariantWish usual = m_context->settings()->withoutWatermark() ? VariantWish::Unwatermarked
                                                                        : VariantWish::Watermarked;
    m_saver =
        std::make_unique<TaskSaver>(m_context, m_options.variant.value_or(usual), m_options.once);
    connect(m_saver.get(), &TaskSaver::ended, this, &HeadlessRunner::filesEnded);
    connect(m_saver.get(), &TaskSaver::stopped, this, [this](const Error &error) {
        say(errorSentence(error, Retry::ByHand));
        m_cannotWrite = true;
        giveUpOpen();
    });
    connect(m_saver.get(), &TaskSaver::troubled, this,
            [this](const QString &name, const Error &error) {
                say(name + QStringLiteral(": ") + errorSentence(error));
            });
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
            deliver(id);
    }
    finishIfDone();
}

void HeadlessRunner::deliver(const QString &id)
{
    const TaskSummary *row = m_context->repository()->find(id);
    if (m_saver && row && row->status == TaskStatus::Completed) {
        const std::optional<Task> task = m_context->repository()->task(id);
        if (task && m_saver->save(row->id, *task))
            return; // filesEnded() follows
    }
    print(id);
}

void HeadlessRunner::filesEnded(const QString &id, const QList<FileOutcome> &files)
{
    for (const FileOutcome &file : files) {
        m_filesSaved += file.isSaved() ? 1 : 0;
        const ErrorKind kind = file.error.kind;
        m_cannotWrite =
            m_cannotWrite || kind == ErrorKind::DiskFull || kind == ErrorKind::CannotWrite;
    }
    print(id, files);
}

QByteArray HeadlessRunner::linesFor(const QString &id, const QList<FileOutcome> &files) const
{
    const TaskSummary *row = m_context->repository()->find(id);
    const std::optional<Task> task =
        row->answeredAt.isValid() ? m_context->repository()->task(id) : std::nullopt;
    if (m_options.json)
        return jsonLine(*row, task, m_saver ? std::optional(files) : std::nullopt) + '\n';
    if (!m_saver)
        return textLine(*row, task, m_context->settings()->withoutWatermark()) + '\n';
    if (files.isEmpty())
        return statusLine(*row) + '\n';
    QByteArray lines;
    for (const FileOutcome &file : files)
        lines += fileLine(row->id, file) + '\n';
    return lines;
}

void HeadlessRunner::print(const QString &id, const QList<FileOutcome> &files)
{
    const TaskSummary *row = m_context->repository()->find(id);
    if (!row)
        return;
    const bool saved = !files.isEmpty()
        && std::all_of(files.cbegin(), files.cend(),
                       [](const FileOutcome &f) { return f.isSaved(); });
    m_well.insert(id, row->status == TaskStatus::Completed && (saved || !m_saver));
    const QByteArray lines = linesFor(id, files);
    bool written = false;
    m_progress.above([&] { written = m_out->write(lines) == lines.size(); });
    if (!written) {
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
        stopAsking(KeyMissing);
        break;
    case TaskPoller::Hold::KeyRefused:
        say(errorSentence(poller->holdError()));
        stopAsking(KeyMissing);
        break;
    case TaskPoller::Hold::RateLimited:
    case TaskPoller::Hold::Offline:
        say(errorSentence(poller->holdError()));
        // That the system believes itself offline is no try yet.
        if (m_options.once
            && (poller->hold() == TaskPoller::Hold::RateLimited || !m_tried.isEmpty()))
            giveUpOpen();
        break;
    case TaskPoller::Hold::None:
        break;
    }
}

/// What is being saved is saved all the same.
void HeadlessRunner::stopAsking(int exitCode)
{
    m_exitCode = exitCode;
    if (!m_saver || (m_saver->isIdle() && m_awaitingText.isEmpty()))
        return finish(exitCode);
    m_open.clear();
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
    if (m_saver && !m_saver->isIdle())
        return;
    const bool all = std::all_of(m_well.cbegin(), m_well.cend(), [](bool ok) { return ok; });
    const int usual = all && !m_badInput ? AllCompleted : SomeFailed;
    finish(m_exitCode.value_or(m_cannotWrite ? CannotWrite : usual));
}

void HeadlessRunner::finish(int exitCode)
{
    if (m_finished)
        return;
    m_finished = true;
    m_progress.end();
    // Queued: never inside the call that started it, and outside the signals of the services.
    QMetaObject::invokeMethod(
        this, [this, exitCode] { Q_EMIT finished(exitCode); }, Qt::QueuedConnection);
}

void HeadlessRunner::say(const QString &message)
{
    m_progress.above([&] { m_err->write(message.toUtf8() + '\n'); });
}

QString HeadlessRunner::progressText() const
{
    const QLocale locale;
    const qsizetype ended = m_well.size();
    const qsizetype all =
        ended + m_open.size() + m_awaitingText.size() + (m_saver ? m_saver->openTasks() : 0);
    QStringList parts{tr("Tasks: %1 of %2").arg(locale.toString(ended), locale.toString(all))};
    if (m_saver) {
        const DownloadTotals totals = m_context->downloads()->totals();
        parts.append(tr("files: %1 saved, %2 to go")
                         .arg(locale.toString(m_filesSaved),
                              locale.toString(totals.running + totals.waiting)));
        if (totals.bytesPerSecond > 0)
            parts.append(tr("%1/s").arg(bytesText(totals.bytesPerSecond)));
        if (totals.secondsLeft >= 0)
            parts.append(tr("%1 left").arg(spanText(totals.secondsLeft * 1000)));
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace taskreel
