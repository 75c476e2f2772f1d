// SPDX-License-Identifier: MIT
#include "ui/window/servicenotices.h"

#include "core/appcontext.h"
#include "core/downloads/downloadqueue.h"
#include "core/downloads/keptkeeper.h"
#include "core/media/medialibrary.h"
#include "core/tasks/taskcanceller.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "core/text/errortext.h"
#include "core/text/quantities.h"
#include "core/text/requesttext.h"

#include <QDateTime>
#include <QLocale>

namespace taskreel {

using namespace std::chrono_literals;
using Topic = NoticeBoard::Topic;

namespace {

constexpr int kShortMs = 8'000;

} // namespace

ServiceNotices::ServiceNotices(AppContext *context, NoticeBoard *board, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_board(board)
{
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, &ServiceNotices::showPause);
    connect(context->poller(), &TaskPoller::holdChanged, this, &ServiceNotices::showHold);
    connect(context->repository(), &TaskRepository::tasksAdded, this, &ServiceNotices::showHold);
    connect(context->repository(), &TaskRepository::tasksRemoved, this, &ServiceNotices::showHold);
    watchLibrary();
    watchDownloads();
    connect(context->canceller(), &TaskCanceller::finished, this, &ServiceNotices::showCancelled);
    showHold();
}

void ServiceNotices::watchLibrary()
{
    connect(m_context, &AppContext::openFailed, this, [this](const Error &error) {
        m_board->post(Topic::Library, {.level = Notice::Level::Error, .text = errorSentence(error),
                                       .closable = false});
    });
    connect(m_context, &AppContext::librarySetAside, this, [this](const QString &path) {
        m_board->post(Topic::Library,
                      {.level = Notice::Level::Warning,
                       .text = tr("The library could not be read. It is kept as %1, and a new one "
                                  "was begun.")
                                       .arg(path)});
    });
    connect(m_context->repository(), &TaskRepository::storeFailed, this, [this](const Error &error) {
        m_board->post(Topic::Store, {.level = Notice::Level::Error, .text = errorSentence(error)});
    });
    connect(m_context->keeper(), &KeptKeeper::full, this, [this](qint64 bytes, qint64 budget) {
        m_board->post(Topic::Kept,
                      {.level = Notice::Level::Warning,
                       .text = tr("Kept clips take %1, more than the limit of %2. None that is watched "
                                  "and not saved goes without you.")
                                       .arg(bytesText(bytes), bytesText(budget)),
                       .buttons = {{tr("Raise limit"), [this] { Q_EMIT settingsRequested(); }},
                                   {tr("Free space…"), [this] { Q_EMIT freeSpaceRequested(); }}}});
    });
    connect(m_context->keeper(), &KeptKeeper::roomAgain, this,
            [this] { m_board->withdraw(Topic::Kept); });
}

void ServiceNotices::watchDownloads()
{
    connect(m_context->downloads(), &DownloadQueue::finished, this, [this](int saved, int failed) {
        if (failed > 0) {
            m_board->post(Topic::Downloads,
                          {.level = Notice::Level::Warning,
                           .text = tr("%n saved", nullptr, saved) + QStringLiteral(", ")
                                   + tr("%n could not be saved: the rows say why", nullptr, failed)});
        } else if (saved > 0) {
            m_board->post(Topic::Downloads,
                          {.level = Notice::Level::Success, .text = tr("%n saved", nullptr, saved)},
                          kShortMs);
        }
    });
    connect(m_context->downloads(), &DownloadQueue::nothingToSave, this,
            [this](const QStringList &ids) {
                m_board->post(Topic::Downloads,
                              {.text = tr("There is nothing to save in %n task(s): no finished result.",
                                          nullptr, int(ids.size()))},
                              kShortMs);
            });
}

void ServiceNotices::askToCancel(const QStringList &ids)
{
    if (ids.isEmpty())
        return;
    const QString text = ids.size() == 1
            ? tr("Cancel the pending task %1 on the server? It cannot be taken back.")
                      .arg(shortId(ids.constFirst()))
            : tr("Cancel %1 pending tasks on the server? It cannot be taken back.")
                      .arg(QLocale().toString(ids.size()));
    m_board->post(Topic::Cancel, {.level = Notice::Level::Warning,
                                  .text = text,
                                  .buttons = {{tr("Cancel on server"),
                                               [this, ids] {
                                                   m_board->withdraw(Topic::Cancel);
                                                   m_context->canceller()->cancel(ids);
                                               }},
                                              {tr("Keep"), [this] { m_board->withdraw(Topic::Cancel); }}}});
}

void ServiceNotices::showCancelled(const CancelReport &report)
{
    QStringList parts;
    if (!report.cancelled.isEmpty()) {
        const QString count = QLocale().toString(report.cancelled.size());
        const QString all = QLocale().toString(report.cancelled.size() + report.refused.size());
        parts += report.refused.isEmpty() ? tr("Cancelled on the server: %1.").arg(count)
                                          : tr("Cancelled on the server: %1 of %2.").arg(count, all);
        if (!report.words.isEmpty() && report.refused.isEmpty())
            //: %1: the words of the service
            parts += tr("The service answered: %1").arg(report.words);
    }
    if (!report.refused.isEmpty())
        parts += cancelErrorSentence(report.error);
    const bool good = report.refused.isEmpty();
    m_board->post(Topic::Cancel,
                  {.level = good ? Notice::Level::Success : Notice::Level::Warning,
                   .text = parts.join(u' ')},
                  good ? kShortMs : 0);
}

void ServiceNotices::showHold()
{
    const TaskPoller *poller = m_context->poller();
    const Notice::Button enterKey{tr("Enter API key"), [this] { Q_EMIT enterKeyRequested(); }};
    const Notice::Button tryAgain{tr("Try again"), [this] { m_context->poller()->tryAgain(); }};
    const TaskPoller::Hold hold = poller->hold();
    if (hold == TaskPoller::Hold::KeyRefused) {
        m_board->post(Topic::Key, {.level = Notice::Level::Error,
                                   .text = errorSentence(poller->holdError()),
                                   .buttons = {enterKey, tryAgain},
                                   .closable = false});
    } else if (hold == TaskPoller::Hold::NoKey && m_context->repository()->count() > 0) {
        if (!m_board->has(Topic::Key))
            m_board->post(Topic::Key, {.level = Notice::Level::Warning,
                                       .text = tr("Without an API key the service cannot be asked."),
                                       .buttons = {enterKey},
                                       .closable = false});
    } else {
        m_board->withdraw(Topic::Key);
    }
    if (hold == TaskPoller::Hold::RateLimited)
        m_board->post(Topic::RateLimit,
                      {.level = Notice::Level::Warning, .text = pauseText(), .buttons = {tryAgain}});
    else
        m_board->withdraw(Topic::RateLimit);
    // One notice for all, and the rows wait; closed by hand it stays away until the next time.
    const bool offline = hold == TaskPoller::Hold::Offline;
    if (offline && !m_wasOffline)
        m_board->post(Topic::Offline,
                      {.level = Notice::Level::Warning, .text = pauseText(), .buttons = {tryAgain}});
    else if (!offline)
        m_board->withdraw(Topic::Offline);
    m_wasOffline = offline;
    if (offline || hold == TaskPoller::Hold::RateLimited)
        m_second.start();
    else
        m_second.stop();
    showPause();
}

QString ServiceNotices::pauseText() const
{
    const TaskPoller *poller = m_context->poller();
    const QDateTime until = poller->pausedUntil();
    const qint64 ms = until.isValid() ? QDateTime::currentDateTimeUtc().msecsTo(until) : 0;
    const QString span = countdownText(std::max<qint64>(ms, 0));
    if (poller->hold() == TaskPoller::Hold::RateLimited)
        return tr("The service wants fewer requests. Asking goes on in %1.").arg(span);
    const QString what = poller->isNetworkDown()
            ? tr("This computer is offline. What is here stays usable; asking goes on by itself.")
            : tr("The service cannot be reached. What is here stays usable; asking goes on by itself.");
    if (ms <= 0)
        return what;
    //: %1: a sentence, %2: a time span, as in "12 s"
    return tr("%1 Next try in %2.").arg(what, span);
}

void ServiceNotices::showPause()
{
    for (const Topic topic : {Topic::RateLimit, Topic::Offline})
        m_board->reword(topic, pauseText());
}

} // namespace taskreel
