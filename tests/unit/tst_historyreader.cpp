// SPDX-License-Identifier: MIT
#include "core/formats/cancelreader.h"
#include "core/formats/historyreader.h"
#include "support/isolation.h"

using namespace Qt::StringLiterals;
using namespace taskreel;

static const QByteArray kRow =
    R"({"id":7,"task_id":"0c0ffee0-1111-4222-8333-444455556666","task_model":"kling",)"
    R"("action":"video_generation","status":"finished","usage":2600000,)"
    R"("created_at":"2026-11-20T10:00:00.123456789Z"})";

static QByteArray envelope(const QByteArray &data, const QByteArray &more = {})
{
    return R"({"code":200,"message":"success","data":)" + data + more + "}";
}

class TestHistoryReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAPage();
    void shapes_data();
    void shapes();
    void times_data();
    void times();
    void oddRowsAreCountedNotShown();
    void hostileSizesAreBounded();
    void refusals_data();
    void refusals();
    void damagedBytesNeverCrash();
    void cancelAnswers_data();
    void cancelAnswers();
};

void TestHistoryReader::readsAPage()
{
    const Result<HistoryPage> page =
        readHistory(envelope(R"({"data":[)" + kRow + R"(],"page":1,"size":100,"total":212})"), 200);
    QVERIFY(page.has_value());
    QCOMPARE(page->total, 212);
    QCOMPARE(page->unreadable, 0);
    HistoryRow row;
    row.taskId = u"0c0ffee0-1111-4222-8333-444455556666"_s;
    row.model = u"kling"_s;
    row.taskType = u"video_generation"_s;
    row.status = TaskStatus::Completed; // "finished" is the history's word for it
    row.rawStatus = u"finished"_s;
    row.createdAt = QDateTime({2026, 11, 20}, QTime(10, 0, 0, 123), Qt::UTC);
    QCOMPARE(page->rows, QList<HistoryRow>{row});
}

void TestHistoryReader::shapes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<qsizetype>("rows");
    QTest::addColumn<qint64>("total");
    const auto add = [](const char *name, const QByteArray &body, qsizetype rows, qint64 total) {
        QTest::newRow(name) << body << rows << total;
    };
    add("list in data", envelope("[" + kRow + "," + kRow + "]"), 2, -1);
    add("data as text", envelope(R"("{\"data\":[{\"task_id\":\"abcdefg-1\"}],\"total\":1}")"), 1, 1);
    add("list as text", envelope(R"({"data":"[{\"task_id\":\"abcdefg-1\"}]"})"), 1, -1);
    add("numbers as text", envelope(R"({"data":[],"total":"35"})"), 0, 35);
    add("none, list null", envelope(R"({"data":null,"total":0})"), 0, 0);
    add("none, list missing", envelope(R"({"total":0})"), 0, 0);
    add("total a lie", envelope(R"({"data":[)" + kRow + R"(],"total":-9})"), 1, -1);
    add("total beyond numbers", envelope(R"({"data":[],"total":1e300})"), 0,
        std::numeric_limits<qint64>::max() / 10'000 * 10'000);
    add("no code", R"({"data":{"data":[)" + kRow + "]}}", 1, -1);
}

void TestHistoryReader::shapes()
{
    QFETCH(QByteArray, body);
    QFETCH(qsizetype, rows);
    QFETCH(qint64, total);
    const Result<HistoryPage> page = readHistory(body, 200);
    QVERIFY(page.has_value());
    QCOMPARE(page->rows.size(), rows);
    if (total < 1'000'000)
        QCOMPARE(page->total, total);
    else
        QVERIFY(page->total > 1'000'000);
}

void TestHistoryReader::times_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("ms"); // 0: not said
    const qint64 ms = 1'700'000'000'000;
    QTest::newRow("seconds") << QByteArray("1700000000") << ms;
    QTest::newRow("seconds as text") << QByteArray(R"("1700000000")") << ms;
    QTest::newRow("thousandths") << QByteArray("1700000000000") << ms;
    QTest::newRow("rfc 3339") << QByteArray(R"("2023-11-14T22:13:20Z")") << ms;
    QTest::newRow("unset") << QByteArray(R"("0001-01-01T00:00:00Z")") << qint64(0);
    QTest::newRow("zero") << QByteArray("0") << qint64(0);
    QTest::newRow("negative") << QByteArray("-5") << qint64(0);
    QTest::newRow("huge") << QByteArray("1e200") << qint64(0);
    QTest::newRow("null") << QByteArray("null") << qint64(0);
    QTest::newRow("object") << QByteArray(R"({"a":1})") << qint64(0);
}

void TestHistoryReader::times()
{
    QFETCH(QByteArray, value);
    QFETCH(qint64, ms);
    const Result<HistoryPage> page =
        readHistory(envelope(R"([{"task_id":"abcdefg-1","created_at":)" + value + "}]"), 200);
    QVERIFY(page && page->rows.size() == 1);
    const QDateTime created = page->rows.constFirst().createdAt;
    QCOMPARE(created.isValid() ? created.toMSecsSinceEpoch() : 0, ms);
}

void TestHistoryReader::oddRowsAreCountedNotShown()
{
    const QByteArray rows = R"([null, 5, "x", [], {}, {"task_id":null}, {"task_id":"../../etc/1"},
        {"task_id":"short1"}, {"task_id":"without-any-digit"}, {"task_id":"a b c d e f g 1"},
        {"task_id":12345678, "task_model":["kling"], "action":{"a":1}, "status":7}, )"
        + kRow + "]";
    const Result<HistoryPage> page = readHistory(envelope(rows), 200);
    QVERIFY(page.has_value());
    QCOMPARE(page->rows.size(), 2);
    QCOMPARE(page->unreadable, 10);
    QCOMPARE(page->rows.constFirst().taskId, u"12345678"_s);
    QCOMPARE(page->rows.constFirst().status, TaskStatus::Other);
}

void TestHistoryReader::hostileSizesAreBounded()
{
    QByteArray many = "[";
    for (int i = 0; i < 5'000; ++i)
        many += R"({"task_id":"task-)" + QByteArray::number(100'000 + i) + R"("},)";
    many += kRow + "]";
    const Result<HistoryPage> page = readHistory(envelope(many), 200);
    QVERIFY(page.has_value());
    QCOMPARE(page->rows.size(), 1'000);

    const QByteArray wide = R"([{"task_id":"abcdefg-1","task_model":")"
        + QByteArray(500'000, 'm') + R"(","status":")" + QByteArray(500'000, 's') + R"("}])";
    const Result<HistoryPage> long_ = readHistory(envelope(wide), 200);
    QVERIFY(long_ && long_->rows.size() == 1);
    QVERIFY(long_->rows.constFirst().model.size() <= 100);
    QVERIFY(long_->rows.constFirst().rawStatus.size() <= 100);

    const Result<HistoryPage> huge = readHistory(QByteArray(17 * 1024 * 1024, ' '), 200);
    QCOMPARE(huge.error().kind, ErrorKind::TooLarge);
}

void TestHistoryReader::refusals_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<ErrorKind>("kind");
    const auto add = [](const char *name, const QByteArray &body, int status, ErrorKind kind) {
        QTest::newRow(name) << body << status << kind;
    };
    add("401", R"({"code":401,"message":"failed to verify api key"})", 401, ErrorKind::KeyRefused);
    add("401 inside 200", R"({"code":401,"message":"no"})", 200, ErrorKind::KeyRefused);
    add("403", R"({"code":403,"message":"not in your plan"})", 403, ErrorKind::Forbidden);
    add("404 text", "404 page not found", 404, ErrorKind::NotFound);
    add("429", "{}", 429, ErrorKind::RateLimited);
    add("html", "<!doctype html><title>Log in</title>", 200, ErrorKind::ServerFault);
    add("empty", "", 200, ErrorKind::BadAnswer);
    add("no list", envelope("{}"), 200, ErrorKind::BadAnswer);
    add("a task", envelope(R"({"task_id":"abcdefg-1"})"), 200, ErrorKind::BadAnswer);
    add("list and error", R"({"code":500,"message":"x","data":[)" + kRow + "]}", 500,
        ErrorKind::ServerFault);
}

void TestHistoryReader::refusals()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(ErrorKind, kind);
    const Result<HistoryPage> page = readHistory(body, status);
    QVERIFY(!page.has_value());
    QCOMPARE(page.error().kind, kind);
}

void TestHistoryReader::damagedBytesNeverCrash()
{
    const QByteArray whole = envelope(R"({"data":[)" + kRow + R"(],"page":1,"total":212})");
    for (qsizetype i = 0; i < whole.size(); ++i) {
        QVERIFY(!readHistory(whole.left(i), 200).has_value());
        QByteArray changed = whole;
        changed[i] = static_cast<char>(changed.at(i) ^ 0x55);
        static_cast<void>(readHistory(changed, 200));
    }
}

void TestHistoryReader::cancelAnswers_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("words"); // of the agreement
    QTest::addColumn<ErrorKind>("kind");
    const auto add = [](const char *name, const QByteArray &body, int status, const QString &words,
                        ErrorKind kind) { QTest::newRow(name) << body << status << words << kind; };
    add("agreed", R"({"code":200,"message":"success"})", 200, u"success"_s, ErrorKind::None);
    add("agreed, no code", R"({"message":"ok"})", 202, u"ok"_s, ErrorKind::None);
    add("agreed, no body", "", 204, {}, ErrorKind::None);
    add("refused", R"({"code":400,"message":"only pending task"})", 400, {}, ErrorKind::NotFound);
    add("refused inside 200", R"({"code":400,"message":"no"})", 200, {}, ErrorKind::NotFound);
    add("page", "<html>fine</html>", 200, {}, ErrorKind::ServerFault);
    add("text", "fine", 200, {}, ErrorKind::BadAnswer);
    add("no answer", "", 0, {}, ErrorKind::BadAnswer);
}

void TestHistoryReader::cancelAnswers()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, words);
    QFETCH(ErrorKind, kind);
    const Result<QString> answer = readCancelAnswer(body, status);
    QCOMPARE(answer ? ErrorKind::None : answer.error().kind, kind);
    if (answer)
        QCOMPARE(*answer, words);
}

TASKREEL_TEST_MAIN(TestHistoryReader, QCoreApplication)
#include "tst_historyreader.moc"
