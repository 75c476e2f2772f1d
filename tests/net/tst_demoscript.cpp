// SPDX-License-Identifier: MIT
#include "core/formats/answerreader.h"
#include "core/formats/mediaprobe.h"
#include "demo/demoscript.h"
#include "demo/demoservice.h"
#include "support/isolation.h"
#include "support/rawclient.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QUuid>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace taskreel;
using test::RawAnswer;
using test::RawClient;

// What the demo tells is read with the program's own reader: so it is a second opinion on both.
class TestDemoScript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void otherKeysAreRefused();
    void idsAreUuids();
    void unknownTaskIsNotFound();
    void everyTaskEndsAndEveryFileIsWhole();
    void everySituationOccurs();
    void runningTasksMoveOn();
    void whatHadEndedDoesNotStartOver();
    void onlyPendingTasksCanBeCancelled();
    void historyIsPaged();
    void filesThatGoWrong();
    void accountHasCredit();

private:
    RawAnswer ask(const QString &path, const QByteArray &method = "GET") const;
    Task task(const QString &id) const;
    QUrl fileUrl(const QByteArray &url) const;

    std::unique_ptr<demo::DemoService> m_service;
    std::unique_ptr<demo::DemoScript> m_script;
};

void TestDemoScript::init()
{
    m_service = std::make_unique<demo::DemoService>();
    QVERIFY(m_service->listen());
    m_script = std::make_unique<demo::DemoScript>(m_service.get());
    m_script->setSpeed(1000);
}

void TestDemoScript::cleanup()
{
    m_script.reset();
    m_service.reset();
}

RawAnswer TestDemoScript::ask(const QString &path, const QByteArray &method) const
{
    return RawClient::ask(QUrl(m_service->baseUrl().toString() + path),
                          "x-api-key: " + demo::DemoScript::apiKey().toUtf8() + "\r\n", method);
}

Task TestDemoScript::task(const QString &id) const
{
    const RawAnswer answer = ask(u"/api/v1/task/"_s + id);
    const Result<ReadAnswer> read = readAnswer(answer.body, answer.status);
    return read ? read->task : Task();
}

QUrl TestDemoScript::fileUrl(const QByteArray &url) const
{
    return QUrl::fromEncoded(url, QUrl::StrictMode);
}

void TestDemoScript::otherKeysAreRefused()
{
    QFile expected(u"" TEST_DATA_DIR "/answers/error-401-invalid-key.json"_s);
    QVERIFY(expected.open(QIODevice::ReadOnly));
    const QJsonDocument refusal = QJsonDocument::fromJson(expected.readAll());
    const QUrl url(m_service->baseUrl().toString() + u"/api/v1/task/"_s
                   + m_script->taskIds().at(0));
    for (const char *header : {"", "x-api-key: \r\n", "x-api-key: other\r\n"}) {
        const RawAnswer answer = RawClient::ask(url, header);
        QCOMPARE(answer.status, 401);
        QCOMPARE(QJsonDocument::fromJson(answer.body), refusal);
    }
}

void TestDemoScript::idsAreUuids()
{
    const QStringList ids = m_script->taskIds() + m_script->historyIds() + m_script->extraTaskIds();
    QVERIFY(m_script->taskIds().size() >= 20);
    QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), ids.size());
    for (const QString &id : ids)
        QCOMPARE(QUuid::fromString(id).toString(QUuid::WithoutBraces), id);
}

void TestDemoScript::unknownTaskIsNotFound()
{
    const RawAnswer answer = ask(u"/api/v1/task/00000000-0000-4000-8000-000000000000"_s);
    QCOMPARE(answer.status, 404);
    const Result<ReadAnswer> read = readAnswer(answer.body, answer.status);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::NotFound);
    QCOMPARE(ask(u"/api/v1/task/../../etc/passwd"_s).status, 404);
}

void TestDemoScript::everyTaskEndsAndEveryFileIsWhole()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QStringList ids = m_script->taskIds() + m_script->historyIds();
    QSet<QByteArray> asked;
    for (const QString &id : ids) {
        const Task read = task(id);
        QCOMPARE(read.id, id);
        QVERIFY2(isFinal(read.status), qPrintable(id));
        QVERIFY2(read.createdAt < read.endedAt && read.endedAt <= now.addSecs(1), qPrintable(id));
        QVERIFY2((read.status == TaskStatus::Failed) == !read.errorText.isEmpty(), qPrintable(id));
        QVERIFY2((read.status == TaskStatus::Completed) == (read.resultCount() > 0),
                 qPrintable(id));
        for (const Work &work : read.works) {
            for (const Media &media : work.media) {
                for (const Source &source : media.sources) {
                    if (asked.contains(source.url))
                        continue;
                    asked.insert(source.url);
                    const RawAnswer file = RawClient::ask(fileUrl(source.url));
                    QCOMPARE(file.status, 200);
                    QVERIFY(file.header("ETag").size() > 8);
                    QBuffer buffer;
                    buffer.setData(file.body);
                    QVERIFY(buffer.open(QIODevice::ReadOnly));
                    const MediaProbe probe = probeMedia(buffer);
                    QVERIFY2(probe.complete, (source.url + probe.problem.toUtf8()).constData());
                    QCOMPARE(probe.kind, media.kind);
                    if (media.role == MediaRole::Result && media.kind == MediaKind::Video
                        && media.durationMs > 0)
                        QVERIFY2(qAbs(probe.durationMs - media.durationMs) <= 50,
                                 source.url.constData());
                }
            }
        }
    }
    QVERIFY(asked.size() > 30);
}

void TestDemoScript::everySituationOccurs()
{
    QSet<QString> seen;
    const QStringList ids = m_script->taskIds();
    for (const QString &id : ids) {
        const Task read = task(id);
        if (read.status == TaskStatus::Failed) {
            seen += read.errorText.contains("not enough"_L1) ? u"credit"_s : u"failed"_s;
            continue;
        }
        if (read.resultCount() > 1)
            seen += u"several"_s;
        const Media *media = read.works.at(0).mainMedia();
        QVERIFY(media);
        const bool plain = media->source(Variant::Unwatermarked);
        const bool marked = media->source(Variant::Watermarked);
        seen += plain && marked ? u"both"_s
            : plain             ? u"unwatermarked"_s
            : marked            ? u"watermarked"_s
                                : u"unstated"_s;
        seen += media->kind == MediaKind::Image ? u"image"_s : u"video"_s;
        seen += read.works.at(0).cover() ? u"cover"_s : u"no cover"_s;
        if (media->size.isValid())
            seen += media->size.width() > media->size.height() ? u"wide"_s
                : media->size.width() < media->size.height()   ? u"portrait"_s
                                                               : u"square"_s;
        if (media->durationMs > 6000)
            seen += u"long"_s;
        if (!read.originTaskId.isEmpty())
            seen += u"derived"_s;
        if (qAbs(read.approximateCost().value_or(0) - 0.26) < 0.001)
            seen += u"$0.26"_s;
    }
    const QSet<QString> wanted{
        u"credit"_s,   u"failed"_s,      u"several"_s, u"both"_s,    u"wide"_s,  u"unwatermarked"_s,
        u"unstated"_s, u"watermarked"_s, u"image"_s,   u"video"_s,   u"cover"_s, u"no cover"_s,
        u"portrait"_s, u"square"_s,      u"long"_s,    u"derived"_s, u"$0.26"_s};
    QCOMPARE(wanted - seen, QSet<QString>());
}

void TestDemoScript::runningTasksMoveOn()
{
    m_script->setSpeed(20);
    const QString id = m_script->taskIds().at(3);
    const Task first = task(id);
    QCOMPARE(first.status, TaskStatus::Pending);
    QVERIFY(!first.startedAt.isValid());
    QList<double> percents;
    Task now = first;
    while (!isFinal(now.status) && now.status != TaskStatus::NotAsked) {
        if (now.status == TaskStatus::Processing)
            percents += now.percent.value_or(-1);
        now = task(id);
    }
    QVERIFY(std::ranges::is_sorted(percents));
    QVERIFY2(percents.size() > 1 && percents.first() >= 0 && percents.first() < percents.last(),
             "a percentage that grows");
    QCOMPARE(now.status, TaskStatus::Completed);
    const Task last = task(id);
    QVERIFY(last.startedAt < last.endedAt);
    QCOMPARE(last.createdAt, first.createdAt);
    QVERIFY(last.resultCount() > 0);
    QCOMPARE(task(id).endedAt, last.endedAt);
}

void TestDemoScript::whatHadEndedDoesNotStartOver()
{
    m_script->setSpeed(0.01);
    const QString ended = m_script->taskIds().at(0);
    m_script->setEnded({ended});
    QCOMPARE(task(ended).status, TaskStatus::Completed);
    QVERIFY(task(ended).resultCount() > 0);
    QCOMPARE(task(m_script->taskIds().at(3)).status, TaskStatus::Pending);
}

void TestDemoScript::onlyPendingTasksCanBeCancelled()
{
    m_script->setSpeed(0.01);
    const QString pending = m_script->taskIds().at(0);
    const QString path = u"/api/v1/task/"_s + pending;
    const RawAnswer cancelled = ask(path, "DELETE");
    QCOMPARE(cancelled.status, 200);
    QCOMPARE(task(pending).status, TaskStatus::Cancelled);
    QCOMPARE(ask(path, "DELETE").status, 400);
    QCOMPARE(ask(u"/api/v1/task/"_s + m_script->taskIds().last(), "DELETE").status, 400);
    QCOMPARE(ask(u"/api/v1/task/no-such-task"_s, "DELETE").status, 404);
}

void TestDemoScript::historyIsPaged()
{
    QStringList ids;
    qsizetype total = 1;
    QString lastCreated = u"9"_s;
    for (int page = 1; ids.size() < total; ++page) {
        const RawAnswer answer =
            ask(u"/api/open/tasks/histories?page=%1&page_size=10&model=kling"_s.arg(page));
        QCOMPARE(answer.status, 200);
        const QJsonObject data = QJsonDocument::fromJson(answer.body)["data"_L1].toObject();
        total = data["total"_L1].toInteger();
        const QJsonArray rows = data["data"_L1].toArray();
        QVERIFY(!rows.isEmpty() && rows.size() <= 10);
        for (const QJsonValue &row : rows) {
            QCOMPARE(row["task_model"_L1].toString(), u"kling"_s);
            QVERIFY(row["created_at"_L1].toString() <= lastCreated);
            lastCreated = row["created_at"_L1].toString();
            ids += row["task_id"_L1].toString();
        }
    }
    QCOMPARE(ids.size(), total);
    QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), total);
    for (const QString &id : m_script->historyIds())
        QVERIFY(ids.contains(id));
    for (const QString &id : m_script->extraTaskIds())
        QVERIFY(!ids.contains(id));
    const RawAnswer beyond = ask(u"/api/open/tasks/histories?page=99&page_size=100"_s);
    QVERIFY(QJsonDocument::fromJson(beyond.body)["data"_L1]["data"_L1].toArray().isEmpty());
}

void TestDemoScript::filesThatGoWrong()
{
    QCOMPARE(m_script->extraTaskIds().size(), 2);
    const Task gone = task(m_script->extraTaskIds().at(0));
    for (const Source &source : gone.works.at(0).mainMedia()->sources)
        QCOMPARE(RawClient::ask(fileUrl(source.url)).status, 404);
    QCOMPARE(RawClient::ask(fileUrl(gone.works.at(0).cover()->sources.at(0).url)).status, 200);

    const Task cut = task(m_script->extraTaskIds().at(1));
    const QUrl url = fileUrl(cut.works.at(0).mainMedia()->sources.at(0).url);
    const RawAnswer half = RawClient::ask(url);
    QVERIFY(!half.complete);
    const qint64 whole = half.header("Content-Length").toLongLong();
    QCOMPARE(half.body.size(), whole / 2);
    QByteArray all = half.body;
    while (all.size() < whole) {
        const RawAnswer rest =
            RawClient::ask(url,
                           "Range: bytes=" + QByteArray::number(all.size())
                               + "-\r\nIf-Range: " + half.header("ETag") + "\r\n");
        QCOMPARE(rest.status, 206);
        QVERIFY(!rest.body.isEmpty());
        all += rest.body;
    }
    QBuffer buffer(&all);
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    QVERIFY(probeMedia(buffer).complete);
}

void TestDemoScript::accountHasCredit()
{
    const RawAnswer answer = ask(u"/account/info"_s);
    QCOMPARE(answer.status, 200);
    QVERIFY(QJsonDocument::fromJson(answer.body)["data"_L1]["equivalent_in_usd"_L1].toDouble() > 0);
}

TASKREEL_TEST_MAIN(TestDemoScript, QCoreApplication)
#include "tst_demoscript.moc"
