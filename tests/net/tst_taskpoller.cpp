// SPDX-License-Identifier: MIT
// Longer than other files: every case moves the one clock of the one poller, and the fixture is most of each.
#include "core/piapi/apiclient.h"
#include "core/secrets/apikey.h"
#include "core/store/store.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "demo/demoservice.h"
#include "support/isolation.h"
#include "support/patience.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::StringLiterals;
using taskreel::ApiClient;
using taskreel::ApiKey;
using taskreel::ErrorKind;
using taskreel::FetchState;
using taskreel::TaskPoller;
using taskreel::TaskRepository;
using taskreel::TaskStatus;
using taskreel::TaskSummary;
using taskreel::demo::DemoService;
using taskreel::demo::Request;
using taskreel::demo::Response;
using Hold = TaskPoller::Hold;

namespace {

constexpr qint64 kSecond = 1'000;
constexpr qint64 kHour = 3'600'000;

QString idOf(int number)
{
    return u"%1-1111-4222-8333-444455556666"_s.arg(number, 8, 16, QChar(u'0'));
}

QStringList idsUpTo(int count)
{
    QStringList ids;
    for (int i = 1; i <= count; ++i)
        ids.append(idOf(i));
    return ids;
}

QString askedId(const Request &request)
{
    return QString::fromLatin1(request.path.mid(request.path.lastIndexOf('/') + 1));
}

Response plain(int status, const QByteArray &body)
{
    Response response;
    response.status = status;
    response.body = body;
    return response;
}

Response task(const Request &request, const QByteArray &status)
{
    return plain(200,
                 R"({"code":200,"data":{"task_id":")" + askedId(request).toLatin1()
                     + R"(","model":"kling","status":")" + status + R"(","output":null}})");
}

} // namespace

class TestTaskPoller final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_nowMs = QDateTime::currentMSecsSinceEpoch();
        m_service = std::make_unique<DemoService>();
        QVERIFY(m_service->listen());
        useKey(u"key-1"_s);
    }

    void cleanup()
    {
        m_poller.reset();
        m_client.reset();
        m_repository.reset();
        m_key.reset();
        m_network.reset();
        m_service.reset();
    }

    void firstAsksAreBoundedByParallelismAlone()
    {
        m_service->handle("/", [](const Request &request) {
            Response response = task(request, "completed");
            response.delayMs = 5;
            return response;
        });
        const QSignalSpy ended(m_poller.get(), &TaskPoller::allEnded);
        m_poller->start();
        m_repository->add(idsUpTo(60));
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 30'000);
        QCOMPARE(m_service->requests().size(), 60);
        QCOMPARE(m_service->mostAtOnce(), 6);
        QCOMPARE(m_poller->unfinished(), 0);
        for (const QString &id : idsUpTo(60)) {
            QCOMPARE(row(id).status, TaskStatus::Completed);
            QCOMPARE(row(id).fetchState, FetchState::Idle);
        }
    }

    void askingAgainSharesARate()
    {
        answerAlways("processing");
        m_poller->start();
        m_repository->add(idsUpTo(30));
        SOON_COMPARE(m_service->requests().size(), 30);
        SOON_COMPARE(m_client->running(), 0);
        // As after an hour of sleep: all are due, none may burst.
        m_poller->setRequestsPerMinute(1);
        passTime(kHour);
        SOON_COMPARE(m_service->requests().size(), 36);
        SOON_COMPARE(m_client->running(), 0);
        m_poller->wake();
        const auto queued = [this] {
            const QStringList ids = m_repository->ids();
            return std::count_if(ids.cbegin(), ids.cend(), [this](const QString &id) {
                return row(id).fetchState == FetchState::Queued;
            });
        };
        SOON_COMPARE(queued(), 24);
        QVERIFY(m_poller->nextDue().toMSecsSinceEpoch() > now() + 30 * kSecond);
        QCOMPARE(m_service->requests().size(), 36);
    }

    void asksAgainUntilTheTaskEnds()
    {
        m_service->handle("/", [this](const Request &request) {
            return task(request, m_service->requests().size() < 3 ? "Processing\t" : "completed");
        });
        m_poller->start();
        m_repository->add({idOf(1)});
        SOON_COMPARE(row(idOf(1)).fetchState, FetchState::Waiting);
        const qint64 wait = row(idOf(1)).nextCheckAt.toMSecsSinceEpoch() - now();
        QVERIFY2(wait > 2'000 && wait <= 3'600, qPrintable(QString::number(wait)));
        QCOMPARE(row(idOf(1)).status, TaskStatus::Processing);

        passTime(4 * kSecond);
        SOON_COMPARE(m_service->requests().size(), 2);
        SOON_COMPARE(row(idOf(1)).fetchState, FetchState::Waiting);
        passTime(6 * kSecond);
        // Completed without any output has ended, too.
        SOON_COMPARE(row(idOf(1)).status, TaskStatus::Completed);
        QCOMPARE(row(idOf(1)).fetchState, FetchState::Idle);
        QVERIFY(!m_poller->nextDue().isValid());
    }

    void passingErrorsAreTriedForEver()
    {
        m_service->handle("/", [](const Request &) { return plain(502, "<html>bad</html>"); });
        m_poller->start();
        m_repository->add({idOf(1)});
        qint64 lastWait = 0;
        for (int tries = 1; tries <= 12; ++tries) {
            SOON_COMPARE(row(idOf(1)).failedTries, tries);
            SOON_COMPARE(row(idOf(1)).fetchState, FetchState::Waiting);
            lastWait = row(idOf(1)).nextCheckAt.toMSecsSinceEpoch() - now();
            passTime(lastWait);
        }
        QVERIFY(lastWait > 200 * kSecond);
        QCOMPARE(row(idOf(1)).lastError.kind, ErrorKind::ServerFault);

        answerAlways("completed");
        passTime(400 * kSecond);
        SOON_COMPARE(row(idOf(1)).status, TaskStatus::Completed);
        QCOMPARE(row(idOf(1)).failedTries, 0);
    }

    void anUnknownTaskIsAskedAgainOnlyOnDemand()
    {
        m_service->handle("/", [](const Request &) { return plain(404, "404 page not found"); });
        const QSignalSpy ended(m_poller.get(), &TaskPoller::allEnded);
        m_poller->start();
        m_repository->add({idOf(1)});
        SOON_COMPARE(row(idOf(1)).lastError.kind, ErrorKind::NotFound);
        QCOMPARE(row(idOf(1)).fetchState, FetchState::Idle);
        SOON_COMPARE(ended.count(), 1);
        m_poller->start();
        passTime(48 * kHour);
        SOON_COMPARE(row(idOf(1)).fetchState, FetchState::Idle);
        QCOMPARE(m_service->requests().size(), 1);

        answerAlways("completed");
        m_poller->checkNow();
        SOON_COMPARE(row(idOf(1)).status, TaskStatus::Completed);
        SOON_COMPARE(ended.count(), 2);
    }

    void checkNowAsksEndedRowsToo()
    {
        answerAlways("completed");
        m_poller->start();
        m_repository->add(idsUpTo(2));
        SOON_COMPARE(row(idOf(2)).status, TaskStatus::Completed);
        m_poller->checkNow(); // all unfinished: none
        m_poller->checkNow({idOf(2).toUpper()});
        SOON_COMPARE(m_service->requests().size(), 3);
        SOON_COMPARE(row(idOf(2)).fetchState, FetchState::Idle);

        // A finished row does not try for ever.
        m_service->handle("/", [](const Request &) { return plain(503, "later"); });
        m_poller->checkNow({idOf(2)});
        SOON_COMPARE(row(idOf(2)).lastError.kind, ErrorKind::ServerFault);
        QCOMPARE(row(idOf(2)).fetchState, FetchState::Idle);
        QCOMPARE(row(idOf(2)).status, TaskStatus::Completed);
    }

    void aRefusedKeyHoldsEverythingUntilItChanges()
    {
        m_service->handle("/", [](const Request &request) {
            return request.header("x-api-key") == "good"
                ? task(request, "completed")
                : plain(401, R"({"code":401,"data":null,"message":"failed to verify api key"})");
        });
        QSignalSpy changed(m_poller.get(), &TaskPoller::holdChanged);
        m_poller->start();
        m_repository->add(idsUpTo(40));
        SOON_COMPARE(m_poller->hold(), Hold::KeyRefused);
        SOON_COMPARE(m_client->running(), 0);
        QCOMPARE(changed.count(), 1);
        QVERIFY(m_service->requests().size() <= 6);
        QCOMPARE(m_poller->holdError().kind, ErrorKind::KeyRefused);
        for (const QString &id : idsUpTo(40))
            SOON_COMPARE(row(id).fetchState, FetchState::Held);
        passTime(kHour);
        SOON_COMPARE(m_poller->hold(), Hold::KeyRefused);
        QVERIFY(m_service->requests().size() <= 6);

        m_key->enter(u"good"_s);
        SOON_COMPARE(m_poller->unfinished(), 0);
        QCOMPARE(m_poller->hold(), Hold::None);
        QCOMPARE(row(idOf(40)).status, TaskStatus::Completed);
    }

    void tryAgainLiftsARefusedKey()
    {
        m_service->handle("/", [](const Request &) { return plain(401, "{}"); });
        m_poller->start();
        m_repository->add({idOf(1)});
        SOON_COMPARE(m_poller->hold(), Hold::KeyRefused);
        answerAlways("completed");
        m_poller->tryAgain();
        SOON_COMPARE(row(idOf(1)).status, TaskStatus::Completed);
    }

    void forbiddenBeforeAnyAnswerIsTheKey()
    {
        m_service->handle("/", [](const Request &) {
            return plain(403, R"({"code":403,"data":null,"message":"forbidden"})");
        });
        m_poller->start();
        m_repository->add({idOf(1)});
        SOON_COMPARE(m_poller->hold(), Hold::KeyRefused);
        SOON_COMPARE(row(idOf(1)).fetchState, FetchState::Held);
    }

    void forbiddenAfterAnAnswerIsTheRows_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<bool>("holds");
        QTest::newRow("the plan") << QByteArray("not in your plan") << false;
        QTest::newRow("names the key") << QByteArray("Invalid API key") << true;
    }

    void forbiddenAfterAnAnswerIsTheRows()
    {
        QFETCH(QByteArray, message);
        QFETCH(bool, holds);
        answerAlways("completed");
        m_poller->start();
        m_repository->add({idOf(1)});
        SOON_COMPARE(row(idOf(1)).status, TaskStatus::Completed);
        m_service->handle("/", [message](const Request &) {
            return plain(403, R"({"code":403,"data":null,"message":")" + message + R"("})");
        });
        m_repository->add({idOf(2)});
        SOON_COMPARE(m_service->requests().size(), 2);
        SOON_COMPARE(row(idOf(2)).fetchState, holds ? FetchState::Held : FetchState::Idle);
        QCOMPARE(m_poller->hold(), holds ? Hold::KeyRefused : Hold::None);
        QCOMPARE(row(idOf(2)).lastError.kind, holds ? ErrorKind::None : ErrorKind::Forbidden);
    }

    void tooFastIsOnePauseForAll()
    {
        m_service->handle("/", [](const Request &) {
            Response response = plain(429, R"({"code":429,"message":"slow down"})");
            response.headers.emplaceBack("Retry-After", "120");
            return response;
        });
        QSignalSpy changed(m_poller.get(), &TaskPoller::holdChanged);
        m_poller->start();
        m_repository->add(idsUpTo(20));
        SOON_COMPARE(m_poller->hold(), Hold::RateLimited);
        SOON_COMPARE(m_client->running(), 0);
        const qint64 pause = m_poller->pausedUntil().toMSecsSinceEpoch() - now();
        QVERIFY2(pause > 100 * kSecond && pause <= 120 * kSecond,
                 qPrintable(QString::number(pause)));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(m_service->requests().size(), 6);
        QCOMPARE(m_poller->nextDue(), m_poller->pausedUntil());

        m_service->clearLog();
        answerAlways("completed");
        passTime(121 * kSecond);
        SOON_COMPARE(m_poller->unfinished(), 0);
        QCOMPARE(m_poller->hold(), Hold::None);
        QVERIFY2(m_service->mostAtOnce() <= 3, "as fast as before the pause");
    }

    void theUserMayCutAPauseShort()
    {
        m_service->handle("/", [](const Request &) { return plain(429, "{}"); });
        m_poller->start();
        m_repository->add({idOf(1)});
        SOON_COMPARE(m_poller->hold(), Hold::RateLimited);
        answerAlways("completed");
        m_poller->tryAgain();
        QCOMPARE(m_poller->hold(), Hold::None);
        m_poller->checkNow();
        SOON_COMPARE(row(idOf(1)).status, TaskStatus::Completed);
    }

    void withoutAKeyNothingIsAsked()
    {
        useKey({});
        answerAlways("completed");
        m_poller->start();
        SOON_VERIFY(!m_poller->nextDue().isValid());
        QCOMPARE(m_key->state(), ApiKey::State::NotLookedUp); // only when it is needed
        m_repository->add(idsUpTo(3));
        SOON_COMPARE(m_poller->hold(), Hold::NoKey);
        SOON_COMPARE(row(idOf(3)).fetchState, FetchState::Held);
        m_repository->add({idOf(4)});
        SOON_COMPARE(row(idOf(4)).fetchState, FetchState::Held);
        QVERIFY(m_service->requests().isEmpty());

        m_key->enter(u"key-2"_s);
        SOON_COMPARE(m_poller->unfinished(), 0);
        QCOMPARE(m_service->requests().size(), 4);
    }

    void anotherKeyMaySeeMore()
    {
        m_service->handle("/", [](const Request &request) {
            return request.header("x-api-key") == "other"
                ? task(request, "completed")
                : plain(404, R"({"code":404,"message":"task not found"})");
        });
        m_poller->start();
        m_repository->add({idOf(1)});
        SOON_COMPARE(row(idOf(1)).lastError.kind, ErrorKind::NotFound);
        m_key->enter(u"other"_s);
        SOON_COMPARE(row(idOf(1)).status, TaskStatus::Completed);
    }

    void selectedThenVisibleThenTheRest()
    {
        answerAlways("completed");
        m_poller->setParallel(1);
        m_poller->setPreferred(idOf(4), {idOf(3), idOf(5)});
        m_poller->start();
        m_repository->add(idsUpTo(5));
        SOON_COMPARE(m_service->requests().size(), 5);
        QStringList asked;
        for (const Request &request : m_service->requests())
            asked.append(askedId(request));
        QCOMPARE(asked, (QStringList{idOf(4), idOf(3), idOf(5), idOf(1), idOf(2)}));
    }

    void removedRowsAreNotAskedRestoredOnesAre()
    {
        answerAlways("processing");
        m_poller->start();
        m_repository->add(idsUpTo(2));
        SOON_COMPARE(row(idOf(2)).fetchState, FetchState::Waiting);
        m_repository->remove({idOf(2)});
        SOON_COMPARE(m_poller->unfinished(), 1);
        passTime(10 * kSecond);
        SOON_COMPARE(m_service->requests().size(), 3);
        answerAlways("completed");
        m_repository->restore({idOf(2)});
        SOON_COMPARE(row(idOf(2)).status, TaskStatus::Completed);
    }

    void anAnswerForARemovedRowBringsNothingBack()
    {
        m_service->handle("/", [](const Request &request) {
            Response response = task(request, "processing");
            response.delayMs = 50;
            return response;
        });
        m_poller->start();
        m_repository->add({idOf(1)});
        SOON_COMPARE(m_service->requests().size(), 1);
        m_repository->remove({idOf(1)});
        SOON_COMPARE(m_client->running(), 0);
        QCOMPARE(m_repository->count(), 0);
        SOON_COMPARE(m_poller->unfinished(), 0);
    }

    void aPastedAnswerSparesTheRequest()
    {
        useKey({}); // held, so that it surely waits
        m_poller->start();
        m_repository->add(idsUpTo(2));
        SOON_COMPARE(row(idOf(2)).fetchState, FetchState::Held);
        taskreel::ReadAnswer answer;
        answer.task.id = idOf(2);
        answer.task.status = TaskStatus::Completed;
        m_repository->merge(answer, false);
        SOON_COMPARE(row(idOf(2)).fetchState, FetchState::Idle);
        QCOMPARE(m_poller->unfinished(), 1);
    }

    void aClockThatGoesBackStopsNothing()
    {
        answerAlways("processing");
        m_poller->start();
        m_repository->add({idOf(1)});
        SOON_COMPARE(row(idOf(1)).fetchState, FetchState::Waiting);
        passTime(-24 * kHour);
        SOON_VERIFY(m_poller->nextDue().toMSecsSinceEpoch() < now() + 5 * kSecond);
        QCOMPARE(row(idOf(1)).nextCheckAt, m_poller->nextDue());
    }

    void dueTimesOfAnEarlierRunCountWithinReason()
    {
        answerAlways("completed");
        QList<TaskSummary> rows;
        const auto add = [&rows, this](int number, qint64 dueInMs, ErrorKind error) {
            TaskSummary summary;
            summary.id = idOf(number);
            summary.sequence = number;
            summary.status = TaskStatus::Processing;
            summary.addedAt = QDateTime::fromMSecsSinceEpoch(now() - kSecond, Qt::UTC);
            summary.answeredAt = summary.addedAt;
            summary.nextCheckAt = QDateTime::fromMSecsSinceEpoch(now() + dueInMs, Qt::UTC);
            summary.lastError.kind = error;
            rows.append(summary);
        };
        add(1, -kHour, ErrorKind::None);
        add(2, 20 * kSecond, ErrorKind::None);
        add(3, 1'000 * kHour, ErrorKind::None);
        add(4, -kHour, ErrorKind::NotFound);
        add(5, -kHour, ErrorKind::Redirected);
        m_repository->load(rows);
        m_poller->start();
        SOON_COMPARE(m_service->requests().size(), 2);
        QCOMPARE(askedId(m_service->requests().at(0)), idOf(1));
        QCOMPARE(askedId(m_service->requests().at(1)), idOf(5));
        QCOMPARE(row(idOf(2)).fetchState, FetchState::Waiting);
        QVERIFY(row(idOf(3)).nextCheckAt.toMSecsSinceEpoch() < now() + 60 * kSecond);
        QCOMPARE(row(idOf(4)).fetchState, FetchState::Idle);
    }

    void dueTimesSurviveARestart()
    {
        const QTemporaryDir folder;
        answerAlways("processing");
        QDateTime due;
        {
            taskreel::Store store(folder.filePath(u"library.sqlite"_s));
            open(store);
            useRepository(std::make_unique<TaskRepository>(&store));
            m_poller->start();
            QSignalSpy committed(&store, &taskreel::Store::committed);
            m_repository->add({idOf(1)});
            SOON_COMPARE(row(idOf(1)).fetchState, FetchState::Waiting);
            due = row(idOf(1)).nextCheckAt;
            m_repository->flush();
            SOON_VERIFY(committed.count() >= 2);
            m_poller.reset();
            m_repository.reset();
        }
        m_service->clearLog();
        taskreel::Store store(folder.filePath(u"library.sqlite"_s));
        const taskreel::StoredLibrary library = open(store);
        useRepository(std::make_unique<TaskRepository>(&store));
        m_repository->load(library.tasks, library.removed);
        m_poller->start();
        SOON_COMPARE(row(idOf(1)).fetchState, FetchState::Waiting);
        QCOMPARE(row(idOf(1)).nextCheckAt, due);
        SOON_COMPARE(m_poller->nextDue(), due);
        QVERIFY(m_service->requests().isEmpty());
        passTime(due.toMSecsSinceEpoch() - now());
        SOON_COMPARE(m_service->requests().size(), 1);
        SOON_COMPARE(row(idOf(1)).fetchState, FetchState::Waiting);
        m_poller.reset();
        m_repository.reset();
    }

    void aTaskIsNeverGivenUp()
    {
        answerAlways("processing");
        m_poller->start();
        m_repository->add({idOf(1)});
        for (int days = 0; days < 400; days += 20) {
            SOON_COMPARE(row(idOf(1)).fetchState, FetchState::Waiting);
            const qint64 wait = row(idOf(1)).nextCheckAt.toMSecsSinceEpoch() - now();
            QVERIFY2(wait > 0 && wait <= 36 * 60 * kSecond, qPrintable(QString::number(wait)));
            m_service->clearLog();
            passTime(20 * 24 * kHour);
            SOON_COMPARE(m_service->requests().size(), 1);
        }
        SOON_COMPARE(row(idOf(1)).fetchState, FetchState::Waiting);
        QCOMPARE(row(idOf(1)).status, TaskStatus::Processing);
        QCOMPARE(row(idOf(1)).lastError.kind, ErrorKind::None);
    }

    void aClockFarAheadAndBackDoesNoHarm()
    {
        answerAlways("processing");
        m_poller->setRequestsPerMinute(6);
        m_poller->start();
        m_repository->add(idsUpTo(20));
        SOON_COMPARE(m_service->requests().size(), 20);
        SOON_COMPARE(m_client->running(), 0);
        const qint64 years = 10 * 365 * 24 * kHour;
        passTime(years);
        SOON_COMPARE(m_service->requests().size(), 26); // the bucket, and no more
        SOON_COMPARE(m_client->running(), 0);
        QVERIFY(m_poller->nextDue().toMSecsSinceEpoch() > now() + 5 * kSecond);
        passTime(-years);
        SOON_VERIFY(m_poller->nextDue().toMSecsSinceEpoch() <= now() + 36 * kSecond);
        // Those answered under the wrong clock were told to wait as old tasks do.
        SOON_VERIFY(std::ranges::all_of(m_repository->ids(), [this](const QString &id) {
            return row(id).fetchState == FetchState::Queued
                || row(id).nextCheckAt.toMSecsSinceEpoch() <= now() + 36 * kSecond;
        }));
        QCOMPARE(m_service->requests().size(), 26);
        passTime(20 * kSecond);
        SOON_COMPARE(m_service->requests().size(), 28);
    }

    void offlineIsNoticedOnceForAll()
    {
        goOffline(30);
        const QSignalSpy changed(m_poller.get(), &TaskPoller::holdChanged);
        const QSignalSpy started(m_client.get(), &ApiClient::taskStarted);
        SOON_VERIFY(std::ranges::count_if(m_repository->ids(), [this](const QString &id) {
                        return row(id).fetchState == FetchState::Queued;
                    }) >= 28);
        const auto withError =
            std::ranges::count_if(m_repository->ids(), [this](const QString &id) {
                return row(id).lastError.kind != ErrorKind::None;
            });
        QVERIFY2(withError <= 2, "the rows say what the banner says");
        const qint64 next = m_poller->pausedUntil().toMSecsSinceEpoch() - now();
        QVERIFY2(next > 0 && next <= 6 * kSecond, qPrintable(QString::number(next)));

        // One try now and then, not one a row.
        passTime(next);
        SOON_COMPARE(started.count(), 1);
        SOON_COMPARE(m_client->running(), 0);
        passTime(5 * kSecond);
        SOON_VERIFY(m_poller->pausedUntil().toMSecsSinceEpoch() > now());
        QCOMPARE(started.count(), 1);
        m_poller->tryAgain();
        SOON_COMPARE(started.count(), 2);
        SOON_COMPARE(m_client->running(), 0);
        QCOMPARE(m_poller->hold(), Hold::Offline);
        QCOMPARE(changed.count(), 0);
    }

    void backOnlineIsNoBurst()
    {
        goOffline(30);
        m_poller->setRequestsPerMinute(1);
        m_service->clearLog();
        QVERIFY(m_service->listen(m_port));
        passTime(6 * kSecond);
        SOON_COMPARE(m_poller->hold(), Hold::None);
        SOON_COMPARE(m_client->running(), 0);
        const qsizetype atOnce = m_service->requests().size();
        QVERIFY2(atOnce >= 1 && atOnce <= 8, qPrintable(QString::number(atOnce)));
        SOON_VERIFY(std::ranges::any_of(m_repository->ids(), [this](const QString &id) {
            return row(id).fetchState == FetchState::Queued;
        }));
        m_poller->setRequestsPerMinute(600);
        const auto goesOn = [this, atOnce] {
            passTime(kSecond);
            return m_service->requests().size() > atOnce;
        };
        SOON_VERIFY(goesOn());
    }

    void theSystemSaysThatTheNetworkIsGone()
    {
        answerAlways("processing");
        m_poller->start();
        m_poller->setNetwork(taskreel::ConnectionWatch::Network::Down);
        m_repository->add(idsUpTo(3));
        SOON_COMPARE(m_poller->hold(), Hold::Offline);
        QVERIFY(m_poller->isNetworkDown());
        SOON_COMPARE(row(idOf(3)).fetchState, FetchState::Queued);
        QVERIFY(m_service->requests().isEmpty());
        m_poller->setNetwork(taskreel::ConnectionWatch::Network::Up);
        SOON_COMPARE(m_service->requests().size(), 3);
        QCOMPARE(m_poller->hold(), Hold::None);

        // It may be wrong: the way is tried now and then, and an answer counts more.
        passTime(kHour);
        SOON_COMPARE(m_service->requests().size(), 6);
        SOON_COMPARE(m_client->running(), 0);
        m_poller->setNetwork(taskreel::ConnectionWatch::Network::Down);
        SOON_COMPARE(m_poller->hold(), Hold::Offline);
        passTime(61 * kSecond);
        SOON_COMPARE(m_poller->hold(), Hold::None);
        SOON_VERIFY(m_service->requests().size() > 6);
    }

    void otherRequestsShareThePace()
    {
        answerAlways("processing");
        m_poller->start();
        m_repository->add(idsUpTo(20));
        SOON_COMPARE(m_service->requests().size(), 20);
        SOON_COMPARE(m_client->running(), 0);
        m_poller->setRequestsPerMinute(1);
        passTime(kHour);
        SOON_COMPARE(m_service->requests().size(), 26); // the bucket is empty
        SOON_COMPARE(m_client->running(), 0);
        QObject owner;
        int sent = 0;
        auto gone = std::make_unique<QObject>();
        m_poller->queueRequest(gone.get(), [&sent] { sent += 100; });
        m_poller->queueRequest(&owner, [&sent] { ++sent; });
        m_poller->queueRequest(&owner, [&sent] { ++sent; });
        QCOMPARE(sent, 0);
        gone.reset();
        passTime(60 * kSecond); // one token: theirs comes before any task
        SOON_COMPARE(sent, 1);
        SOON_VERIFY(m_poller->nextDue().toMSecsSinceEpoch() > now() + 30 * kSecond);
        QCOMPARE(m_service->requests().size(), 26);
        m_poller->forgetRequests(&owner);
        passTime(60 * kSecond);
        SOON_COMPARE(m_service->requests().size(), 27);
        QCOMPARE(sent, 1);

        // What they bring counts for all.
        m_poller->noteOtherAnswer({ErrorKind::RateLimited, 429, {}, {}, 120 * kSecond});
        QCOMPARE(m_poller->hold(), Hold::RateLimited);
        m_poller->queueRequest(&owner, [&sent] { ++sent; });
        passTime(60 * kSecond);
        SOON_COMPARE(m_poller->nextDue(), m_poller->pausedUntil());
        QCOMPARE(sent, 1);
        passTime(61 * kSecond);
        SOON_COMPARE(sent, 2);
    }

    void tenThousandRowsCostNoMoreAnAnswer()
    {
        answerAlways("completed");
        m_poller->setParallel(1);
        QStringList ids = idsUpTo(10'000);
        m_repository->add(ids);
        m_poller->start();
        QTRY_VERIFY_WITH_TIMEOUT(m_service->requests().size() >= 1, 30'000);
        // Rows in line are shown as such once, not with each answer.
        QSignalSpy changes(m_repository.get(), &TaskRepository::tasksChanged);
        QTRY_VERIFY_WITH_TIMEOUT(m_service->requests().size() >= 20, 30'000);
        qsizetype announced = 0;
        for (const QList<QVariant> &change : changes)
            announced += change.constFirst().toStringList().size();
        QVERIFY2(announced < 10'500, qPrintable(QString::number(announced)));
    }

private:
    taskreel::StoredLibrary open(taskreel::Store &store)
    {
        QSignalSpy opened(&store, &taskreel::Store::opened);
        store.open();
        if (opened.isEmpty() && !opened.wait())
            return {};
        return opened.constFirst().constFirst().value<taskreel::StoredLibrary>();
    }

    /// Tasks that were answered, then a service that is gone.
    void goOffline(int tasks)
    {
        answerAlways("processing");
        m_poller->start();
        m_repository->add(idsUpTo(tasks));
        SOON_COMPARE(m_service->requests().size(), tasks);
        SOON_COMPARE(m_client->running(), 0);
        m_port = static_cast<quint16>(m_service->baseUrl().port());
        m_service->close();
        passTime(kHour);
        SOON_COMPARE(m_poller->hold(), Hold::Offline);
        SOON_COMPARE(m_client->running(), 0);
    }

    void useKey(const QString &value)
    {
        m_keyValue = value;
        useRepository(std::make_unique<TaskRepository>(nullptr));
    }

    void useRepository(std::unique_ptr<TaskRepository> repository)
    {
        const QString value = m_keyValue;
        m_poller.reset();
        m_client.reset();
        m_repository = std::move(repository);
        m_key = std::make_unique<ApiKey>(m_service->baseUrl(), nullptr, value);
        m_network = std::make_unique<QNetworkAccessManager>();
        m_client = std::make_unique<ApiClient>(m_network.get(), m_service->baseUrl(), m_key.get());
        m_poller = std::make_unique<TaskPoller>(m_repository.get(), m_client.get(), m_key.get());
        m_poller->setClock([this] { return now(); });
    }

    void answerAlways(const QByteArray &status)
    {
        m_service->handle("/", [status](const Request &request) { return task(request, status); });
    }

    [[nodiscard]] qint64 now() const { return m_nowMs; }

    void passTime(qint64 ms)
    {
        m_nowMs += ms;
        m_poller->wake();
    }

    [[nodiscard]] TaskSummary row(const QString &id) const
    {
        const TaskSummary *found = m_repository->find(id);
        return found ? *found : TaskSummary();
    }

    quint16 m_port = 0; ///< of a service that is gone
    QString m_keyValue;
    qint64 m_nowMs = 0; ///< stands still: however slow the machine is, only passTime() moves it
    std::unique_ptr<DemoService> m_service;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<ApiKey> m_key;
    std::unique_ptr<TaskRepository> m_repository;
    std::unique_ptr<ApiClient> m_client;
    std::unique_ptr<TaskPoller> m_poller;
};

TASKREEL_TEST_MAIN(TestTaskPoller, QCoreApplication)
#include "tst_taskpoller.moc"
