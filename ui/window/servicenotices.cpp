// SPDX-License-Identifier: MIT
#include "ui/window/servicenotices.h"

#include "core/appcontext.h"
#include "core/downloads/downloadqueue.h"
#include "core/downloads/keptkeeper.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "core/text/errortext.h"
#include "core/text/quantities.h"

#include <QDateTime>

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
    connect(context->repository(), &TaskRepository::tasksChanged, this,
            &ServiceNotices::lookForConnection);
    watchLibrary();
    watchDownloads();
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
        m_board->post(Topic::Settings,
                      {.level = Notice::Level::Warning,
                       .text = tr("Kept clips take %1, more than the limit of %2. None that is watched "
                                  "and not saved goes without you.")
                                       .arg(bytesText(bytes), bytesText(budget)),
                       .buttons = {{tr("Raise limit"), [this] { Q_EMIT settingsRequested(); }},
                                   {tr("Free space…"), [this] { Q_EMIT freeSpaceRequested(); }}}});
    });
    connect(m_context->keeper(), &KeptKeeper::roomAgain, this,
            [this] { m_board->withdraw(Topic::Settings); });
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
    if (hold == TaskPoller::Hold::RateLimited) {
        m_board->post(Topic::RateLimit, {.level = Notice::Level::Warning,
                                         .text = pauseText(),
                                         .buttons = {tryAgain}});
        m_second.start();
    } else {
        m_second.stop();
        m_board->withdraw(Topic::RateLimit);
    }
}

QString ServiceNotices::pauseText() const
{
    const QDateTime until = m_context->poller()->pausedUntil();
    const qint64 ms = until.isValid() ? QDateTime::currentDateTimeUtc().msecsTo(until) : 0;
    return tr("The service wants fewer requests. Asking goes on in %1.")
            .arg(countdownText(std::max<qint64>(ms, 0)));
}

void ServiceNotices::showPause()
{
    m_board->reword(Topic::RateLimit, pauseText());
}

void ServiceNotices::lookForConnection(const QStringList &ids)
{
    bool unreachable = false;
    for (const QString &id : ids) {
        const TaskSummary *row = m_context->repository()->find(id);
        if (!row)
            continue;
        if (row->lastError.kind == ErrorKind::Unreachable) {
            unreachable = true;
        } else if (row->lastError.kind == ErrorKind::None && row->answeredAt.isValid()
                   && row->answeredAt.secsTo(QDateTime::currentDateTimeUtc()) < 5) {
            m_board->withdraw(Topic::Offline); // somebody answered just now
            return;
        }
    }
    if (unreachable && !m_board->has(Topic::Offline)) {
        m_board->post(Topic::Offline,
                      {.level = Notice::Level::Warning,
                       .text = tr("The service cannot be reached. What is here stays usable; asking goes "
                                  "on by itself."),
                       .buttons = {{tr("Try again"), [this] { m_context->poller()->checkNow(); }}}});
    }
}

} // namespace taskreel
