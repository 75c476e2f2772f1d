// SPDX-License-Identifier: MIT
#include "core/formats/taskidscanner.h"
#include "support/isolation.h"

#include <ctime>


using namespace Qt::StringLiterals;
using namespace taskreel;

static const QString kA = u"e0285388-b14c-4c1e-b78c-f5a32ac5df3b"_s;
static const QString kB = u"be31e062-8be7-4efa-b730-20ef673b7a99"_s;
static const QString kC = u"c49a3403-4a86-42d1-baeb-7ca7f3d7f48b"_s;
static const QString kHex = u"e0285388b14c4c1eb78cf5a32ac5df3b"_s;

/// A, B and C in the text stand for the ids above, H for the 32 hex digits.
static QString filled(const char *text)
{
    QString result = QString::fromUtf8(text);
    return result.replace(u"<A>"_s, kA)
        .replace(u"<B>"_s, kB)
        .replace(u"<C>"_s, kC)
        .replace(u"<H>"_s, kHex);
}

class TestTaskIdScanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data();
    void finds();
    void arguments_data();
    void arguments();
    void hugeTextIsLinear_data();
    void hugeTextIsLinear();
};

void TestTaskIdScanner::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("ids");
    QTest::addColumn<QStringList>("offered");
    QTest::addColumn<QStringList>("notUnderstood");
    const auto row = [](const char *name, const char *text, const QStringList &ids,
                        const QStringList &offered = {}, const QStringList &missed = {}) {
        QTest::newRow(name) << filled(text) << ids << offered << missed;
    };
    row("empty", " \n\t", {});
    row("prose", "Ann: try <A>, (<B>) and then <C>. Thanks 2026-03-21!", {kA, kB, kC});
    row("once, first as written", "<A> E0285388-B14C-4C1E-B78C-F5A32AC5DF3B", {kA});
    row("list marks and fields", "- <A>\n* <B>;\ntask_id=<C>|x", {kA, kB, kC});
    row("underscores", "task_<A>_done", {kA});
    row("trailing dashes", "<A>-- ok", {kA});
    row("media addresses are none", "https://storage.example/videos/<A>.mp4?x=<B>", {});
    row("task addresses",
        "GET https://api.example/api/v1/task/<A>\nhttps://x.example/tasks/<B>?y=<C>", {kA, kB});
    row("query keys", "http://x/a?id=<A>&taskId=<B>#task_id=<C>", {kA, kB, kC});
    row("other query keys", "http://x/a?uid=<A>&trace_id=<B>&pid=<C>", {});
    row("address without a scheme", "cdn.example.com/img/<A>.png and api.example.com/task/<B>",
        {kB});
    row("address ends before the next id", "https://a/b.mp4,<A> <https://a/<B>> [x](https://a/<C>)",
        {kA});
    row("CSV with addresses", "<A>,https://a/<B>.mp4,<C>", {kA, kC});
    row("file names count", "saved <A>.mp4", {kA});
    row("near misses", "e0285388-b14c-4c1e-b78c-f5a32ac5df3 and <H> and <A>", {kA}, {},
        {u"e0285388-b14c-4c1e-b78c-f5a32ac5df3"_s, kHex});
    row("near miss alone", "<H>", {}, {}, {kHex});
    row("near miss in a list of ids", "<A>\ne0285388-b14c-4c1e-b78c-f5a32ac5df3bb", {kA}, {},
        {u"e0285388-b14c-4c1e-b78c-f5a32ac5df3bb"_s});
    row("near miss of a task address", "https://x/task/<H>", {}, {}, {kHex});
    row("glued letters are none", "x<A> <B>z", {});
    row("tokens, one a line", "task-0001\n\n job_12345678 \n<A>",
        {u"task-0001"_s, u"job_12345678"_s, kA});
    row("tokens need a digit", "taskname\njob_1234567", {});
    row("tokens beside prose are none", "task-0001\nand more words", {});
    row("too short a token", "abc1234", {});
    row("JSON by field",
        R"({"code":200,"data":{"task_id":"<A>","input":{"origin_task_id":"<B>","image":"https://a/<C>.png"},
        "trace":"<C>","note":"see <C>"}})",
        {kA}, {kB});
    row("JSON in the order of the text", R"([{"z":{"taskId":"<B>"}},{"a":{"task_id":"<A>"}}])",
        {kB, kA});
    row("JSON lists of bare strings", R"({"ids":["<A>"," <B> ","https:\/\/x\/task\/<C>","x <C>"]})",
        {kA, kB, kC});
    row("parent that is here too",
        R"([{"task_id":"<A>"},{"task_id":"<B>","origin_task_id":"<A>"}])", {kA, kB});
    row("JSON in a string", R"({"data":"{\"task_id\":\"<A>\",\"x\":\"<B>\"}"})", {kA});
    row("JSON lines, the last one cut",
        "{\"task_id\":\"<A>\"}\n{\"task_id\":\"<B>\",\"x\":", {kA, kB});
    row("near miss in JSON", R"({"task_id":"<H>","other":"<H>"})", {}, {}, {kHex});
    row("JSON inside prose",
        R"(Answer: {"task_id": "<A>", "trace_id": "<B>", 'origin_task_id': '<C>'} ok)", {kA}, {kC});
    row("a quoted id in prose", "ID: \"<A>\", also '<B>'", {kA, kB});
    row("brackets that are no JSON", "[<A>] {<B>}", {kA, kB});
    row("history rows", R"({"data":{"data":[{"id":9,"task_id":"<A>"},{"id":8,"task_id":"<B>"}]}})",
        {kA, kB});
}

void TestTaskIdScanner::finds()
{
    QFETCH(QString, text);
    const ScanResult result = scanTaskIds(text);
    QTEST(result.ids, "ids");
    QTEST(result.offered, "offered");
    QTEST(result.notUnderstood, "notUnderstood");
}

void TestTaskIdScanner::arguments_data()
{
    QTest::addColumn<QString>("argument");
    QTest::addColumn<QStringList>("ids");
    QTest::newRow("uuid") << kA << QStringList{kA};
    QTest::newRow("token") << u"task_00000001"_s << QStringList{u"task_00000001"_s};
    QTest::newRow("whatever one asks for") << kHex << QStringList{kHex};
    QTest::newRow("address") << u"https://x/task/"_s + kA << QStringList{kA};
    QTest::newRow("word") << u"something"_s << QStringList{};
}

void TestTaskIdScanner::arguments()
{
    QFETCH(QString, argument);
    QTEST(scanTaskIds(argument, ScanOrigin::CommandLineArgument).ids, "ids");
}

void TestTaskIdScanner::hugeTextIsLinear_data()
{
    QTest::addColumn<QString>("piece");
    QTest::addColumn<int>("characters");
    QTest::newRow("ids, 5 MB") << kA + u", "_s << 5'000'000;
    const auto row = [](const char *name, const QString &piece) {
        QTest::newRow(name) << piece << 1'000'000;
    };
    row("one run", u"a-"_s);
    row("hosts", u"a."_s);
    row("schemes", u"http://"_s);
    row("one address", u"/task/,id="_s);
    row("quotes", u"\": \""_s);
    row("open brackets", u"[{"_s);
    row("escapes", u"{\"\\\\"_s);
    row("near misses", kHex + u' ');
    row("lines of tokens", u"task0001\n"_s);
}

void TestTaskIdScanner::hugeTextIsLinear()
{
    QFETCH(QString, piece);
    QFETCH(int, characters);
    const QString text = piece.repeated(characters / piece.size());
    // This process's own computing: what others take does not count.
    const std::clock_t before = std::clock();
    const ScanResult result = scanTaskIds(text);
    const double seconds = double(std::clock() - before) / CLOCKS_PER_SEC;
    // Far over what it takes even under sanitizers; anything that is not linear takes minutes.
    QVERIFY2(seconds < 4, qPrintable(QString::number(seconds)));
    QVERIFY(result.ids.size() <= 1);
}

TASKREEL_TEST_MAIN(TestTaskIdScanner, QCoreApplication)
#include "tst_taskidscanner.moc"
