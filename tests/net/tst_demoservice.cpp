// SPDX-License-Identifier: MIT
#include "demo/demoservice.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "support/rawclient.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>

#include <memory>

using namespace Qt::StringLiterals;
using namespace taskreel;
using test::RawAnswer;
using test::RawClient;

class TestDemoService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void pipelinedRequestsAreAnsweredInOrder();
    void requestsAreRecordedAsTheyCame();
    void longestPrefixWins();
    void ranges_data();
    void ranges();
    void headHasTheLengthAlone();
    void ownHeadersReplaceTheUsual();
    void chunkedBody();
    void delayedAnswer();
    void cutBody();
    void stalledBody();
    void wrongLength_data();
    void wrongLength();
    void withoutLengthTheEndIsTheLinksEnd();
    void closedWithoutAnswer();
    void badRequests_data();
    void badRequests();
    void slowClientIsNotBuffered();
    void manyAtOnceAreNotHeldBack();
    void closingFromAHandler();

private:
    void answerWith(const demo::Response &response);
    QUrl url(const QString &path = u"/x"_s) const;

    std::unique_ptr<demo::DemoService> m_service;
};

void TestDemoService::init()
{
    m_service = std::make_unique<demo::DemoService>();
    QVERIFY2(m_service->listen(), qPrintable(m_service->errorString()));
}

void TestDemoService::answerWith(const demo::Response &response)
{
    m_service->handle("/x", [response](const demo::Request &) { return response; });
}

QUrl TestDemoService::url(const QString &path) const
{
    return QUrl(m_service->baseUrl().toString() + path);
}

void TestDemoService::pipelinedRequestsAreAnsweredInOrder()
{
    m_service->handle("/", [](const demo::Request &request) {
        demo::Response response;
        response.body = request.path + ' ' + request.body;
        // The first is the slowest: the second must not overtake it.
        response.delayMs = request.path == "/1" ? 60 : 0;
        return response;
    });
    RawClient client(m_service->baseUrl());
    client.send("POST /1 HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /2 HTTP/1.1\r\n\r\n");
    SOON_VERIFY(client.received().contains("/2"));
    QCOMPARE(client.take().body, "/1 abc"_ba);
    QCOMPARE(client.take().body, "/2 "_ba);
    QVERIFY(!client.closed());
    QCOMPARE(m_service->openConnections(), 1);
    client.send("DELETE /3 HTTP/1.1\r\nConnection: close\r\n\r\n");
    SOON_VERIFY(client.closed());
    QCOMPARE(client.take().body, "/3 "_ba);
    SOON_COMPARE(m_service->openConnections(), 0);
}

void TestDemoService::requestsAreRecordedAsTheyCame()
{
    answerWith({});
    RawClient client(m_service->baseUrl());
    client.send("GET /x%2Fa?q=%41%7e&u=%2520 HTTP/1.1\r\nX-Api-KEY: 1 \r\nx-b: 2:3\r\n\r\n");
    SOON_COMPARE(m_service->requests().size(), 1);
    const demo::Request request = m_service->requests().at(0);
    QCOMPARE(request.method, "GET"_ba);
    QCOMPARE(request.target, "/x%2Fa?q=%41%7e&u=%2520"_ba);
    QCOMPARE(request.path, "/x%2Fa"_ba);
    QCOMPARE(request.query, "q=%41%7e&u=%2520"_ba);
    QCOMPARE(request.headers.at(0).first, "X-Api-KEY"_ba);
    QCOMPARE(request.header("x-api-key"), "1"_ba);
    QCOMPARE(request.header("X-B"), "2:3"_ba);
    QVERIFY(m_service->requestsTo("/y").isEmpty());
}

void TestDemoService::longestPrefixWins()
{
    for (const char *prefix : {"/", "/a/", "/a/b"}) {
        m_service->handle(prefix, [prefix](const demo::Request &) {
            demo::Response response;
            response.body = prefix;
            return response;
        });
    }
    QCOMPARE(RawClient::ask(url(u"/a/bc"_s)).body, "/a/b"_ba);
    QCOMPARE(RawClient::ask(url(u"/a/c"_s)).body, "/a/"_ba);
    m_service->removeHandler("/a/");
    QCOMPARE(RawClient::ask(url(u"/a/c"_s)).body, "/"_ba);
    m_service->removeHandlers();
    QCOMPARE(RawClient::ask(url(u"/a/c"_s)).status, 404);
}

void TestDemoService::ranges_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("contentRange");
    const auto row = [](const char *name, const QByteArray &headers, int status,
                        const QByteArray &body, const QByteArray &range) {
        QTest::newRow(name) << headers << status << body << range;
    };
    row("none", "", 200, "0123456789", "");
    row("first", "Range: bytes=0-3\r\n", 206, "0123", "bytes 0-3/10");
    row("open", "Range: bytes=7-\r\n", 206, "789", "bytes 7-9/10");
    row("suffix", "Range: bytes=-2\r\n", 206, "89", "bytes 8-9/10");
    row("long suffix", "Range: bytes=-99\r\n", 206, "0123456789", "bytes 0-9/10");
    row("past the end", "Range: bytes=8-99\r\n", 206, "89", "bytes 8-9/10");
    row("beyond", "Range: bytes=10-\r\n", 416, "", "bytes */10");
    row("no suffix", "Range: bytes=-0\r\n", 416, "", "bytes */10");
    row("several", "Range: bytes=0-1,4-5\r\n", 200, "0123456789", "");
    row("backwards", "Range: bytes=5-2\r\n", 200, "0123456789", "");
    row("nonsense", "Range: lines=1-2\r\n", 200, "0123456789", "");
    row("same", "Range: bytes=8-\r\nIf-Range: \"e1\"\r\n", 206, "89", "bytes 8-9/10");
    row("changed", "Range: bytes=8-\r\nIf-Range: \"e0\"\r\n", 200, "0123456789", "");
    row("weak", "Range: bytes=8-\r\nIf-Range: W/\"e1\"\r\n", 200, "0123456789", "");
    row("date", "Range: bytes=8-\r\nIf-Range: Sat, 21 Mar 2026 12:00:00 GMT\r\n", 206, "89",
        "bytes 8-9/10");
}

void TestDemoService::ranges()
{
    QFETCH(QByteArray, headers);
    demo::Response response;
    response.body = "0123456789";
    response.etag = "\"e1\"";
    response.headers = {{"Last-Modified", "Sat, 21 Mar 2026 12:00:00 GMT"}};
    answerWith(response);
    const RawAnswer answer = RawClient::ask(url(), headers);
    QTEST(answer.status, "status");
    QTEST(answer.body, "body");
    QTEST(answer.header("Content-Range"), "contentRange");
    QCOMPARE(answer.header("ETag"), "\"e1\""_ba);
    QVERIFY(answer.complete);
    QCOMPARE(m_service->bytesSent("/x"), answer.body.size());

    response.ranges = false;
    answerWith(response);
    QCOMPARE(RawClient::ask(url(), headers).status, 200);
}

void TestDemoService::headHasTheLengthAlone()
{
    demo::Response response;
    response.body = "0123456789";
    answerWith(response);
    RawClient client(m_service->baseUrl());
    client.send("HEAD /x HTTP/1.1\r\n\r\nGET /x HTTP/1.1\r\n\r\n");
    SOON_VERIFY(client.received().endsWith("0123456789"));
    const RawAnswer head = client.take(true);
    QCOMPARE(head.header("Content-Length"), "10"_ba);
    QCOMPARE(client.take().body, "0123456789"_ba);
}

void TestDemoService::ownHeadersReplaceTheUsual()
{
    demo::Response response;
    response.status = 429;
    response.reason = "Slow Down";
    response.headers = {{"Set-Cookie", "a=1"}, {"set-cookie", "b=2"}, {"connection", "Keep-Alive"}};
    answerWith(response);
    RawClient client(m_service->baseUrl());
    client.send("GET /x HTTP/1.1\r\n\r\n");
    SOON_VERIFY(client.peek().complete);
    QVERIFY(client.received().startsWith("HTTP/1.1 429 Slow Down\r\n"));
    QCOMPARE(client.received().toLower().count("set-cookie:"), 2);
    QCOMPARE(client.received().toLower().count("connection:"), 1);
}

void TestDemoService::chunkedBody()
{
    demo::Response response;
    response.body = "0123456789";
    response.chunked = true;
    response.chunkBytes = 4;
    response.chunkDelayMs = 1;
    answerWith(response);
    RawClient client(m_service->baseUrl());
    client.send("GET /x HTTP/1.1\r\n\r\n");
    SOON_VERIFY(client.peek().complete);
    QVERIFY(client.received().contains("\r\n\r\n4\r\n0123\r\n4\r\n4567\r\n2\r\n89\r\n0\r\n\r\n"));
    QVERIFY(client.peek().header("Content-Length").isEmpty());
    QCOMPARE(client.take().body, response.body);

    response.cutAfter = 8;
    answerWith(response);
    const RawAnswer cut = RawClient::ask(url());
    QCOMPARE(cut.body, "01234567"_ba);
    QVERIFY(!cut.complete);
}

void TestDemoService::delayedAnswer()
{
    demo::Response response;
    response.delayMs = 80;
    answerWith(response);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(RawClient::ask(url()).status, 200);
    QVERIFY2(timer.elapsed() >= 79, qPrintable(QString::number(timer.elapsed())));
}

void TestDemoService::cutBody()
{
    demo::Response response;
    response.body = QByteArray(500'000, 'a');
    response.cutAfter = 300'001;
    answerWith(response);
    RawClient client(m_service->baseUrl());
    client.send("GET /x HTTP/1.1\r\n\r\n");
    SOON_VERIFY(client.closed());
    const RawAnswer answer = client.take();
    QCOMPARE(answer.header("Content-Length"), "500000"_ba);
    QCOMPARE(answer.body.size(), 300'001);
    QCOMPARE(m_service->bytesSent("/x"), 300'001);

    // The rest is asked for: the cut counts from the range's own beginning.
    const RawAnswer rest = RawClient::ask(url(), "Range: bytes=300001-\r\n");
    QCOMPARE(rest.status, 206);
    QCOMPARE(rest.body.size(), 199'999);
}

void TestDemoService::stalledBody()
{
    demo::Response response;
    response.body = QByteArray(1000, 'a');
    response.stallAfter = 400;
    answerWith(response);
    {
        RawClient client(m_service->baseUrl());
        client.send("GET /x HTTP/1.1\r\n\r\n");
        SOON_COMPARE(client.peek().body.size(), 400);
        QTest::qWait(50); // the absence of more is the point
        QCOMPARE(client.peek().body.size(), 400);
        QVERIFY(!client.closed());
        QCOMPARE(m_service->mostAtOnce(), 1);
    }
    SOON_COMPARE(m_service->openConnections(), 0);
    m_service->clearLog();
    QCOMPARE(m_service->mostAtOnce(), 0);
}

void TestDemoService::wrongLength_data()
{
    QTest::addColumn<qint64>("declared");
    QTest::newRow("too long") << qint64(20);
    QTest::newRow("too short") << qint64(4);
}

void TestDemoService::wrongLength()
{
    QFETCH(qint64, declared);
    demo::Response response;
    response.body = "0123456789";
    response.declaredLength = declared;
    answerWith(response);
    RawClient client(m_service->baseUrl());
    client.send("GET /x HTTP/1.1\r\n\r\n");
    SOON_VERIFY(client.closed());
    QCOMPARE(client.peek().header("Content-Length").toLongLong(), declared);
    QVERIFY(client.received().endsWith("\r\n\r\n0123456789"));
}

void TestDemoService::withoutLengthTheEndIsTheLinksEnd()
{
    demo::Response response;
    response.body = "0123456789";
    response.sendContentLength = false;
    answerWith(response);
    RawClient client(m_service->baseUrl());
    client.send("GET /x HTTP/1.1\r\n\r\n");
    SOON_VERIFY(client.closed());
    QCOMPARE(client.peek().header("Connection"), "close"_ba);
    QCOMPARE(client.peek().body, "0123456789"_ba);
}

void TestDemoService::closedWithoutAnswer()
{
    demo::Response response;
    response.closeWithoutAnswer = true;
    answerWith(response);
    RawClient client(m_service->baseUrl());
    client.send("GET /x HTTP/1.1\r\n\r\n");
    SOON_VERIFY(client.closed());
    QVERIFY(client.received().isEmpty());
}

void TestDemoService::badRequests_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::newRow("no request line") << "hello\r\n\r\n"_ba << 400;
    QTest::newRow("header without colon") << "GET /x HTTP/1.1\r\nhello\r\n\r\n"_ba << 400;
    QTest::newRow("negative length") << "GET /x HTTP/1.1\r\nContent-Length: -1\r\n\r\n"_ba << 400;
    QTest::newRow("huge body") << "PUT /x HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n"_ba << 413;
    QTest::newRow("chunked body") << "PUT /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"_ba
                                  << 411;
    QTest::newRow("endless header")
        << QByteArray("GET /x HTTP/1.1\r\nA: ") + QByteArray(40'000, 'a') << 431;
}

void TestDemoService::badRequests()
{
    QFETCH(QByteArray, bytes);
    answerWith({});
    RawClient client(m_service->baseUrl());
    client.send(bytes);
    SOON_VERIFY(client.closed());
    QTEST(client.peek().status, "status");
    QVERIFY(m_service->requests().isEmpty());
}

void TestDemoService::slowClientIsNotBuffered()
{
    demo::Response response;
    response.body = QByteArray(64 * 1024 * 1024, 'a');
    answerWith(response);
    QTcpSocket socket;
    socket.setProxy(QNetworkProxy::NoProxy);
    socket.setReadBufferSize(1024);
    socket.connectToHost(m_service->baseUrl().host(),
                         static_cast<quint16>(m_service->baseUrl().port()));
    connect(&socket, &QTcpSocket::connected, this,
            [&socket] { socket.write("GET /x HTTP/1.1\r\n\r\n"); });
    SOON_VERIFY(m_service->bytesSent("/x") > 0);
    QTest::qWait(50); // time enough to send it all, were it not for the waiting client
    QVERIFY(m_service->bytesSent("/x") < 32 * 1024 * 1024);
}

void TestDemoService::manyAtOnceAreNotHeldBack()
{
    constexpr int kRequests = 120;
    demo::Response response;
    response.body = QByteArray(2000, 'a');
    response.delayMs = 50;
    answerWith(response);
    QNetworkAccessManager manager;
    manager.setProxy(QNetworkProxy::NoProxy);
    int good = 0;
    for (int i = 0; i < kRequests; ++i) {
        QNetworkReply *reply = manager.get(QNetworkRequest(url()));
        connect(reply, &QNetworkReply::finished, this, [&good, reply] {
            good += reply->error() == QNetworkReply::NoError ? 1 : 0;
            reply->deleteLater();
        });
    }
    SOON_COMPARE(good, kRequests);
    // As many as the client allows.
    QCOMPARE(m_service->mostAtOnce(), 6);
}

void TestDemoService::closingFromAHandler()
{
    m_service->handle("/x", [this](const demo::Request &) {
        m_service->close();
        return demo::Response();
    });
    RawClient client(m_service->baseUrl());
    client.send("GET /x HTTP/1.1\r\n\r\n");
    SOON_VERIFY(client.closed());
    QCOMPARE(m_service->openConnections(), 0);
    QVERIFY(m_service->baseUrl().isEmpty());
}

TASKREEL_TEST_MAIN(TestDemoService, QCoreApplication)
#include "tst_demoservice.moc"
