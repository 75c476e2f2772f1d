// SPDX-License-Identifier: MIT
// Longer than other files: history and cancelling share the poller's pace, and so the fixture with
// its clock.
#include "core/models/historytablemodel.h"
#include "core/piapi/apiclient.h"
#include "core/secrets/apikey.h"
#include "core/tasks/historyimport.h"
#include "core/tasks/taskcanceller.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "demo/demoscript.h"
#include "demo/demoservice.h"
#include "support/isolation.h"
#include "support/patience.h"

#include <QAbstractItemModelTester>
#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace taskreel;
using taskreel::demo::DemoScript;
using taskreel::demo::DemoService;
using taskreel::demo::Request;
using taskreel::demo::Response;
using Hold = TaskPoller::Hold;
using State = HistoryImport::State;

namespace {

const QByteArray kHistory = "/api/open/tasks/histories";
constexpr qint64 kSecond = 1'000;

QString idOf(int number)
{
    return u"%1-1111-4222-8333-444455556666"_s.arg(number, 8, 16, QChar(u'0'));
}

Response plain(int status, const QByteArray &body)
{
    Response response;
    response.status = status;
    response.body = body;
    return response;
}

int numberIn(const Request &request, const QString &name)
{
    return QUrlQuery(QString::fromLatin1(request.query)).queryItemValue(name).toInt();
}

/// Tasks `first` … `last`, an hour between them, newest first.
Response rows(int first, int last, qint64 total, const QByteArray &model = "kling")
{
    QByteArrayList list;
    for (int i = first; i <= last; ++i) {
        list += R"({"task_id":")" + idOf(i).toLatin1() + R"(","task_model":")" + model
            + R"(","action":"video_generation","status":"finished","created_at":)"
            + QByteArray::number(1'700'000'000 - 3600 * i) + "}";
    }
    return plain(200,
                 R"({"code":200,"data":{"data":[)" + list.join(',') + R"(],"total":)"
                     + QByteArray::number(total) + "}}");
}

} // namespace

class TestHistoryImport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void walksThroughTheDemosHistory();
    void onlyNewOnesAreOffered();
    void tenThousandTasksKeepThePace();
    void tooFastMidwayPausesAndGoesOn();
    void aRepeatedPageEndsIt();
    void totalsMayLie_data();
    void totalsMayLie();
    void whatWasNotAskedForIsLeftOut();
    void tooOldPagesEndIt();
    void stopsAndGoesOn();
    void goesAwayWhileAsking();
    void aFaultIsTriedAgain();
    void refusals_data();
    void refusals();
    void withoutAKeyItSaysSo();
    void aRefusedKeyHoldsEverything_data();
    void aRefusedKeyHoldsEverything();
    void newOnesStandFirst();
    void startingAnewForgetsTheOldAnswer();
    void cancelsOnTheServer();
    void aRefusalToCancelIsReported();
    void cancellingWithoutAKeyEnds();
    void cancellingWithARefusedKeyHoldsEverything();

private:
    void useKey(const QString &value);
    void serve(const DemoService::Handler &handler) { m_service->handle(kHistory, handler); }
    /// Pages of `count` tasks in all.
    void serveTasks(int count)
    {
        serve([count](const Request &request) {
            const int page = numberIn(request, u"page"_s);
            const int size = numberIn(request, u"page_size"_s);
            return rows((page - 1) * size + 1, std::min(page * size, count), count);
        });
    }
    void passTime(qint64 ms)
    {
        m_nowMs += ms;
        m_poller->wake();
    }
    [[nodiscard]] qsizetype asked() const { return m_service->requestsTo(kHistory).size(); }
    [[nodiscard]] State state() const { return m_history->state(); }

    qint64 m_nowMs = 0; ///< stands still but for passTime()
    std::unique_ptr<DemoService> m_service;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<ApiKey> m_key;
    std::unique_ptr<TaskRepository> m_repository;
    std::unique_ptr<ApiClient> m_client;
    std::unique_ptr<TaskPoller> m_poller;
    std::unique_ptr<HistoryImport> m_history;
};

void TestHistoryImport::init()
{
    m_nowMs = QDateTime::currentMSecsSinceEpoch();
    m_service = std::make_unique<DemoService>();
    QVERIFY(m_service->listen());
    useKey(u"key-1"_s);
}

void TestHistoryImport::cleanup()
{
    m_history.reset();
    m_poller.reset();
    m_client.reset();
    m_repository.reset();
    m_key.reset();
    m_network.reset();
    m_service.reset();
}

void TestHistoryImport::useKey(const QString &value)
{
    m_history.reset();
    m_poller.reset();
    m_client.reset();
    m_repository = std::make_unique<TaskRepository>(nullptr);
    m_key = std::make_unique<ApiKey>(m_service->baseUrl(), nullptr, value);
    m_network = std::make_unique<QNetworkAccessManager>();
    m_client = std::make_unique<ApiClient>(m_network.get(), m_service->baseUrl(), m_key.get());
    m_poller = std::make_unique<TaskPoller>(m_repository.get(), m_client.get(), m_key.get());
    m_poller->setClock([this] { return m_nowMs; });
    m_history = std::make_unique<HistoryImport>(m_client.get(), m_poller.get(), m_repository.get());
    m_poller->start();
}

void TestHistoryImport::walksThroughTheDemosHistory()
{
    const DemoScript script(m_service.get());
    useKey(DemoScript::apiKey());
    m_history->start({});
    SOON_COMPARE(state(), State::Finished);
    QStringList ids;
    for (const HistoryRow &row : m_history->rows()) {
        ids += row.taskId;
        QVERIFY(row.createdAt.isValid() && !row.model.isEmpty() && !row.taskType.isEmpty());
    }
    for (const QString &id : script.historyIds() + script.taskIds())
        QVERIFY2(ids.contains(id), qPrintable(id));
    QCOMPARE(m_history->unreadable(), 0);
    QVERIFY(m_repository->ids().isEmpty()); // it only looks

    m_history->start({.model = u"kling"_s});
    SOON_COMPARE(state(), State::Finished);
    QVERIFY(!m_history->rows().isEmpty() && m_history->rows().size() < ids.size());
    QVERIFY(std::ranges::all_of(m_history->rows(),
                                [](const HistoryRow &row) { return row.model == u"kling"_s; }));
}

void TestHistoryImport::onlyNewOnesAreOffered()
{
    serveTasks(250);
    m_repository->add({idOf(3).toUpper(), idOf(250)});
    QSignalSpy found(m_history.get(), &HistoryImport::rowsFound);
    m_history->start({});
    SOON_COMPARE(state(), State::Finished);
    QCOMPARE(asked(), 3);
    QCOMPARE(m_history->pages(), 3);
    QCOMPARE(m_history->rows().size(), 250);
    QCOMPARE(m_history->newIds().size(), 248);
    QVERIFY(m_history->isKnown(idOf(3)));
    QVERIFY(!m_history->newIds().contains(idOf(250)));
    QCOMPARE(found.count(), 3);
    QCOMPARE(found.at(1), (QList<QVariant>{100, 100}));
}

void TestHistoryImport::tenThousandTasksKeepThePace()
{
    serveTasks(10'000);
    m_poller->setRequestsPerMinute(60);
    m_history->start({});
    SOON_COMPARE(asked(), 6); // what may go at once
    SOON_COMPARE(m_client->running(), 0);
    m_poller->wake();
    SOON_VERIFY(m_poller->nextDue().toMSecsSinceEpoch() > m_nowMs);
    QCOMPARE(asked(), 6);
    for (int page = 7; page <= 100; ++page) {
        passTime(kSecond);
        SOON_COMPARE(asked(), page);
        SOON_COMPARE(m_client->running(), 0);
    }
    SOON_VERIFY(m_history->rows().size() == 10'000);
    passTime(kSecond); // a full last page: perhaps the total is wrong
    SOON_COMPARE(state(), State::Finished);
    QCOMPARE(m_history->newIds().size(), 10'000);
}

void TestHistoryImport::tooFastMidwayPausesAndGoesOn()
{
    int refusals = 0;
    serve([&refusals](const Request &request) {
        const int page = numberIn(request, u"page"_s);
        if (page == 2 && refusals < 2) {
            ++refusals;
            Response busy = plain(429, R"({"code":429,"message":"slow down"})");
            busy.headers.emplaceBack("Retry-After", "120");
            return busy;
        }
        return page == 1 ? rows(1, 100, 130) : rows(101, 130, 130);
    });
    m_history->start({});
    SOON_COMPARE(m_poller->hold(), Hold::RateLimited);
    QCOMPARE(m_history->rows().size(), 100);
    QCOMPARE(state(), State::Running);
    QVERIFY(m_poller->pausedUntil().toMSecsSinceEpoch() >= m_nowMs + 110 * kSecond);
    passTime(60 * kSecond);
    SOON_COMPARE(m_poller->nextDue(), m_poller->pausedUntil());
    QCOMPARE(asked(), 2);
    passTime(61 * kSecond);
    SOON_COMPARE(refusals, 2);
    SOON_COMPARE(m_poller->hold(), Hold::RateLimited);
    passTime(121 * kSecond);
    SOON_COMPARE(state(), State::Finished);
    QCOMPARE(m_history->rows().size(), 130);
    QCOMPARE(m_poller->hold(), Hold::None);
}

void TestHistoryImport::aRepeatedPageEndsIt()
{
    serve([](const Request &) { return rows(1, 100, 5'000); }); // whatever page is asked for
    m_history->start({});
    SOON_COMPARE(state(), State::Finished);
    QCOMPARE(asked(), 2);
    QCOMPARE(m_history->rows().size(), 100);
}

void TestHistoryImport::totalsMayLie_data()
{
    QTest::addColumn<qint64>("total");
    QTest::newRow("too low") << qint64(3);
    QTest::newRow("none") << qint64(0);
    QTest::newRow("too high") << qint64(1'000'000);
    QTest::newRow("not said") << qint64(-1);
}

void TestHistoryImport::totalsMayLie()
{
    QFETCH(qint64, total);
    serve([total](const Request &request) {
        const int page = numberIn(request, u"page"_s);
        return rows((page - 1) * 100 + 1, std::min(page * 100, 250), total);
    });
    m_history->start({});
    SOON_COMPARE(state(), State::Finished);
    QCOMPARE(m_history->rows().size(), 250);
    QVERIFY(asked() <= 4);
}

void TestHistoryImport::whatWasNotAskedForIsLeftOut()
{
    // A service that knows neither ranges nor models.
    serve([](const Request &request) {
        switch (numberIn(request, u"page"_s)) {
        case 1:
            return rows(1, 10, 20);
        case 2:
            return rows(11, 20, 20, "suno");
        default:
            return rows(1, 0, 20);
        }
    });
    const auto at = [](int number) {
        return QDateTime::fromSecsSinceEpoch(1'700'000'000 - 3600 * number, Qt::UTC);
    };
    m_history->start({.from = at(8), .to = at(3), .model = u"Kling"_s});
    SOON_COMPARE(state(), State::Finished);
    QCOMPARE(m_history->rows().size(), 6);
    QCOMPARE(m_history->rows().constFirst().taskId, idOf(3));
    m_history->start({.model = u"suno"_s});
    SOON_COMPARE(state(), State::Finished);
    QCOMPARE(m_history->rows().size(), 10);
}

void TestHistoryImport::tooOldPagesEndIt()
{
    serveTasks(1'000);
    m_history->start({.from = QDateTime::fromSecsSinceEpoch(1'700'000'000 - 3600 * 50, Qt::UTC)});
    SOON_COMPARE(state(), State::Finished);
    QCOMPARE(m_history->rows().size(), 50);
    QCOMPARE(asked(), 2);
}

void TestHistoryImport::stopsAndGoesOn()
{
    serveTasks(250);
    connect(m_history.get(), &HistoryImport::rowsFound, m_history.get(), [this](int first) {
        if (first == 0)
            m_history->stop();
    });
    m_history->start({});
    SOON_COMPARE(state(), State::Stopped);
    SOON_COMPARE(m_client->running(), 0);
    QCOMPARE(m_history->rows().size(), 100);
    m_history->resume();
    SOON_COMPARE(state(), State::Finished);
    QCOMPARE(m_history->rows().size(), 250);
}

void TestHistoryImport::goesAwayWhileAsking()
{
    serve([](const Request &) {
        Response slow = rows(1, 100, 100);
        slow.delayMs = 10'000;
        return slow;
    });
    m_history->start({});
    SOON_COMPARE(asked(), 1);
    m_history->stop();
    QCOMPARE(state(), State::Stopped);
    SOON_COMPARE(m_client->running(), 0);
    m_history->start({});
    SOON_COMPARE(asked(), 2);
    m_history.reset();
    SOON_COMPARE(m_client->running(), 0);
}

void TestHistoryImport::aFaultIsTriedAgain()
{
    serve([this](const Request &) {
        return asked() == 1 ? plain(502, "<html><title>Bad gateway</title></html>") : rows(1, 5, 5);
    });
    m_history->start({});
    QTRY_COMPARE_WITH_TIMEOUT(state(), State::Finished, 15'000);
    QCOMPARE(asked(), 2);
    QCOMPARE(m_history->rows().size(), 5);
}

void TestHistoryImport::refusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("401") << 401 << QByteArray(R"({"code":401,"message":"no"})")
                         << ErrorKind::KeyRefused;
    QTest::newRow("403") << 403 << QByteArray(R"({"code":403,"message":"not in your plan"})")
                         << ErrorKind::Forbidden;
    QTest::newRow("404") << 404 << QByteArray("404 page not found") << ErrorKind::NotFound;
    QTest::newRow("page") << 200 << QByteArray("<!doctype html><title>Log in</title>")
                          << ErrorKind::ServerFault;
}

void TestHistoryImport::refusals()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(ErrorKind, kind);
    serve([status, body](const Request &request) {
        return numberIn(request, u"page"_s) == 1 ? rows(1, 100, 200) : plain(status, body);
    });
    m_history->start({});
    SOON_COMPARE(state(), State::Failed);
    QCOMPARE(m_history->error().kind, kind);
    QCOMPARE(asked(), 2);
    QCOMPARE(m_history->newIds().size(), 100); // what was found stays
    // A refused key is everybody's; the rest is the history's own: tasks go on being asked.
    QCOMPARE(m_poller->hold(), kind == ErrorKind::KeyRefused ? Hold::KeyRefused : Hold::None);
}

void TestHistoryImport::withoutAKeyItSaysSo()
{
    useKey({});
    serveTasks(5);
    m_history->start({});
    SOON_COMPARE(state(), State::Failed);
    QCOMPARE(m_history->error().kind, ErrorKind::NoKey);
    m_history->resume(); // the hold stands already
    SOON_COMPARE(state(), State::Failed);
    m_key->enter(u"key-2"_s);
    m_history->resume();
    SOON_COMPARE(state(), State::Finished);
    QCOMPARE(m_history->rows().size(), 5);
}

void TestHistoryImport::aRefusedKeyHoldsEverything_data()
{
    QTest::addColumn<QByteArray>("way");
    QTest::newRow("another key") << QByteArray("key");
    QTest::newRow("try again") << QByteArray("try");
    QTest::newRow("search again") << QByteArray("search");
}

void TestHistoryImport::aRefusedKeyHoldsEverything()
{
    QFETCH(QByteArray, way);
    bool refuses = true;
    serve([&refuses](const Request &) {
        return refuses ? plain(401, R"({"code":401,"message":"no"})") : rows(1, 5, 5);
    });
    m_service->handle("/api/v1/task/", [](const Request &) {
        return plain(200, R"({"code":200,"data":{"task_id":"x","status":"pending"}})");
    });
    QSignalSpy changed(m_poller.get(), &TaskPoller::holdChanged);
    m_history->start({});
    SOON_COMPARE(state(), State::Failed);
    QCOMPARE(m_poller->hold(), Hold::KeyRefused);
    QCOMPARE(m_poller->holdError().kind, ErrorKind::KeyRefused);
    QCOMPARE(changed.count(), 1); // one banner
    m_repository->add({idOf(1), idOf(2)});
    SOON_COMPARE(m_repository->find(idOf(1))->fetchState, FetchState::Held);
    for (int i = 0; i < 20; ++i)
        passTime(60 * kSecond);
    QTest::qWait(50); // what is asked too early would be asked at once
    QCOMPARE(m_service->requestsTo("/api/v1/task/").size(), 0);
    QCOMPARE(asked(), 1);
    refuses = false;
    if (way == "key")
        m_key->enter(u"key-2"_s);
    else if (way == "try")
        m_poller->tryAgain();
    else
        m_history->resume();
    SOON_COMPARE(m_service->requestsTo("/api/v1/task/").size(), 2);
    QCOMPARE(m_poller->hold(), Hold::None);
    if (way == "search")
        SOON_COMPARE(state(), State::Finished);
}

void TestHistoryImport::newOnesStandFirst()
{
    serveTasks(250);
    m_repository->add({idOf(1), idOf(3), idOf(150)});
    HistoryTableModel model(m_history.get(), m_repository.get());
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto id = [&model](int row) {
        return model.index(row, int(HistoryTableModel::Column::TaskId)).data().toString();
    };
    m_history->start({});
    SOON_COMPARE(state(), State::Finished);
    QCOMPARE(model.rowCount(), 250);
    QCOMPARE(model.newCount(), 247);
    QCOMPARE(id(0), idOf(2)); // the newest of those that an import brings
    QCOMPARE(id(1), idOf(4));
    QCOMPARE(id(246), idOf(250));
    QCOMPARE(id(247), idOf(1));
    QCOMPARE(id(249), idOf(150));
    const QPersistentModelIndex second = model.index(1, 0);
    m_repository->add({idOf(2)});
    SOON_COMPARE(model.newCount(), 246);
    QCOMPARE(id(0), idOf(4));
    QCOMPARE(second.row(), 0);
    QCOMPARE(id(247), idOf(2));
    m_repository->remove({idOf(1)});
    SOON_COMPARE(model.newCount(), 247);
    QCOMPARE(id(0), idOf(1));
}

void TestHistoryImport::startingAnewForgetsTheOldAnswer()
{
    serve([this](const Request &) {
        Response response = asked() == 1 ? rows(1, 10, 10) : rows(11, 15, 5);
        response.delayMs = asked() == 1 ? 100 : 0;
        return response;
    });
    m_history->start({});
    SOON_COMPARE(asked(), 1);
    m_history->start({});
    SOON_COMPARE(state(), State::Finished);
    QCOMPARE(m_history->rows().size(), 5);
    SOON_COMPARE(m_client->running(), 0);
    QCOMPARE(m_history->rows().size(), 5);
}

void TestHistoryImport::cancelsOnTheServer()
{
    DemoScript script(m_service.get());
    script.setSpeed(0.001); // stays pending
    useKey(DemoScript::apiKey());
    m_repository->add(script.taskIds());
    const auto withStatus = [this](TaskStatus status) {
        QStringList ids = m_repository->ids();
        ids.removeIf(
            [this, status](const QString &id) { return m_repository->find(id)->status != status; });
        return ids;
    };
    SOON_VERIFY(withStatus(TaskStatus::NotAsked).isEmpty());
    const QStringList pending = withStatus(TaskStatus::Pending);
    QVERIFY(!pending.isEmpty());
    TaskCanceller canceller(m_client.get(), m_poller.get());
    QSignalSpy finished(&canceller, &TaskCanceller::finished);
    canceller.cancel(pending);
    canceller.cancel(pending); // the same again is one wish
    QCOMPARE(finished.count(), 0);
    SOON_COMPARE(finished.count(), 1);
    const auto report = finished.constFirst().constFirst().value<CancelReport>();
    QCOMPARE(report.cancelled.size(), pending.size());
    QCOMPARE(report.words, u"success"_s);
    QVERIFY(report.refused.isEmpty());
    // Each is asked again at once.
    passTime(60 * kSecond);
    for (const QString &id : pending)
        SOON_COMPARE(m_repository->find(id)->status, TaskStatus::Cancelled);
}

void TestHistoryImport::aRefusalToCancelIsReported()
{
    DemoScript script(m_service.get());
    script.setSpeed(1000);
    useKey(DemoScript::apiKey());
    TaskCanceller canceller(m_client.get(), m_poller.get());
    QSignalSpy finished(&canceller, &TaskCanceller::finished);
    canceller.cancel({script.taskIds().constFirst()});
    SOON_COMPARE(finished.count(), 1);
    const auto report = finished.constFirst().constFirst().value<CancelReport>();
    QVERIFY(report.cancelled.isEmpty());
    QCOMPARE(report.refused, QStringList{script.taskIds().constFirst()});
    QCOMPARE(report.error.message, u"only pending task can be cancelled"_s);
}

void TestHistoryImport::cancellingWithoutAKeyEnds()
{
    useKey({});
    TaskCanceller canceller(m_client.get(), m_poller.get());
    QSignalSpy finished(&canceller, &TaskCanceller::finished);
    canceller.cancel({idOf(1), idOf(2)});
    SOON_COMPARE(finished.count(), 1);
    const auto report = finished.constFirst().constFirst().value<CancelReport>();
    QCOMPARE(report.refused.size(), 2);
    QCOMPARE(report.error.kind, ErrorKind::NoKey);
    QVERIFY(m_service->requests().isEmpty());
}

void TestHistoryImport::cancellingWithARefusedKeyHoldsEverything()
{
    m_service->handle("/api/v1/task/",
                      [](const Request &) { return plain(401, R"({"code":401,"message":"no"})"); });
    m_poller->setRequestsPerMinute(1);
    TaskCanceller canceller(m_client.get(), m_poller.get());
    QSignalSpy finished(&canceller, &TaskCanceller::finished);
    QStringList ids;
    for (int i = 1; i <= 10; ++i) // more than may go at once
        ids += idOf(i);
    canceller.cancel(ids);
    SOON_COMPARE(finished.count(), 1);
    const auto report = finished.constFirst().constFirst().value<CancelReport>();
    QCOMPARE(report.refused.size(), 10);
    QCOMPARE(report.error.kind, ErrorKind::KeyRefused);
    QCOMPARE(m_poller->hold(), Hold::KeyRefused);
    const qsizetype asked = m_service->requestsTo("/api/v1/task/").size();
    QVERIFY(asked < 10);
    m_repository->add({idOf(11)});
    SOON_COMPARE(m_repository->find(idOf(11))->fetchState, FetchState::Held);
    passTime(600 * kSecond);
    QTest::qWait(50);
    QCOMPARE(m_service->requestsTo("/api/v1/task/").size(), asked);
    QCOMPARE(finished.count(), 1);
}

TASKREEL_TEST_MAIN(TestHistoryImport, QCoreApplication)
#include "tst_historyimport.moc"
