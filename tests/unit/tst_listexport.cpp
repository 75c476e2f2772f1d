// SPDX-License-Identifier: MIT
#include "core/exchange/listexport.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/patience.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace taskreel;

// Words as a hostile service or prompt may send them.
static const QString kHostile =
        u"=cmd|' /C calc'!A0 | \\| `x` <script>alert(1)</script> [a](javascript:b)\r\n* \"q\", z"_s;

static ListEntry hostileEntry()
{
    Task task;
    task.id = u"b3efc0ab-3fdb-4b88-b20a-94eef777e125"_s;
    task.model = u"@kling"_s;
    task.status = TaskStatus::Completed;
    task.prompt = kHostile;
    Work work;
    work.key = u"works[0]"_s;
    Media medium;
    medium.key = u"works[0].video"_s;
    medium.kind = MediaKind::Video;
    medium.sources = {{Variant::Watermarked, "https://x.test/marked.mp4?Sig=a%2Bb", {}, {}},
                      {Variant::Unwatermarked, "https://x.test/a b|c>.mp4\nhttps://evil.test", {}, {}}};
    work.media = {medium};
    Work script = work;
    script.key = u"works[1]"_s;
    script.media[0].sources = {{Variant::Unstated, "javascript:alert(1)", {}, {}}};
    Work cover = work;
    cover.media[0].role = MediaRole::Cover;
    Work gone = work;
    gone.media[0].noLongerOffered = true;
    task.works = {cover, script, work, gone};
    ListEntry entry{summarise(task), task, {}};
    entry.row.marks = {true, false, u"+note"_s, {u"=tag"_s, u"sky"_s}};
    entry.answer = R"({"task_id":"b3efc0ab","config":{"webhook_config":{"endpoint":"https://w.test",)"
                   R"("secret":"hush-hush"}},"output":{"image_base64":")"
        + QByteArray(400, 'A') + R"("}})";
    return entry;
}

/// Reads CSV as RFC 4180 says.
static QList<QStringList> readCsv(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    QList<QStringList> records;
    QStringList record;
    QString cell;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (quoted) {
            if (c == u'"' && i + 1 < text.size() && text.at(i + 1) == u'"')
                cell += text.at(++i);
            else if (c == u'"')
                quoted = false;
            else
                cell += c;
        } else if (c == u'"') {
            quoted = true;
        } else if (c == u',') {
            record.append(std::exchange(cell, {}));
        } else if (c == u'\n') {
            record.append(std::exchange(cell, {}));
            records.append(std::exchange(record, {}));
        } else if (c != u'\r') {
            cell += c;
        }
    }
    return records;
}

class TestListExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void csvShowsTextAsText();
    void jsonHoldsEverythingButSecrets();
    void markdownStaysOneTable();
    void idsAndLinksAreOneALine();
    void linksFollowTheSwitch();
    void printsLinks_data();
    void printsLinks();
    void writesAFileWhole();
    void handsOverText();
    void cancelLeavesNothing();
    void refusedFoldersAreSaid();
    void removedOnesAreLeftOut();

private:
    static QByteArray written(ListFormat format, const QList<ListEntry> &entries,
                              bool withoutWatermark = true)
    {
        ListWriter writer(format, withoutWatermark);
        QByteArray bytes = writer.begin();
        for (const ListEntry &entry : entries)
            bytes += writer.entry(entry);
        return bytes + writer.end();
    }
    /// `count` finished tasks with a link each.
    static QStringList fill(TaskRepository &repository, int count);
    static Result<ListExport::Outcome> ran(ListExport &list);
};

QStringList TestListExport::fill(TaskRepository &repository, int count)
{
    QStringList ids;
    for (int i = 0; i < count; ++i) {
        Task task;
        task.id = u"task-%1"_s.arg(i);
        task.status = TaskStatus::Completed;
        Work work;
        Media medium;
        medium.key = u"video_url"_s;
        medium.kind = MediaKind::Video;
        medium.sources = {{Variant::Unstated, "https://x.test/" + QByteArray::number(i), {}, {}}};
        work.media = {medium};
        task.works = {work};
        repository.merge({task, QByteArray(R"({"task_id":"%1"})").replace("%1", task.id.toUtf8())}, true);
        ids.append(task.id);
    }
    return ids;
}

Result<ListExport::Outcome> TestListExport::ran(ListExport &list)
{
    std::optional<Result<ListExport::Outcome>> result;
    connect(&list, &ListExport::finished, &list,
            [&result](const Result<ListExport::Outcome> &r) { result = r; });
    list.start();
    if (result)
        qFatal("ended within start()");
    if (!QTest::qWaitFor([&result] { return result.has_value(); }, 20'000))
        return failure(ErrorKind::Timeout);
    return *result;
}

void TestListExport::csvShowsTextAsText()
{
    const QList<QStringList> records = readCsv(written(ListFormat::Csv, {hostileEntry()}));
    QCOMPARE(records.size(), 2);
    QCOMPARE(records.at(1).size(), records.at(0).size());
    const auto cell = [&records](const QString &column) {
        return records.at(1).at(records.at(0).indexOf(column));
    };
    QCOMPARE(cell(u"task_id"_s), u"b3efc0ab-3fdb-4b88-b20a-94eef777e125"_s);
    QCOMPARE(cell(u"prompt"_s), u"'"_s + kHostile);
    QCOMPARE(cell(u"model"_s), u"'@kling"_s);
    QCOMPARE(cell(u"note"_s), u"'+note"_s);
    QCOMPARE(cell(u"tags"_s), u"'=tag, sky"_s);
    QCOMPARE(cell(u"starred"_s), u"yes"_s);
    for (const QString &one : records.at(1))
        QVERIFY2(one.isEmpty() || !u"=+-@\t\r"_s.contains(one.at(0)), qPrintable(one));
}

void TestListExport::jsonHoldsEverythingButSecrets()
{
    const QByteArray bytes = written(ListFormat::Json, {hostileEntry(), hostileEntry()});
    QVERIFY(!bytes.contains("hush-hush"));
    QVERIFY(!bytes.contains(QByteArray(100, 'A')));
    const QJsonArray list = QJsonDocument::fromJson(bytes).array();
    QCOMPARE(list.size(), 2);
    const QJsonObject task = list.at(0).toObject();
    QCOMPARE(task.value("prompt"_L1).toString(), kHostile);
    QCOMPARE(task.value("marks"_L1).toObject().value("tags"_L1).toArray().size(), 2);
    QCOMPARE(task.value("links"_L1).toArray().size(), 1);
    QCOMPARE(task.value("answer"_L1).toObject().value("task_id"_L1).toString(), u"b3efc0ab"_s);
    QCOMPARE(QJsonDocument::fromJson(written(ListFormat::Json, {})).array().size(), 0);
}

void TestListExport::markdownStaysOneTable()
{
    const QString text = QString::fromUtf8(written(ListFormat::Markdown, {hostileEntry()}));
    const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 3);
    // As many cells as the head: bars of the text are escaped.
    QString bare = lines.at(2);
    bare.remove(u"\\\\"_s);
    bare.remove(u"\\|"_s);
    QCOMPARE(bare.count(u'|'), lines.at(0).count(u'|'));
    QVERIFY(lines.at(2).contains(u"\\<script\\>"_s));
    QVERIFY(lines.at(2).contains(u"\\[a\\]\\(javascript\\:b\\)"_s));
    QVERIFY(lines.at(2).contains(u"[2](<https://x.test/a%20b%7Cc%3E.mp4%0Ahttps://evil.test>)"_s));
}

void TestListExport::idsAndLinksAreOneALine()
{
    ListEntry entry = hostileEntry();
    entry.row.id = u"id\nwith\tmore"_s;
    QCOMPARE(written(ListFormat::Ids, {entry, hostileEntry()}),
             QByteArray("idwithmore\nb3efc0ab-3fdb-4b88-b20a-94eef777e125\n"));
    // The script is no link, the cover no result, the last no longer offered.
    QCOMPARE(written(ListFormat::Links, {entry}),
             QByteArray("https://x.test/a%20b%7Cc%3E.mp4%0Ahttps://evil.test\n"));
}

void TestListExport::linksFollowTheSwitch()
{
    QCOMPARE(written(ListFormat::Links, {hostileEntry()}, false),
             QByteArray("https://x.test/marked.mp4?Sig=a%2Bb\n")); // as received
}

void TestListExport::printsLinks_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("link");
    QTest::newRow("as received") << QByteArray("https://x/a?s=%2B+b&c=(d)") << QByteArray("https://x/a?s=%2B+b&c=(d)");
    QTest::newRow("capitals") << QByteArray("HTTP://x/") << QByteArray("HTTP://x/");
    QTest::newRow("controls") << QByteArray("http://x/\r\n\t\x7f") + "a" << QByteArray("http://x/%0D%0A%09%7Fa");
    QTest::newRow("script") << QByteArray("javascript:x") << QByteArray();
    QTest::newRow("file") << QByteArray("file:///etc/passwd") << QByteArray();
    QTest::newRow("data") << QByteArray("data:text/html,x") << QByteArray();
    QTest::newRow("none") << QByteArray() << QByteArray();
}

void TestListExport::printsLinks()
{
    QFETCH(const QByteArray, url);
    QFETCH(const QByteArray, link);
    QCOMPARE(printableLink(url), link);
}

void TestListExport::writesAFileWhole()
{
    QTemporaryDir folder;
    TaskRepository repository(nullptr);
    const QStringList ids = fill(repository, 1000);
    const QString path = folder.filePath(u"list.txt"_s);
    QFile before(path);
    QVERIFY(before.open(QIODevice::WriteOnly));
    before.write("what stood here before");
    before.close();
    ListExport list(&repository, {ListFormat::Links, ids, true, path});
    int steps = 0;
    connect(&list, &ListExport::progressed, &list, [&](int done, int total) {
        ++steps;
        QCOMPARE(total, 1000);
        if (done < total) { // until it is whole, the old one stands
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(file.readAll(), QByteArray("what stood here before"));
        }
    });
    const auto result = ran(list);
    QVERIFY(result);
    QCOMPARE(result->tasks, 1000);
    QVERIFY(steps > 10); // in pieces
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArrayList lines = file.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), 1000);
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(lines.at(i), "https://x.test/" + QByteArray::number(i));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void TestListExport::handsOverText()
{
    TaskRepository repository(nullptr);
    const QStringList ids = fill(repository, 3);
    ListExport list(&repository, {ListFormat::Ids, {ids.at(2), ids.at(0)}, true, {}});
    const auto result = ran(list);
    QVERIFY(result);
    QCOMPARE(result->text, QByteArray("task-2\ntask-0\n"));
}

void TestListExport::cancelLeavesNothing()
{
    QTemporaryDir folder;
    TaskRepository repository(nullptr);
    ListExport list(&repository,
                    {ListFormat::Json, fill(repository, 500), true, folder.filePath(u"list.json"_s)});
    connect(&list, &ListExport::progressed, &list, [&list] { list.cancel(); });
    const auto result = ran(list);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
    SOON_COMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
}

void TestListExport::refusedFoldersAreSaid()
{
    QTemporaryDir folder;
    TaskRepository repository(nullptr);
    ListExport list(&repository, {ListFormat::Ids, fill(repository, 2), true,
                                  folder.filePath(u"none/here/list.txt"_s)});
    const auto result = ran(list);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::CannotWrite);
    QVERIFY(!result.error().message.isEmpty());
}

void TestListExport::removedOnesAreLeftOut()
{
    TaskRepository repository(nullptr);
    const QStringList ids = fill(repository, 200);
    ListExport list(&repository, {ListFormat::Links, ids, true, {}});
    connect(&list, &ListExport::progressed, &list, [&](int done) {
        if (done < 100)
            repository.remove(ids.mid(150));
    });
    const auto result = ran(list);
    QVERIFY(result);
    QCOMPARE(result->text.count('\n'), 150);
}

TASKREEL_TEST_MAIN(TestListExport, QCoreApplication)
#include "tst_listexport.moc"
