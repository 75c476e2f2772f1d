// SPDX-License-Identifier: MIT
#include "core/tasks/historyimport.h"

#include "core/net/retryrules.h"
#include "core/piapi/apiclient.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"

#include <QLoggingCategory>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

Q_LOGGING_CATEGORY(lcHistory, "taskreel.tasks.history", QtInfoMsg)

constexpr int kMostPages = 2'000; ///< 200 000 tasks: beyond it the service goes round in circles
constexpr int kMostTries = 4; ///< of one page: somebody waits for the outcome
constexpr qint64 kLongestRetryMs = 60'000;

} // namespace

HistoryImport::HistoryImport(ApiClient *client, TaskPoller *poller,
                             const TaskRepository *repository, QObject *parent)
    : QObject(parent), m_client(client), m_poller(poller), m_repository(repository)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &HistoryImport::queueNext);
    connect(client, &ApiClient::historyFinished, this, &HistoryImport::pageArrived);
    connect(poller, &TaskPoller::holdChanged, this, &HistoryImport::checkHold);
}

HistoryImport::~HistoryImport()
{
    drop();
}

void HistoryImport::start(const HistoryQuery &query)
{
    drop();
    m_query = query;
    m_query.page = 1;
    m_query.pageSize = HistoryQuery::kLargestPage;
    m_rows.clear();
    m_seen.clear();
    m_pages = 0;
    m_unreadable = 0;
    m_entries = 0;
    m_total = -1;
    Q_EMIT started();
    m_state = State::Stopped;
    resume();
}

void HistoryImport::resume()
{
    if (m_state != State::Failed && m_state != State::Stopped)
        return;
    m_tries = 0;
    m_error = {};
    m_state = State::Running;
    Q_EMIT stateChanged();
    if (m_poller->hold() == TaskPoller::Hold::KeyRefused)
        m_poller->tryAgain(); // somebody wants to know whether it works by now
    queueNext();
}

void HistoryImport::stop()
{
    if (m_state != State::Running)
        return;
    drop();
    end(State::Stopped);
}

bool HistoryImport::isKnown(const QString &taskId) const
{
    return m_repository->contains(taskId);
}

QStringList HistoryImport::newIds() const
{
    QStringList ids;
    for (const HistoryRow &row : m_rows) {
        if (!isKnown(row.taskId))
            ids.append(row.taskId);
    }
    return ids;
}

void HistoryImport::queueNext()
{
    m_poller->queueRequest(this, [this] { askPage(); });
    // A hold that stands already changes no more.
    QMetaObject::invokeMethod(this, &HistoryImport::checkHold, Qt::QueuedConnection);
}

void HistoryImport::askPage()
{
    if (m_state == State::Running && m_number == 0)
        m_number = m_client->fetchHistory(m_query);
}

void HistoryImport::pageArrived(quint64 number, const Result<HistoryPage> &page)
{
    if (number != m_number || m_number == 0)
        return;
    m_number = 0;
    m_poller->noteOtherAnswer(page ? Error{} : page.error());
    if (m_state != State::Running)
        return;
    if (page)
        take(*page);
    else
        tryLater(page.error());
}

void HistoryImport::tryLater(const Error &error)
{
    if (error.kind == ErrorKind::RateLimited) {
        queueNext(); // it is served when the pause for all is over
        return;
    }
    // A page for people says that this is the wrong place: no time mends that.
    const bool page = error.kind == ErrorKind::ServerFault && error.httpStatus < 500;
    if (!isPassing(error.kind) || page || ++m_tries >= kMostTries) {
        end(State::Failed, error);
        return;
    }
    const double random = QRandomGenerator::global()->generateDouble();
    const qint64 delay = retryDelayMs(m_tries, error.retryAfterMs, random);
    if (delay > kLongestRetryMs) {
        end(State::Failed, error);
        return;
    }
    m_retry.start(static_cast<int>(delay));
}

void HistoryImport::take(const HistoryPage &page)
{
    m_tries = 0;
    ++m_pages;
    ++m_query.page; // now: a listener may stop, and go on from there
    m_unreadable += page.unreadable;
    m_total = page.total;
    const qsizetype sent = page.rows.size() + page.unreadable;
    m_entries += sent;
    const auto first = static_cast<int>(m_rows.size());
    bool anyNew = false;
    for (const HistoryRow &row : page.rows) {
        const QString key = row.taskId.toLower();
        if (m_seen.contains(key))
            continue;
        m_seen.insert(key);
        anyNew = true;
        if (isWanted(row))
            m_rows.append(row);
    }
    if (const int count = static_cast<int>(m_rows.size()) - first; count > 0)
        Q_EMIT rowsFound(first, count);
    if (m_state != State::Running) // a listener had enough
        return;
    // The total only counts together with a page that is not full: either alone may be wrong.
    const bool last = sent < m_query.pageSize && page.total >= 0 && m_entries >= page.total;
    if (!anyNew || last || isBeyondRange(page)) {
        if (!anyNew && sent > 0)
            qCInfo(lcHistory) << "page" << m_pages << "repeats what was sent before";
        end(State::Finished);
        return;
    }
    if (m_pages >= kMostPages)
        end(State::Stopped);
    else
        queueNext();
}

bool HistoryImport::isWanted(const HistoryRow &row) const
{
    // A service that ignores a part of the question is not to fill the list.
    const bool otherModel = !m_query.model.isEmpty() && !row.model.isEmpty()
        && row.model.compare(m_query.model, Qt::CaseInsensitive) != 0;
    if (otherModel || !row.createdAt.isValid())
        return !otherModel;
    return (!m_query.from.isValid() || row.createdAt >= m_query.from)
        && (!m_query.to.isValid() || row.createdAt <= m_query.to);
}

bool HistoryImport::isBeyondRange(const HistoryPage &page) const
{
    // Newest first, and all too old: what follows is older still.
    if (!m_query.from.isValid() || page.rows.isEmpty())
        return false;
    return std::ranges::all_of(page.rows,
                               [this](const HistoryRow &row) {
                                   return row.createdAt.isValid() && row.createdAt < m_query.from;
                               })
        && std::ranges::is_sorted(page.rows, std::greater{},
                                  [](const HistoryRow &row) { return row.createdAt; });
}

void HistoryImport::checkHold()
{
    const TaskPoller::Hold hold = m_poller->hold();
    const bool key = hold == TaskPoller::Hold::NoKey || hold == TaskPoller::Hold::KeyRefused;
    if (m_state != State::Running || m_number != 0 || !key)
        return;
    drop();
    end(State::Failed, m_poller->holdError());
}

void HistoryImport::drop()
{
    m_retry.stop();
    m_poller->forgetRequests(this);
    if (m_number != 0)
        m_client->abortHistory(m_number);
    m_number = 0;
}

void HistoryImport::end(State state, const Error &error)
{
    m_error = error;
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace taskreel
