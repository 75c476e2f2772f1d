// SPDX-License-Identifier: MIT
// Longer than other files: every case drives the one client through the one scripted service, and the fixture is most of each.
#include "core/piapi/apiclient.h"
#include "core/secrets/apikey.h"
#include "demo/demoservice.h"
#include "support/isolation.h"
#include "support/patience.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QSemaphore>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThreadPool>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using taskreel::ApiClient;
using taskreel::ApiKey;
using taskreel::ApiLimits;
using taskreel::ErrorKind;
using taskreel::ReadAnswer;
using taskreel::Result;
using taskreel::demo::DemoService;
using taskreel::demo::Request;
using taskreel::demo::Response;

namespace {

const QString kId = u"0c0ffee0-1111-4222-8333-444455556666"_s;

QByteArray taskBody(const QString &id, const QByteArray &status = "completed", int padding = 0)
{
    return R"({"code":200,"message":"success","data":{"task_id":")" + id.toUtf8()
        + R"(","model":"kling","task_type":"video_generation","status":")" + status
        + R"(","input":{"prompt":")" + QByteArray(padding, 'x')
        + R"("},"output":{"video":"https://h.example/v.mp4"}}})";
}

QByteArray sample(const QString &name)
{
    QFile file(QStringLiteral(TEST_DATA_DIR "/answers/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Response json(const QByteArray &body, int status = 200)
{
    Response response;
    response.status = status;
    response.headers = {{"Content-Type", "application/json"}};
    response.body = body;
    return response;
}

} // namespace

class TestApiClient final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_service = std::make_unique<DemoService>();
        QVERIFY(m_service->listen());
        use(m_service->baseUrl());
    }

    void cleanup()
    {
        m_client.reset();
        m_network.reset();
        m_service.reset();
    }

    void readsATask()
    {
        answerWith(json(taskBody(kId)));
        const Result<ReadAnswer> result = fetch(kId);
        QVERIFY(result.has_value());
        QCOMPARE(result->task.id, kId);
        const Request request = m_service->requests().constFirst();
        QCOMPARE(request.method, "GET");
        QCOMPARE(request.target, "/api/v1/task/" + kId.toUtf8());
        QCOMPARE(request.header("x-api-key"), "test-key");
        QVERIFY(request.header("Cookie").isEmpty() && request.header("Authorization").isEmpty());
    }

    void neverAnswersInsideTheCall()
    {
        answerWith(json(taskBody(kId)));
        QSignalSpy finished(m_client.get(), &ApiClient::taskFinished);
        m_client->fetchTask(kId);
        m_client->fetchTask(kId); // the same again is one call
        QCOMPARE(finished.count(), 0);
        QCOMPARE(m_client->running(), 1);
        SOON_COMPARE(finished.count(), 1);
        QCOMPARE(m_client->running(), 0);
        QCOMPARE(m_service->requests().size(), 1);
    }

    void anAddressMayEndWithASlash()
    {
        for (const QString &end : {u"/"_s, u"//"_s}) {
            use(QUrl(m_service->baseUrl().toString() + end));
            answerWith(json(taskBody(kId)));
            QVERIFY(fetch(kId).has_value());
            QCOMPARE(m_service->requests().constLast().target, "/api/v1/task/" + kId.toUtf8());
        }
    }

    void aRepeatedKeyIsNotKept()
    {
        answerWith(json(R"({"code":403,"message":"key test-key is not allowed"})", 403));
        const Result<ReadAnswer> refused = fetch(kId);
        QVERIFY(!refused);
        QVERIFY(!refused.error().message.contains(u"test-key"_s));
        QVERIFY2(refused.error().message.contains(u"is not allowed"_s),
                 qPrintable(refused.error().message));
        QByteArray body = taskBody(kId);
        answerWith(json(body.replace(R"("prompt":")", R"("prompt":"for test-key )")));
        const Result<ReadAnswer> answered = fetch(kId);
        QVERIFY(answered && answered->task.prompt.startsWith(u"for redacted"_s));
        QVERIFY(!answered->json.contains("test-key"));
    }

    void escapesOddIds()
    {
        answerWith(json(taskBody(u"../a b/c?d#e%41"_s)));
        QVERIFY(fetch(u"../a b/c?d#e%41"_s).has_value());
        QCOMPARE(m_service->requests().constFirst().target,
                 "/api/v1/task/..%2Fa%20b%2Fc%3Fd%23e%2541");
    }

    void status400IsAnAnswer()
    {
        // Qt reports it as a request that could not be made.
        answerWith(json(R"({"code":400,"message":"invalid task id"})", 400));
        const taskreel::Error error = errorOf(fetch(kId));
        QCOMPARE(error.kind, ErrorKind::NotFound);
        QCOMPARE(error.message, u"invalid task id"_s);
    }

    void noIdClimbsOutOfThePath()
    {
        QCOMPARE(errorOf(fetch(u".."_s)).kind, ErrorKind::NotFound);
        QVERIFY(m_service->requests().isEmpty());
    }

    void keepsThePathOfTheServiceAddress()
    {
        QUrl url = m_service->baseUrl();
        url.setPath(u"/v2"_s);
        use(url);
        answerWith(json(taskBody(kId)));
        QVERIFY(fetch(kId).has_value());
        QCOMPARE(m_service->requests().constFirst().target, "/v2/api/v1/task/" + kId.toUtf8());
    }

    void aTaskWinsOverTheStatus()
    {
        answerWith(json(taskBody(kId, "failed"), 500));
        const Result<ReadAnswer> result = fetch(kId);
        QVERIFY(result.has_value());
        QCOMPARE(result->task.status, taskreel::TaskStatus::Failed);
    }

    void aLargeAnswerMayOutliveTheClient()
    {
        // The pool is busy, so that the answer is still to be read when the client goes.
        QThreadPool *pool = QThreadPool::globalInstance();
        const int threads = pool->maxThreadCount();
        pool->setMaxThreadCount(1);
        QSemaphore gate;
        pool->start([&gate] { gate.acquire(); });
        answerWith(json(taskBody(kId, "completed", 400'000)));
        QSignalSpy replies(m_network.get(), &QNetworkAccessManager::finished);
        QSignalSpy finished(m_client.get(), &ApiClient::taskFinished);
        m_client->fetchTask(kId);
        SOON_COMPARE(replies.count(), 1);
        QCOMPARE(finished.count(), 0);
        m_client.reset();
        gate.release();
        QVERIFY(pool->waitForDone(10'000));
        QCoreApplication::sendPostedEvents();
        pool->setMaxThreadCount(threads);
    }

    void theAnswersIdIsCompared()
    {
        answerWith(json(taskBody(kId.toUpper())));
        const Result<ReadAnswer> sameInCapitals = fetch(kId);
        QVERIFY(sameInCapitals.has_value());
        QCOMPARE(sameInCapitals->task.id, kId);
        answerWith(json(taskBody(u"99999999-1111-4222-8333-444455556666"_s)));
        QCOMPARE(errorOf(fetch(kId)).kind, ErrorKind::BadAnswer);
    }

    void statusDecidesWithoutATask_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *name, const QString &file, int status, ErrorKind kind) {
            QTest::newRow(name) << file << status << static_cast<int>(kind);
        };
        row("401", u"error-401-invalid-key.json"_s, 401, ErrorKind::KeyRefused);
        row("402", u"error-402-credit.json"_s, 402, ErrorKind::OutOfCredit);
        row("403", u"error-403-forbidden.json"_s, 403, ErrorKind::Forbidden);
        row("404", u"error-404-task-not-found.json"_s, 404, ErrorKind::NotFound);
        row("404 plain", u"error-404-plain.txt"_s, 404, ErrorKind::NotFound);
        row("429", u"error-429-rate-limit.json"_s, 429, ErrorKind::RateLimited);
        row("502 page", u"error-502-gateway.html"_s, 502, ErrorKind::ServerFault);
        row("empty", u"error-empty-body.txt"_s, 200, ErrorKind::BadAnswer);
        row("cut JSON", u"error-truncated.txt"_s, 200, ErrorKind::BadAnswer);
    }

    void statusDecidesWithoutATask()
    {
        QFETCH(QString, file);
        QFETCH(int, status);
        answerWith(json(sample(file), status));
        QTEST(static_cast<int>(errorOf(fetch(kId)).kind), "kind");
    }

    void challengesOpenNoDialogAndKeepTheKind()
    {
        Response response = json(sample(u"error-401-invalid-key.json"_s), 401);
        response.headers.emplaceBack("WWW-Authenticate", "Basic realm=\"x\"");
        answerWith(response);
        const taskreel::Error error = errorOf(fetch(kId));
        QCOMPARE(error.kind, ErrorKind::KeyRefused);
        QCOMPARE(m_service->requests().size(), 1);
    }

    void retryAfterIsHandedOn()
    {
        Response response = json(sample(u"error-429-rate-limit.json"_s), 429);
        response.headers.emplaceBack("Retry-After", "7");
        answerWith(response);
        QCOMPARE(errorOf(fetch(kId)).retryAfterMs, 7'000);
    }

    void redirectsAreNamedNotFollowed_data()
    {
        QTest::addColumn<int>("status");
        for (int status : {301, 302, 303, 307, 308})
            QTest::addRow("%d", status) << status;
    }

    void redirectsAreNamedNotFollowed()
    {
        QFETCH(int, status);
        Response response = json({}, status);
        response.headers.emplaceBack("Location", "/elsewhere?token=secret");
        answerWith(response);
        const taskreel::Error error = errorOf(fetch(kId));
        QCOMPARE(error.kind, ErrorKind::Redirected);
        QCOMPARE(error.httpStatus, status);
        QCOMPARE(error.detail, m_service->baseUrl().toString() + "/elsewhere"_L1);
        QCOMPARE(m_service->requests().size(), 1);
    }

    void cutAnswers_data()
    {
        QTest::addColumn<bool>("chunked");
        QTest::addColumn<bool>("declared");
        QTest::newRow("shorter than declared") << false << true;
        QTest::newRow("chunked") << true << false;
        QTest::newRow("without a length") << false << false;
    }

    void cutAnswers()
    {
        QFETCH(bool, chunked);
        QFETCH(bool, declared);
        Response response = json(taskBody(kId));
        response.chunked = chunked;
        response.sendContentLength = declared;
        response.cutAfter = 40;
        answerWith(response);
        const ErrorKind kind = errorOf(fetch(kId)).kind;
        QVERIFY(kind == ErrorKind::ConnectionLost || kind == ErrorKind::BadAnswer);
    }

    void closedWithoutAnAnswer()
    {
        Response response;
        response.closeWithoutAnswer = true;
        answerWith(response);
        QCOMPARE(errorOf(fetch(kId)).kind, ErrorKind::ConnectionLost);
    }

    void nobodyListens()
    {
        m_service->close();
        QCOMPARE(errorOf(fetch(kId)).kind, ErrorKind::Unreachable);
    }

    void silenceEndsTheCall()
    {
        ApiLimits limits;
        limits.idle = 50ms;
        m_client->setLimits(limits);
        Response response = json(taskBody(kId));
        response.stallAfter = 10;
        answerWith(response);
        QCOMPARE(errorOf(fetch(kId)).kind, ErrorKind::Timeout);
    }

    void aDripEndsTheCallToo()
    {
        ApiLimits limits;
        limits.idle = 10s;
        limits.total = 150ms;
        m_client->setLimits(limits);
        const QByteArray body = taskBody(kId, "completed", 1'000);
        Response response = json(body);
        response.chunkBytes = 1;
        response.chunkDelayMs = 20;
        answerWith(response);
        QCOMPARE(errorOf(fetch(kId)).kind, ErrorKind::Timeout);
        // Not even a small part of the body had come.
        QVERIFY(m_service->bytesSent("/api/v1/task/" + kId.toUtf8()) < body.size());
    }

    void bytesAreCapped()
    {
        ApiLimits limits;
        limits.bytes = 100'000;
        m_client->setLimits(limits);
        Response response = json(taskBody(kId, "completed", 20'000'000));
        response.chunkBytes = 50'000;
        response.chunkDelayMs = 1;
        answerWith(response);
        QCOMPARE(errorOf(fetch(kId)).kind, ErrorKind::TooLarge);
        QVERIFY(m_service->bytesSent("/api/v1/task/" + kId.toUtf8()) < 20'000'000);
    }

    void largeAnswersAreReadOnThePool()
    {
        answerWith(json(taskBody(kId, "completed", 1'000'000)));
        const Result<ReadAnswer> result = fetch(kId);
        QVERIFY(result.has_value());
        QVERIFY(result->task.prompt.size() > 0);
    }

    void abortingReportsOnceAndLater()
    {
        Response slow = json(taskBody(kId));
        slow.delayMs = 10'000;
        answerWith(slow);
        QSignalSpy finished(m_client.get(), &ApiClient::taskFinished);
        m_client->fetchTask(kId);
        SOON_COMPARE(m_service->requests().size(), 1);
        m_client->abortAll();
        m_client->abortAll();
        QCOMPARE(finished.count(), 0);
        SOON_COMPARE(finished.count(), 1);
        QCOMPARE(errorOf(finished.constFirst().at(1).value<Result<ReadAnswer>>()).kind,
                 ErrorKind::Cancelled);
        QCOMPARE(m_client->running(), 0);
    }

    void abortingWhileTheAnswerIsRead()
    {
        answerWith(json(taskBody(kId, "completed", 4'000'000)));
        QSignalSpy finished(m_client.get(), &ApiClient::taskFinished);
        m_client->fetchTask(kId);
        SOON_VERIFY(m_service->bytesSent("/api/v1/task/" + kId.toUtf8()) > 4'000'000);
        m_client->abortAll();
        SOON_COMPARE(finished.count(), 1);
    }

    void goingAwayWhileAsking()
    {
        Response slow = json(taskBody(kId));
        slow.delayMs = 10'000;
        answerWith(slow);
        m_client->fetchTask(kId);
        SOON_COMPARE(m_service->requests().size(), 1);
        m_client.reset();
        SOON_COMPARE(m_service->openConnections(), 0);
    }

    void noRequestWithoutAKey()
    {
        const std::unique_ptr<ApiKey> none =
            std::make_unique<ApiKey>(m_service->baseUrl(), nullptr, QString());
        ApiClient client(m_network.get(), m_service->baseUrl(), none.get());
        QSignalSpy finished(&client, &ApiClient::taskFinished);
        client.fetchTask(kId);
        QCOMPARE(finished.count(), 0);
        SOON_COMPARE(finished.count(), 1);
        QCOMPARE(errorOf(finished.constFirst().at(1).value<Result<ReadAnswer>>()).kind,
                 ErrorKind::NoKey);
        QVERIFY(m_service->requests().isEmpty());
    }

    void cancelsATask()
    {
        answerWith(json(R"({"code":200,"message":"success"})"));
        QSignalSpy finished(m_client.get(), &ApiClient::cancelFinished);
        m_client->cancelTask(kId);
        m_client->cancelTask(kId); // the same again is one call
        QCOMPARE(finished.count(), 0);
        SOON_COMPARE(finished.count(), 1);
        QCOMPARE(finished.constFirst().at(0).toString(), kId);
        QCOMPARE(finished.constFirst().at(1).value<Result<QString>>().value(), u"success"_s);
        QCOMPARE(m_service->requests().size(), 1);
        const Request request = m_service->requests().constFirst();
        QCOMPARE(request.method, "DELETE");
        QCOMPARE(request.target, "/api/v1/task/" + kId.toUtf8());
        QCOMPARE(request.header("x-api-key"), "test-key");
        QCOMPARE(m_client->running(), 0);
    }

    void aRefusalToCancelKeepsItsWords()
    {
        answerWith(json(R"({"code":400,"message":"only pending task can be cancelled"})", 400));
        QSignalSpy finished(m_client.get(), &ApiClient::cancelFinished);
        m_client->cancelTask(kId);
        SOON_COMPARE(finished.count(), 1);
        const auto words = finished.constFirst().at(1).value<Result<QString>>();
        QVERIFY(!words);
        QCOMPARE(words.error().httpStatus, 400);
        QCOMPARE(words.error().message, u"only pending task can be cancelled"_s);
    }

    void asksForAPageOfTheHistory()
    {
        answerWith(json(R"({"code":200,"data":{"data":[{"task_id":"abcdefg-1"}],"total":7}})"));
        QSignalSpy finished(m_client.get(), &ApiClient::historyFinished);
        const quint64 number =
            m_client->fetchHistory({.from = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC),
                                    .to = QDateTime::fromSecsSinceEpoch(1'700'086'400, Qt::UTC),
                                    .model = u"kling & co"_s,
                                    .page = 3});
        QCOMPARE(finished.count(), 0);
        SOON_COMPARE(finished.count(), 1);
        QCOMPARE(finished.constFirst().at(0).toULongLong(), number);
        const auto page =
            finished.constFirst().at(1).value<Result<taskreel::HistoryPage>>();
        QVERIFY(page && page->total == 7 && page->rows.size() == 1);
        const Request request = m_service->requests().constFirst();
        QCOMPARE(request.target,
                 "/api/open/tasks/histories?page=3&page_size=100&model=kling%20%26%20co"
                 "&start_time=1700000000&end_time=1700086400");
        QCOMPARE(request.header("x-api-key"), "test-key");
    }

    void aPageOfTheHistoryMayBeRefusedOrAborted()
    {
        Response busy = json("{}", 429);
        busy.headers.emplaceBack("Retry-After", "7");
        answerWith(busy);
        QSignalSpy finished(m_client.get(), &ApiClient::historyFinished);
        static_cast<void>(m_client->fetchHistory({}));
        SOON_COMPARE(finished.count(), 1);
        const auto result = [&finished] {
            return finished.takeFirst().at(1).value<Result<taskreel::HistoryPage>>();
        };
        const taskreel::Error refused = result().error();
        QCOMPARE(refused.kind, ErrorKind::RateLimited);
        QCOMPARE(refused.retryAfterMs, 7'000);

        Response slow = json("{}");
        slow.delayMs = 10'000;
        answerWith(slow);
        m_client->abortHistory(m_client->fetchHistory({}));
        QCOMPARE(finished.count(), 0);
        SOON_COMPARE(finished.count(), 1);
        QCOMPARE(result().error().kind, ErrorKind::Cancelled);
        QCOMPARE(m_client->running(), 0);
    }

    void noPlainHttpBeyondThisComputer()
    {
        use(QUrl(u"http://192.0.2.1:9"_s));
        QCOMPARE(errorOf(fetch(kId)).kind, ErrorKind::RefusedAddress);
    }

    void aCertificateNobodyVouchesForStopsTheCall()
    {
        QFile certificate(QStringLiteral(TEST_DATA_DIR "/tls/selfsigned.pem"));
        QFile privateKey(QStringLiteral(TEST_DATA_DIR "/tls/selfsigned-key.pem"));
        QVERIFY(certificate.open(QIODevice::ReadOnly) && privateKey.open(QIODevice::ReadOnly));
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificate(QSslCertificate(&certificate));
        tls.setPrivateKey(QSslKey(&privateKey, QSsl::Ec));
        QSslServer server;
        server.setSslConfiguration(tls);
        QByteArray received;
        connect(&server, &QTcpServer::pendingConnectionAvailable, this, [&server, &received] {
            QTcpSocket *socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket,
                    [socket, &received] { received += socket->readAll(); });
        });
        QVERIFY(server.listen(QHostAddress::LocalHost));

        use(QUrl(u"https://127.0.0.1:%1"_s.arg(server.serverPort())));
        const taskreel::Error error = errorOf(fetch(kId));
        QCOMPARE(error.kind, ErrorKind::TlsFailed);
        QVERIFY(!error.message.isEmpty());
        QVERIFY(received.isEmpty());
    }

    void plainTextWhereTlsIsDueStopsTheCall()
    {
        QTcpServer server;
        connect(&server, &QTcpServer::newConnection, this,
                [&server] { server.nextPendingConnection()->write("HTTP/1.1 200 OK\r\n\r\n{}"); });
        QVERIFY(server.listen(QHostAddress::LocalHost));
        use(QUrl(u"https://127.0.0.1:%1"_s.arg(server.serverPort())));
        QCOMPARE(errorOf(fetch(kId)).kind, ErrorKind::TlsFailed);
    }

private:
    void use(const QUrl &url)
    {
        m_client.reset();
        m_network = std::make_unique<QNetworkAccessManager>();
        m_key.reset(ApiKey::fixed(url, u"test-key"_s, nullptr));
        m_client = std::make_unique<ApiClient>(m_network.get(), url, m_key.get());
    }

    void answerWith(const Response &response)
    {
        m_service->handle("/", [response](const Request &) { return response; });
    }

    [[nodiscard]] Result<ReadAnswer> fetch(const QString &id)
    {
        QSignalSpy finished(m_client.get(), &ApiClient::taskFinished);
        m_client->fetchTask(id);
        if (!finished.wait())
            return taskreel::failure(ErrorKind::None, u"nothing was reported"_s);
        return finished.constFirst().at(1).value<Result<ReadAnswer>>();
    }

    static taskreel::Error errorOf(const Result<ReadAnswer> &result)
    {
        return result ? taskreel::Error{} : result.error();
    }

    std::unique_ptr<DemoService> m_service;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<ApiKey> m_key;
    std::unique_ptr<ApiClient> m_client;
};

TASKREEL_TEST_MAIN(TestApiClient, QCoreApplication)
#include "tst_apiclient.moc"
