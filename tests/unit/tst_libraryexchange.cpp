// SPDX-License-Identifier: MIT
// Longer than other files: every case writes or reads the one library of the fixture.
#include "core/downloads/downloadqueue.h"
#include "core/exchange/exportfile.h"
#include "core/exchange/libraryexchange.h"
#include "core/media/medialibrary.h"
#include "core/store/migrations.h"
#include "core/text/exchangetext.h"
#include "support/isolation.h"
#include "support/mediaserver.h"
#include "support/patience.h"

#include <QCryptographicHash>
#include <QDir>
#include <QSqlQuery>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace taskreel;

static ReadAnswer answer(const QString &id, const QByteArray &status, const QByteArray &host = "a",
                         const QByteArray &prompt = "a boat")
{
    // No slashes in the raw strings: moc 6.4 takes them for a comment and finds no class.
    const QByteArray url = "http://" + host + ".example/clip.mp4";
    const QByteArray body = R"({"task_id":")" + id.toUtf8() + R"(","model":"kling",)"
        + R"("task_type":"video_generation","status":")" + status + R"(","input":{"prompt":")" + prompt
        + R"("},"output":{"works":[{"status":99,"video":{"resource":")" + url
        + R"(","resource_without_watermark":""}}]}})";
    const Result<ReadAnswer> read = readAnswer(body, 200);
    return read ? *read : ReadAnswer();
}

static AssetId clipOf(const QString &id)
{
    return {id, u"works[0].video"_s, Variant::Watermarked};
}

/// An opened library with everything that an exchange touches.
struct Session
{
    explicit Session(const QString &place)
        : folder(place), store(place + u"/library.sqlite"_s), repository(&store),
          media(&fetcher, &store, {place + u"/kept"_s, place + u"/cache"_s}, true),
          downloads({&repository, &media, &fetcher, true}),
          exchange({&store, &repository, &media, &downloads}),
          exported(&exchange, &LibraryExchange::exported),
          imported(&exchange, &LibraryExchange::imported), failed(&exchange, &LibraryExchange::failed)
    {
        QSignalSpy opened(&store, &Store::opened);
        QObject::connect(&store, &Store::opened, &repository, [this](const StoredLibrary &library) {
            media.load(library.kept, library.saved);
            downloads.loadSaved(library.saved);
            repository.load(library.tasks, library.removed, library.saved);
        });
        store.open();
        isOpen = opened.wait(test::kPatienceMs);
    }
    /// A kept clip as if it had been watched.
    void keep(const QString &id, const QByteArray &bytes)
    {
        StoredFile file;
        file.asset = clipOf(id);
        file.path = u"kept/"_s + file.asset.fileKey() + u".mp4"_s;
        file.bytes = bytes.size();
        file.sha256 = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
        file.at = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
        file.lastShownAt = file.at;
        QDir(folder).mkpath(u"kept"_s);
        QFile out(folder + u'/' + file.path);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(bytes);
        out.close();
        media.adoptKept(file, probeFile(out.fileName()));
    }
    bool exportTo(const QString &path, bool withClips)
    {
        exchange.exportTo(path, withClips);
        return QTest::qWaitFor([this] { return !exchange.isBusy(); }, test::kPatienceMs)
            && exported.size() == 1;
    }
    /// Waits for the end. @return whether it was a good one
    bool importFrom(const QString &path)
    {
        const qsizetype before = imported.size();
        exchange.importFrom(path);
        return QTest::qWaitFor([this] { return !exchange.isBusy(); }, test::kPatienceMs)
            && imported.size() == before + 1;
    }
    [[nodiscard]] ImportReport report() const { return imported.last().at(0).value<ImportReport>(); }
    [[nodiscard]] Error error() const { return failed.last().at(0).value<Error>(); }
    [[nodiscard]] QList<TaskSummary> rows() const
    {
        QList<TaskSummary> rows;
        const QStringList ids = repository.ids();
        for (const QString &id : ids)
            rows.append(*repository.find(id));
        return rows;
    }
    std::optional<Task> task(const QString &id)
    {
        std::optional<Task> task;
        (void)QTest::qWaitFor([&] { return (task = repository.task(id)).has_value(); },
                              test::kPatienceMs);
        return task;
    }

    QString folder;
    Store store;
    TaskRepository repository;
    AssetFetcher fetcher;
    MediaLibrary media;
    DownloadQueue downloads;
    LibraryExchange exchange;
    QSignalSpy exported;
    QSignalSpy imported;
    QSignalSpy failed;
    bool isOpen = false;
};

class TestLibraryExchange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everythingComesBack();
    void withoutClips();
    void importedTwiceNothingChanges();
    void marksAreMergedWithoutLoss();
    void removedAndPresent();
    void newerAnswersLead();
    void otherFilesAreRefused_data();
    void otherFilesAreRefused();
    void aDamagedExportChangesNothing();
    void aDamagedClipIsLeftOut();
    void damagedClipsAreNotExported();
    void anExportOfAnOlderVersion();
    void foldersOfTheUsersAreLeftAlone();
    void theLibraryItselfIsNoTarget();
    void cancelledExportLeavesNothing();
    void cancelledImportKeepsWhatCame();
    void manyTasksComeInSlices();

private:
    [[nodiscard]] QString file() const { return m_folder->filePath(u"all.taskreel"_s); }
    [[nodiscard]] QString here() const { return m_folder->filePath(u"here"_s); }
    [[nodiscard]] QString there() const { return m_folder->filePath(u"there"_s); }
    /// Runs statements on the exported file.
    void alter(const QStringList &statements);
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestLibraryExchange::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestLibraryExchange::alter(const QStringList &statements)
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"alter"_s);
        database.setDatabaseName(file());
        QVERIFY(database.open());
        QSqlQuery query(database);
        for (const QString &statement : statements)
            QVERIFY2(query.exec(statement), qPrintable(statement));
    }
    QSqlDatabase::removeDatabase(u"alter"_s);
}

void TestLibraryExchange::everythingComesBack()
{
    QList<TaskSummary> before;
    std::optional<Task> task;
    StoredFile saved;
    {
        Session session(there());
        QVERIFY(session.isOpen);
        session.repository.add({u"one"_s, u"two"_s, u"three"_s});
        session.repository.merge(answer(u"two"_s, "processing"), true);
        session.repository.merge(answer(u"two"_s, "completed", "b", ""), true);
        session.repository.setMarks(
            u"two"_s, {.starred = true, .rejected = true, .note = u"the best"_s, .tags = {u"sea"_s}});
        session.repository.setMarks(u"three"_s, {.starred = false, .note = u"gone"_s});
        session.repository.remove({u"three"_s});
        QFile out(m_folder->filePath(u"saved.mp4"_s));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write("saved bytes");
        saved = {clipOf(u"two"_s), out.fileName(), 11,
                 QCryptographicHash::hash("saved bytes", QCryptographicHash::Sha256),
                 QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC), {}};
        out.close();
        session.repository.recordSaved(saved);
        session.keep(u"two"_s, test::clipBytes());
        QVERIFY(session.exportTo(file(), true));
        const auto report = session.exported.first().at(0).value<ExportReport>();
        QCOMPARE(report.tasks, 2);
        QCOMPARE(report.clips, 1);
        QCOMPARE(report.clipsLeftOut, 0);
        QVERIFY(report.bytes > test::clipBytes().size());
        QVERIFY(!QFile::exists(file() + u".part"_s));
        before = session.rows();
        task = session.task(u"two"_s);
        QCOMPARE(task->prompt, u"a boat"_s); // of the earlier answer
    }
    Session session(here());
    QVERIFY(session.importFrom(file()));
    QCOMPARE(session.report(), (ImportReport{2, 0, 1, 0, false}));
    QList<TaskSummary> after = session.rows();
    QCOMPARE(after.size(), before.size());
    for (qsizetype i = 0; i < after.size(); ++i) {
        after[i].sequence = before.at(i).sequence; // places are each library's own
        QCOMPARE(after.at(i), before.at(i));
    }
    QCOMPARE(session.task(u"two"_s), task);
    QCOMPARE(after.at(1).saveState, SaveState::Saved);
    const std::optional<LocalMedia> clip = session.media.local(clipOf(u"two"_s));
    QVERIFY(clip);
    QVERIFY(clip->path.startsWith(here() + u"/kept/"_s));
    QFile kept(clip->path);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), test::clipBytes());
    QCOMPARE(QDir(here() + u"/kept"_s).entryList(QDir::Files).size(), 1); // no parts
    QVERIFY(QDir(here()).entryList({u"import-*"_s}, QDir::Dirs).isEmpty());
    // What was removed there comes back as it was when its id is added.
    session.repository.add({u"three"_s});
    QCOMPARE(session.repository.find(u"three"_s)->marks.note, u"gone"_s);
}

void TestLibraryExchange::withoutClips()
{
    Session session(there());
    session.repository.add({u"one"_s});
    session.keep(u"one"_s, test::clipBytes());
    QVERIFY(session.exportTo(file(), false));
    QCOMPARE(session.exported.first().at(0).value<ExportReport>().clips, 0);
    QVERIFY(QFileInfo(file()).size() < test::clipBytes().size());
    Session other(here());
    QVERIFY(other.importFrom(file()));
    QCOMPARE(other.report(), (ImportReport{1, 0, 0, 0, false}));
    QVERIFY(other.media.keptFiles().isEmpty());
}

void TestLibraryExchange::importedTwiceNothingChanges()
{
    Session session(there());
    session.repository.add({u"one"_s});
    session.repository.merge(answer(u"two"_s, "completed"), true);
    session.repository.setMarks(u"two"_s, {.starred = true, .note = u"n"_s, .tags = {u"t"_s}});
    session.keep(u"two"_s, test::clipBytes());
    QVERIFY(session.exportTo(file(), true));
    const QList<TaskSummary> before = session.rows();
    QSignalSpy changed(&session.repository, &TaskRepository::tasksChanged);
    for (int i = 0; i < 2; ++i) {
        QVERIFY(session.importFrom(file()));
        QCOMPARE(session.report(), (ImportReport{0, 2, 0, 0, false}));
    }
    QCOMPARE(session.rows(), before);
    QCOMPARE(changed.size(), 0);
}

void TestLibraryExchange::marksAreMergedWithoutLoss()
{
    {
        Session session(there());
        session.repository.add({u"one"_s, u"two"_s, u"three"_s});
        session.repository.setMarks(u"one"_s,
                                    {.rejected = true, .note = u"theirs"_s, .tags = {u"b"_s, u"c"_s}});
        session.repository.setMarks(u"two"_s, {.note = u"see one"_s});
        QVERIFY(session.exportTo(file(), false));
    }
    Session session(here());
    session.repository.add({u"one"_s, u"two"_s, u"three"_s});
    session.repository.setMarks(u"one"_s,
                                {.starred = true, .note = u"ours"_s, .tags = {u"a"_s, u"B"_s}});
    session.repository.setMarks(u"two"_s, {.note = u"see one and two"_s});
    session.repository.setMarks(u"three"_s, {.starred = true, .note = u"mine"_s});
    QVERIFY(session.importFrom(file()));
    QCOMPARE(session.repository.find(u"one"_s)->marks,
             (TaskMarks{true, true, u"ours\ntheirs"_s, {u"a"_s, u"B"_s, u"c"_s}}));
    QCOMPARE(session.repository.find(u"two"_s)->marks.note, u"see one and two"_s);
    QCOMPARE(session.repository.find(u"three"_s)->marks, (TaskMarks{true, false, u"mine"_s, {}}));
    // And with the next import the notes do not grow.
    QVERIFY(session.importFrom(file()));
    QCOMPARE(session.repository.find(u"one"_s)->marks.note, u"ours\ntheirs"_s);
}

void TestLibraryExchange::removedAndPresent()
{
    {
        Session session(there());
        session.repository.add({u"one"_s, u"two"_s});
        session.repository.remove({u"two"_s});
        QVERIFY(session.exportTo(file(), false));
    }
    Session session(here());
    session.repository.add({u"one"_s, u"two"_s});
    session.repository.remove({u"one"_s});
    QVERIFY(session.importFrom(file()));
    QVERIFY(session.repository.contains(u"one"_s)); // as when its id is pasted
    QVERIFY(session.repository.contains(u"two"_s)); // nothing here is taken away
}

void TestLibraryExchange::newerAnswersLead()
{
    const auto host = [](Session &session, const QString &id) {
        const std::optional<Task> task = session.task(id);
        const Media *medium = task ? task->findMedia(u"works[0].video"_s) : nullptr;
        return medium && !medium->sources.isEmpty() ? medium->sources.first().url : QByteArray();
    };
    {
        Session old(there());
        old.repository.merge(answer(u"finished"_s, "completed", "old"), true);
        old.repository.merge(answer(u"running"_s, "processing", "old"), true);
        QVERIFY(old.exportTo(file(), false));
    }
    Session session(here());
    QTest::qWait(2); // the clock goes on
    session.repository.merge(answer(u"finished"_s, "completed", "new"), true);
    session.repository.merge(answer(u"running"_s, "completed", "new"), true);
    QVERIFY(session.importFrom(file()));
    QCOMPARE(host(session, u"finished"_s), QByteArray("http:/" "/new.example/clip.mp4"));
    QCOMPARE(session.repository.find(u"running"_s)->status, TaskStatus::Completed);
    QFile::remove(file());
    QVERIFY(session.exportTo(file(), false));
    Session old(there());
    QVERIFY(old.importFrom(file()));
    QCOMPARE(old.report().known, 2);
    QCOMPARE(host(old, u"finished"_s), QByteArray("http:/" "/new.example/clip.mp4"));
    QCOMPARE(old.repository.find(u"running"_s)->status, TaskStatus::Completed);
}

void TestLibraryExchange::otherFilesAreRefused_data()
{
    QTest::addColumn<QStringList>("statements");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("text") << QStringList() << ErrorKind::NotMedia;
    QTest::newRow("another program's database")
        << QStringList{u"PRAGMA application_id=7"_s} << ErrorKind::NotMedia;
    QTest::newRow("a newer library")
        << QStringList{u"PRAGMA user_version=%1"_s.arg(libraryVersion() + 1)}
        << ErrorKind::LibraryTooNew;
    QTest::newRow("a newer kind of export")
        << QStringList{u"UPDATE exchange_info SET value='2'"_s} << ErrorKind::LibraryTooNew;
    QTest::newRow("a table is missing")
        << QStringList{u"DROP TABLE answers"_s} << ErrorKind::LibraryBroken;
    QTest::newRow("a column is missing")
        << QStringList{u"ALTER TABLE tasks DROP COLUMN prompt"_s} << ErrorKind::LibraryBroken;
    QTest::newRow("missing") << QStringList{u"-"_s} << ErrorKind::CannotRead;
}

void TestLibraryExchange::otherFilesAreRefused()
{
    QFETCH(const QStringList, statements);
    QFETCH(const ErrorKind, kind);
    Session session(here());
    session.repository.add({u"one"_s});
    QVERIFY(session.exportTo(file(), false));
    if (statements.isEmpty()) {
        QFile out(file());
        QVERIFY(out.open(QIODevice::WriteOnly | QIODevice::Truncate));
        out.write("one two three");
    } else if (statements.first() == u"-"_s) {
        QVERIFY(QFile::remove(file()));
    } else {
        alter(statements);
    }
    QVERIFY(!session.importFrom(file()));
    QCOMPARE(session.failed.size(), 1);
    QCOMPARE(session.error().kind, kind);
    const QString sentence = exchangeErrorSentence(session.error());
    QVERIFY2(sentence.contains(file()) && !sentence.contains(u"set aside"_s), qPrintable(sentence));
    QCOMPARE(session.repository.ids(), QStringList{u"one"_s});
}

void TestLibraryExchange::aDamagedExportChangesNothing()
{
    {
        Session session(there());
        QStringList ids;
        for (int i = 0; i < 400; ++i)
            ids.append(u"task-%1"_s.arg(i));
        session.repository.add(ids);
        QVERIFY(session.exportTo(file(), false));
    }
    QFile out(file());
    QVERIFY(out.open(QIODevice::ReadWrite));
    constexpr qint64 kPage = 4096;
    for (qint64 at = 4 * kPage; at + kPage <= out.size(); at += 2 * kPage) {
        QVERIFY(out.seek(at));
        out.write(QByteArray(kPage, '\x5a'));
    }
    out.close();
    Session session(here());
    QVERIFY(!session.importFrom(file()));
    QCOMPARE(session.error().kind, ErrorKind::LibraryBroken);
    QCOMPARE(session.repository.count(), 0);
}

void TestLibraryExchange::aDamagedClipIsLeftOut()
{
    {
        Session session(there());
        session.repository.add({u"one"_s, u"two"_s});
        session.keep(u"one"_s, test::clipBytes());
        session.keep(u"two"_s, test::otherClipBytes());
        QVERIFY(session.exportTo(file(), true));
        QCOMPARE(session.exported.first().at(0).value<ExportReport>().clips, 2);
    }
    alter({u"UPDATE clip_parts SET data=zeroblob(length(data)) WHERE id=(SELECT MIN(id) FROM "
           "clip_parts)"_s});
    Session session(here());
    QVERIFY(session.importFrom(file()));
    QCOMPARE(session.report(), (ImportReport{2, 0, 1, 1, false}));
    QCOMPARE(session.media.keptFiles().size(), 1);
    QCOMPARE(QDir(here() + u"/kept"_s).entryList(QDir::Files).size(), 1);
}

void TestLibraryExchange::damagedClipsAreNotExported()
{
    Session session(there());
    session.repository.add({u"one"_s, u"two"_s, u"three"_s});
    for (const QString &id : {u"one"_s, u"two"_s, u"three"_s})
        session.keep(id, test::clipBytes());
    QFile damaged(session.media.local(clipOf(u"two"_s))->path);
    QVERIFY(damaged.open(QIODevice::ReadWrite));
    QVERIFY(damaged.seek(damaged.size() - 10));
    damaged.write("damaged");
    damaged.close();
    QVERIFY(QFile::remove(session.media.local(clipOf(u"three"_s))->path));
    QVERIFY(session.exportTo(file(), true));
    const auto report = session.exported.first().at(0).value<ExportReport>();
    QCOMPARE(report.clips, 1);
    QCOMPARE(report.clipsLeftOut, 2);
    Session other(here());
    QVERIFY(other.importFrom(file()));
    QCOMPARE(other.report(), (ImportReport{3, 0, 1, 0, false}));
}

void TestLibraryExchange::anExportOfAnOlderVersion()
{
    // A library of version 1 with what an export adds: as a Taskreel of that time would have written it.
    QFile frozen(QStringLiteral(TEST_DATA_DIR "/libraries/version-1.sql"));
    QVERIFY(frozen.open(QIODevice::ReadOnly));
    QStringList statements =
        QString::fromUtf8(frozen.readAll()).split(u";\n"_s, Qt::SkipEmptyParts);
    statements += {
        u"PRAGMA application_id=%1"_s.arg(kExportApplicationId),
        u"CREATE TABLE exchange_info (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)"_s,
        u"INSERT INTO exchange_info VALUES ('version', '1')"_s,
        u"CREATE TABLE clips (number INTEGER PRIMARY KEY, task_id TEXT NOT NULL, media_key TEXT NOT "
        "NULL, variant TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 BLOB NOT NULL, at INTEGER, "
        "last_shown_at INTEGER)"_s,
        u"CREATE TABLE clip_parts (id INTEGER PRIMARY KEY, data BLOB NOT NULL)"_s};
    statements.removeIf([](const QString &line) { return line.trimmed().isEmpty(); });
    alter(statements);
    Session session(here());
    QVERIFY2(session.importFrom(file()),
             session.failed.isEmpty() ? "" : qPrintable(session.error().detail));
    QVERIFY(session.report().added > 0);
    QCOMPARE(session.repository.count(), session.report().added);
}

void TestLibraryExchange::foldersOfTheUsersAreLeftAlone()
{
    {
        Session session(there());
        session.repository.add({u"one"_s});
        QVERIFY(session.exportTo(file(), false));
    }
    // With --data-dir the library may lie among the user's own folders.
    const QString mine = here() + u"/import-2024"_s;
    QVERIFY(QDir().mkpath(mine));
    Session session(here());
    QVERIFY(session.importFrom(file()));
    QVERIFY(QDir(mine).exists());
    QCOMPARE(QDir(here() + u"/import"_s).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(), 0);
}

void TestLibraryExchange::theLibraryItselfIsNoTarget()
{
    {
        Session session(here());
        session.repository.add({u"one"_s});
        session.keep(u"one"_s, test::clipBytes());
        for (const QString &name : {u"/library.sqlite"_s, u"/kept/mine.taskreel"_s}) {
            const qsizetype before = session.failed.size();
            session.exchange.exportTo(here() + name, false);
            SOON_COMPARE(session.failed.size(), before + 1);
            QCOMPARE(session.error().kind, ErrorKind::CannotWrite);
            QVERIFY(!session.exchange.isBusy());
        }
    }
    Session again(here());
    QCOMPARE(again.repository.ids(), QStringList{u"one"_s});
}

void TestLibraryExchange::cancelledExportLeavesNothing()
{
    Session session(there());
    session.repository.add({u"one"_s});
    session.keep(u"one"_s, test::clipBytes());
    QFile existing(file());
    QVERIFY(existing.open(QIODevice::WriteOnly));
    existing.write("yesterday's");
    existing.close();
    session.exchange.exportTo(file(), true);
    session.exchange.cancel();
    SOON_COMPARE(session.failed.size(), 1);
    QCOMPARE(session.error().kind, ErrorKind::Cancelled);
    QVERIFY(existing.open(QIODevice::ReadOnly));
    QCOMPARE(existing.readAll(), QByteArray("yesterday's"));
    QVERIFY(!QFile::exists(file() + u".part"_s));
    QVERIFY(!session.exchange.isBusy());
}

void TestLibraryExchange::cancelledImportKeepsWhatCame()
{
    {
        Session session(there());
        QStringList ids;
        for (int i = 0; i < 400; ++i)
            ids.append(u"task-%1"_s.arg(i));
        session.repository.add(ids);
        QVERIFY(session.exportTo(file(), false));
    }
    Session session(here());
    QObject::connect(&session.repository, &TaskRepository::tasksAdded, &session.exchange,
                     &LibraryExchange::cancel);
    QVERIFY(session.importFrom(file()));
    QVERIFY(session.report().cancelled);
    QVERIFY(session.report().added > 0 && session.report().added < 400);
    QCOMPARE(session.repository.count(), session.report().added);
}

void TestLibraryExchange::manyTasksComeInSlices()
{
    constexpr int kTasks = 1000;
    {
        Session session(there());
        for (int i = 0; i < kTasks; ++i)
            session.repository.merge(answer(u"task-%1"_s.arg(i), "completed"), true);
        QVERIFY(session.exportTo(file(), false));
    }
    Session session(here());
    qsizetype most = 0;
    QObject::connect(&session.repository, &TaskRepository::tasksAdded, &session.exchange,
                     [&most](const QStringList &ids) { most = std::max(most, ids.size()); });
    QVERIFY(session.importFrom(file()));
    QCOMPARE(session.report().added, kTasks);
    QVERIFY2(most <= 100, qPrintable(QString::number(most)));
    QCOMPARE(session.repository.ids().first(), u"task-0"_s);
    QCOMPARE(session.repository.ids().last(), u"task-999"_s);
}

TASKREEL_TEST_MAIN(TestLibraryExchange, QCoreApplication)
#include "tst_libraryexchange.moc"
