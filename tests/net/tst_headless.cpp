// SPDX-License-Identifier: MIT
#include "demo/demoscript.h"
#include "demo/demoservice.h"
#include "programrun.h"
#include "support/isolation.h"
#include "support/servicethread.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace taskreel;

// The real program without a window, against a service on loopback.
class TestHeadless : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void completedTasksAreLines();
    void jsonIsOneObjectALine();
    void demoEnds();
    void failedTaskIsOne();
    void refusedKeyIsThree();
    void noKeyIsThree();
    void nothingGivenIsUsage();
    void onceDoesNotWait();
    void whatWasUnfinishedIsAskedAnew_data();
    void whatWasUnfinishedIsAskedAnew();
    void onceDoesNotWaitForARateLimit();
    void listIsThereAgain();
    void folderThatCannotBeIsFour();
    void theKeyIsWrittenNowhere();

private:
    static test::Outcome run(const QStringList &arguments, const QByteArray &key = "test-key",
                             const QString &loggingRules = {})
    {
        return test::runProgram(QStringLiteral(TASKREEL_PROGRAM), arguments, {key, loggingRules, {}});
    }
    QStringList common() const;
    QTemporaryDir m_folder;
    test::ServiceThread m_service{0};
};

QStringList TestHeadless::common() const
{
    return {u"--no-window"_s, u"--data-dir"_s, m_folder.path(), u"--api-url"_s,
            m_service.baseUrl().toString()};
}

void TestHeadless::completedTasksAreLines()
{
    const QStringList ids = test::ServiceThread::taskIds(3);
    const test::Outcome outcome = run(common() + ids);
    QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
    const QList<QByteArray> lines = outcome.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    for (const QByteArray &line : lines) {
        QVERIFY(line.contains("\tcompleted\t"));
        QVERIFY(line.contains("http://127.0.0.1:9/u.mp4")); // without watermark, the setting's default
    }
    QVERIFY(!outcome.out.contains("test-key") && !outcome.err.contains("test-key"));
}

void TestHeadless::jsonIsOneObjectALine()
{
    const test::Outcome outcome = run(common() + QStringList{u"--json"_s, test::ServiceThread::taskIds(1).at(0)});
    QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
    const QJsonObject object = QJsonDocument::fromJson(outcome.out.trimmed()).object();
    QCOMPARE(object[u"status"_s].toString(), u"completed"_s);
    QCOMPARE(object[u"id"_s].toString(), test::ServiceThread::taskIds(1).at(0));
    const QJsonObject medium =
        object[u"works"_s][0][u"media"_s][0].toObject();
    QCOMPARE(medium[u"watermarked"_s].toString(), u"http://127.0.0.1:9/w.mp4"_s);
    QCOMPARE(medium[u"unwatermarked"_s].toString(), u"http://127.0.0.1:9/u.mp4"_s);
    QCOMPARE(medium[u"duration_ms"_s].toInt(), 5100);
}

void TestHeadless::demoEnds()
{
    QTemporaryDir folder;
    const test::Outcome outcome = run({u"--no-window"_s, u"--demo"_s, u"--data-dir"_s, folder.path()}, {});
    // One of the demo's tasks fails on purpose.
    QVERIFY2(outcome.exitCode == 1, outcome.err.constData());
    QVERIFY(outcome.out.count("\tcompleted\t") >= 10);
    QVERIFY(outcome.out.contains("\tfailed\t"));
}

void TestHeadless::failedTaskIsOne()
{
    demo::DemoService service;
    service.handle("/api/v1/task/", [](const demo::Request &request) {
        demo::Response response;
        response.body = R"({"code":200,"data":{"task_id":")"
            + request.path.mid(request.path.lastIndexOf('/') + 1)
            + R"(","status":"failed","error":{"code":1,"raw_message":"content\nviolation"}}})";
        return response;
    });
    QVERIFY(service.listen());
    QTemporaryDir folder;
    const test::Outcome outcome = run({u"--no-window"_s, u"--data-dir"_s, folder.path(), u"--api-url"_s,
                                 service.baseUrl().toString(), test::ServiceThread::taskIds(1).at(0)});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.out.contains("\tfailed\tcontent violation\n"), outcome.out.constData());
}

void TestHeadless::refusedKeyIsThree()
{
    QTemporaryDir folder;
    demo::DemoService service;
    const demo::DemoScript script(&service);
    QVERIFY(service.listen());
    const test::Outcome outcome = run({u"--no-window"_s, u"--data-dir"_s, folder.path(), u"--api-url"_s,
                                 service.baseUrl().toString(), script.taskIds().at(0)},
                                "wrong-key");
    QCOMPARE(outcome.exitCode, 3);
    QVERIFY(!outcome.err.isEmpty());
    QVERIFY(!outcome.err.contains("wrong-key"));
}

void TestHeadless::noKeyIsThree()
{
    QTemporaryDir folder;
    const test::Outcome outcome = run({u"--no-window"_s, u"--data-dir"_s, folder.path(), u"--api-url"_s,
                                 m_service.baseUrl().toString(), test::ServiceThread::taskIds(1).at(0)},
                                {});
    QCOMPARE(outcome.exitCode, 3);
    QVERIFY2(outcome.err.contains("PIAPI_API_KEY"), outcome.err.constData());
    QVERIFY(outcome.out.isEmpty());
}

void TestHeadless::nothingGivenIsUsage()
{
    QCOMPARE(run({u"--no-window"_s}).exitCode, 2);
    QCOMPARE(run({u"--frob"_s}).exitCode, 2);
}

void TestHeadless::onceDoesNotWait()
{
    demo::DemoService service;
    service.handle("/api/v1/task/", [](const demo::Request &request) {
        demo::Response response;
        response.body = R"({"code":200,"data":{"task_id":")"
            + request.path.mid(request.path.lastIndexOf('/') + 1) + R"(","status":"processing"}})";
        return response;
    });
    QVERIFY(service.listen());
    QTemporaryDir folder;
    const test::Outcome outcome =
        run({u"--no-window"_s, u"--once"_s, u"--data-dir"_s, folder.path(), u"--api-url"_s,
             service.baseUrl().toString(), test::ServiceThread::taskIds(1).at(0)});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.out.contains("\tprocessing"), outcome.out.constData());
    QCOMPARE(service.requests().size(), 1);
}

void TestHeadless::whatWasUnfinishedIsAskedAnew_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("once") << QStringList{u"--once"_s};
    QTest::newRow("waiting") << QStringList{};
}

void TestHeadless::whatWasUnfinishedIsAskedAnew()
{
    // The first run's answer is of a task so old that its next check is half an hour away.
    QFETCH(const QStringList, options);
    demo::DemoService service;
    bool done = false;
    service.handle("/api/v1/task/", [&done](const demo::Request &request) {
        const QByteArray id = request.path.mid(request.path.lastIndexOf('/') + 1);
        demo::Response response;
        response.body = done ? test::ServiceThread::answer(id)
                             : R"({"code":200,"data":{"task_id":")" + id
                + R"(","status":"processing","meta":{"created_at":"2025-01-02T03:04:05Z"}}})";
        return response;
    });
    QVERIFY(service.listen());
    QTemporaryDir folder;
    const QStringList arguments{u"--no-window"_s, u"--data-dir"_s, folder.path(), u"--api-url"_s,
                                service.baseUrl().toString(), test::ServiceThread::taskIds(1).at(0)};
    const test::Outcome first = run(QStringList{u"--once"_s} + arguments);
    QCOMPARE(first.exitCode, 1);
    QVERIFY2(first.out.contains("\tprocessing"), first.out.constData());
    done = true;
    const test::Outcome second = run(options + arguments);
    QVERIFY2(second.out.contains("\tcompleted\t"), second.out.constData());
    QCOMPARE(second.exitCode, 0);
    QCOMPARE(service.requests().size(), 2);
}

void TestHeadless::onceDoesNotWaitForARateLimit()
{
    demo::DemoService service;
    service.handle("/api/v1/task/", [](const demo::Request &) {
        demo::Response response;
        response.status = 429;
        response.headers.emplaceBack("Retry-After", "600");
        return response;
    });
    QVERIFY(service.listen());
    QTemporaryDir folder;
    const test::Outcome outcome = run(QStringList{u"--no-window"_s, u"--once"_s, u"--data-dir"_s, folder.path(),
                                            u"--api-url"_s, service.baseUrl().toString()}
                                + test::ServiceThread::taskIds(20));
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(outcome.out.trimmed().split('\n').size(), 20);
    QVERIFY(!outcome.err.isEmpty());
}

void TestHeadless::listIsThereAgain()
{
    // A library that was filled by one run answers the next one without asking.
    QTemporaryDir folder;
    demo::DemoService service;
    service.handle("/api/v1/task/", [](const demo::Request &request) {
        demo::Response response;
        response.body =
            test::ServiceThread::answer(request.path.mid(request.path.lastIndexOf('/') + 1));
        return response;
    });
    QVERIFY(service.listen());
    const QStringList arguments{u"--no-window"_s, u"--data-dir"_s, folder.path(), u"--api-url"_s,
                                service.baseUrl().toString(), test::ServiceThread::taskIds(1).at(0)};
    const test::Outcome first = run(arguments);
    const test::Outcome second = run(arguments);
    QCOMPARE(first.exitCode, 0);
    QCOMPARE(second.exitCode, 0);
    QCOMPARE(second.out, first.out);
    QCOMPARE(service.requests().size(), 1);
}

void TestHeadless::folderThatCannotBeIsFour()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    const test::Outcome outcome =
        run({u"--no-window"_s, u"--data-dir"_s, file.fileName() + u"/below"_s, u"--api-url"_s,
             m_service.baseUrl().toString(), test::ServiceThread::taskIds(1).at(0)});
    QVERIFY2(outcome.exitCode == 4, outcome.err.constData());
    QVERIFY2(outcome.err.contains(QFile::encodeName(folder.path())), outcome.err.constData());
}

void TestHeadless::theKeyIsWrittenNowhere()
{
    const QByteArray key = "s3cret-key-0123456789";
    QTemporaryDir folder;
    // One is answered, the other meets an error that is logged.
    const QString bad = u"7f9b6f1e-3c1a-4a53-9a6e-0d2c9d5f0a11"_s;
    m_service.service().handle("/api/v1/task/" + bad.toLatin1(), [](const demo::Request &) {
        demo::Response response;
        response.status = 404;
        return response;
    });
    const test::Outcome outcome =
        run({u"--no-window"_s, u"--once"_s, u"--data-dir"_s, folder.path(), u"--api-url"_s,
             m_service.baseUrl().toString(), test::ServiceThread::taskIds(1).at(0), bad},
            key, u"*=true"_s);
    QVERIFY2(outcome.out.contains("\tcompleted\t"), outcome.err.constData());
    const QList<demo::Request> requests = m_service.service().requestsTo("/api/v1/task/" + bad.toLatin1());
    QVERIFY(!requests.isEmpty());
    QCOMPARE(requests.constFirst().header("x-api-key"), key); // it was in use
    QVERIFY(outcome.err.contains("qt.")); // all was logged
    QVERIFY(!outcome.out.contains(key));
    QVERIFY(!outcome.err.contains(key));
    int files = 0;
    for (QDirIterator it(folder.path(), QDir::Files | QDir::Hidden | QDir::System,
                         QDirIterator::Subdirectories);
         it.hasNext();) {
        QFile file(it.next());
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        QVERIFY2(!file.readAll().contains(key), qPrintable(file.fileName()));
        ++files;
    }
    QVERIFY(files > 0);
}

TASKREEL_TEST_MAIN(TestHeadless, QCoreApplication)
#include "tst_headless.moc"
