// SPDX-License-Identifier: MIT
// Longer than other files: every case opens the one file that earlier cases describe.
#include "core/store/migrations.h"
#include "core/store/store.h"
#include "support/isolation.h"
#include "support/patience.h"

#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace taskreel;

static const QString kWriteAndWait = u"--write-and-wait"_s;

static TaskSummary fullRow(const QString &id, qint64 sequence)
{
    const auto time = [](qint64 ms) { return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC); };
    TaskSummary row;
    row.id = id;
    row.model = u"kling"_s;
    row.taskType = u"video_generation"_s;
    row.status = TaskStatus::Processing;
    row.rawStatus = u"Processing\t"_s;
    row.prompt = u"a fox — 狐 — ' \" ; DROP TABLE tasks"_s;
    row.errorText = u"none"_s;
    row.createdAt = time(1'700'000'000'123);
    row.endedAt = time(1'700'000'100'456);
    row.percent = 62.5;
    row.cost = 0.26;
    row.kind = MediaKind::Video;
    row.size = QSize(1440, 1440);
    row.durationMs = 5100;
    row.resultCount = 2;
    row.hasWatermarked = true;
    row.hasUnwatermarked = true;
    row.hasCover = true;
    row.sequence = sequence;
    row.addedAt = time(1'700'000'200'000);
    row.answeredAt = time(1'700'000'300'000);
    row.nextCheckAt = time(1'700'000'400'000);
    row.lastError = {ErrorKind::ServerFault, 502, u"gateway"_s, u"html"_s, -1};
    row.failedTries = 3;
    row.saveState = SaveState::Partly;
    row.saveError = u"no room"_s;
    row.savedPath = u"/videos/a.mp4"_s;
    row.marks.starred = true;
    row.marks.rejected = true;
    row.marks.note = u"the second one\nhas the better sky"_s;
    row.marks.tags = {u"client"_s, u"Sky, wide"_s};
    row.startedAt = time(1'700'000'050'000);
    row.expiresAt = time(1'700'000'900'000);
    return row;
}

static StoredFile storedFile(const QString &taskId, const QString &path)
{
    StoredFile file;
    file.asset = {taskId, u"works[0].video"_s, Variant::Unwatermarked};
    file.path = path;
    file.bytes = 5'000'000'000;
    file.sha256 = QByteArray(32, '\x7f');
    file.at = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
    return file;
}

/// The child of survivesSigkill(): says when its batch is on disk, then waits to be killed.
static int writeAndWait(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    Store store(app.arguments().at(2));
    StoreBatch batch;
    batch.upserts = {fullRow(u"killed-1"_s, 1)};
    batch.answers = {{u"killed-1"_s, R"({"task_id":"killed-1"})", {}}};
    QObject::connect(&store, &Store::opened, &store, [&] { store.apply(batch); });
    QObject::connect(&store, &Store::committed, &store, [] {
        std::puts("committed");
        std::fflush(stdout);
    });
    store.open();
    return QCoreApplication::exec();
}

class TestStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void givesBackWhatWasWritten();
    void commitsInOrderAndAnnouncesEach();
    void keepsAnswersApart();
    void removedRowsComeBackOrArePurged();
    void waitsForQueuedBatchesAtTheEnd();
    void survivesSigkill();
    void refusesANewerLibrary();
    void setsACorruptLibraryAside_data();
    void setsACorruptLibraryAside();
    void reportsAnUnusableFolder();
    void writesLaterWhatTheDiskRefused();
    void aBatchThatCannotSucceedDoesNotBlockOthers();
    void migratesInOneTransactionAVersion();
    void takesOverEveryOlderVersion_data();
    void takesOverEveryOlderVersion();
    void loadsTenThousandRowsQuickly();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"library.sqlite"_s); }
    StoredLibrary load();
    void write(const StoreBatch &batch);
    void sql(const QString &statement);
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files, QDir::Name);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

StoredLibrary TestStore::load()
{
    Store store(path());
    QSignalSpy opened(&store, &Store::opened);
    store.open();
    return opened.wait(test::kPatienceMs) ? opened.at(0).at(0).value<StoredLibrary>()
                                          : StoredLibrary();
}

void TestStore::write(const StoreBatch &batch)
{
    Store store(path());
    store.open();
    store.apply(batch);
}

void TestStore::sql(const QString &statement)
{
    const QString name = u"test-"_s + QString::number(qHash(statement));
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(path());
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY2(query.exec(statement), qPrintable(statement));
    }
    QSqlDatabase::removeDatabase(name);
}

void TestStore::givesBackWhatWasWritten()
{
    TaskSummary bare;
    bare.id = u"bare"_s;
    bare.sequence = 1;
    bare.addedAt = QDateTime::fromMSecsSinceEpoch(5, Qt::UTC);
    StoreBatch batch;
    batch.upserts = {fullRow(u"full"_s, 2), bare};
    StoredFile kept = storedFile(u"full"_s, u"kept/ab.mp4"_s);
    kept.lastShownAt = kept.at.addSecs(60);
    batch.kept = {kept};
    batch.saved = {storedFile(u"full"_s, u"/videos/a.mp4"_s),
                   storedFile(u"full"_s, u"/videos/a (2).mp4"_s)};
    write(batch);

    const StoredLibrary library = load();
    QCOMPARE(library.tasks, (QList<TaskSummary>{bare, fullRow(u"full"_s, 2)}));
    QCOMPARE(library.kept, batch.kept);
    QCOMPARE(library.saved, batch.saved);
}

void TestStore::commitsInOrderAndAnnouncesEach()
{
    Store store(path());
    QSignalSpy committed(&store, &Store::committed);
    store.open();
    TaskSummary row = fullRow(u"a"_s, 1);
    QList<quint64> given;
    for (int i = 0; i < 20; ++i) {
        row.failedTries = i;
        StoreBatch batch;
        batch.upserts = {row};
        given.append(store.apply(batch));
    }
    SOON_COMPARE(committed.size(), 20);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(committed.at(i).at(0).toULongLong(), given.at(i));
    QCOMPARE(load().tasks.at(0).failedTries, 19);
}

void TestStore::keepsAnswersApart()
{
    StoreBatch batch;
    batch.upserts = {fullRow(u"a"_s, 1), fullRow(u"b"_s, 2)};
    batch.answers = {{u"a"_s, QByteArray(300'000, 'x'), {"older", "oldest"}}};
    write(batch);
    batch = {};
    batch.answers = {{u"a"_s, "newest", {"older"}}};

    Store store(path());
    QSignalSpy read(&store, &Store::answerRead);
    store.open();
    store.requestAnswer(u"a"_s);
    store.apply(batch);
    store.requestAnswer(u"a"_s);
    store.requestAnswer(u"b"_s);
    SOON_COMPARE(read.size(), 3);
    QCOMPARE(read.at(0).at(1).toByteArray(), QByteArray(300'000, 'x'));
    QCOMPARE(read.at(0).at(2).value<QByteArrayList>(), (QByteArrayList{"older", "oldest"}));
    QCOMPARE(read.at(1).at(1).toByteArray(), "newest");
    QCOMPARE(read.at(1).at(2).value<QByteArrayList>(), QByteArrayList{"older"});
    QCOMPARE(read.at(2).at(1).toByteArray(), QByteArray());
}

void TestStore::removedRowsComeBackOrArePurged()
{
    StoreBatch batch;
    batch.upserts = {fullRow(u"kept"_s, 1), fullRow(u"recent"_s, 2), fullRow(u"old"_s, 3),
                     fullRow(u"back"_s, 4)};
    batch.answers = {{u"old"_s, "{}", {"[]"}}};
    batch.removals = {u"recent"_s, u"old"_s, u"back"_s};
    batch.saved = {storedFile(u"old"_s, u"/videos/old.mp4"_s)};
    write(batch);
    batch = {};
    batch.restorals = {u"back"_s};
    write(batch);
    const qint64 longAgo = QDateTime::currentDateTimeUtc().addDays(-31).toMSecsSinceEpoch();
    sql(u"UPDATE tasks SET removed_at = %1 WHERE id = 'old'"_s.arg(longAgo));

    const StoredLibrary library = load();
    QCOMPARE(library.tasks, (QList<TaskSummary>{fullRow(u"kept"_s, 1), fullRow(u"back"_s, 4)}));
    QCOMPARE(library.removed, QList<TaskSummary>{fullRow(u"recent"_s, 2)});
    QCOMPARE(library.saved.size(), 1);

    Store store(path());
    QSignalSpy read(&store, &Store::answerRead);
    store.open();
    store.requestAnswer(u"old"_s);
    SOON_COMPARE(read.size(), 1);
    QVERIFY(read.at(0).at(1).toByteArray().isEmpty());
    QVERIFY(read.at(0).at(2).value<QByteArrayList>().isEmpty());
}

void TestStore::waitsForQueuedBatchesAtTheEnd()
{
    {
        Store store(path());
        store.open();
        for (int i = 0; i < 100; ++i) {
            StoreBatch batch;
            batch.upserts = {fullRow(QString::number(i), i)};
            store.apply(batch);
        }
    }
    QCOMPARE(load().tasks.size(), 100);
}

void TestStore::survivesSigkill()
{
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(), {kWriteAndWait, path()});
    SOON_VERIFY(child.canReadLine());
    QCOMPARE(child.readLine(), "committed\n");
    child.kill();
    SOON_COMPARE(child.state(), QProcess::NotRunning);
    QCOMPARE(child.exitStatus(), QProcess::CrashExit);

    QCOMPARE(load().tasks, QList<TaskSummary>{fullRow(u"killed-1"_s, 1)});
    Store store(path());
    QSignalSpy read(&store, &Store::answerRead);
    store.open();
    store.requestAnswer(u"killed-1"_s);
    SOON_COMPARE(read.size(), 1);
    QCOMPARE(read.at(0).at(1).toByteArray(), R"({"task_id":"killed-1"})");
}

void TestStore::refusesANewerLibrary()
{
    StoreBatch batch;
    batch.upserts = {fullRow(u"a"_s, 1)};
    write(batch);
    sql(u"PRAGMA user_version = %1"_s.arg(libraryVersion() + 1));
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    const QStringList filesBefore = files();

    Store store(path());
    QSignalSpy failed(&store, &Store::openFailed);
    QSignalSpy opened(&store, &Store::opened);
    QSignalSpy writeFailed(&store, &Store::writeFailed);
    store.open();
    store.apply(batch);
    SOON_COMPARE(writeFailed.size(), 1);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<Error>().kind, ErrorKind::LibraryTooNew);
    QCOMPARE(opened.size(), 0);
    QVERIFY(file.seek(0));
    QCOMPARE(file.readAll(), before);
    QCOMPARE(files(), filesBefore);
}

void TestStore::setsACorruptLibraryAside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("at"); // -1: the whole file
    QTest::newRow("not a database") << QByteArray("<!DOCTYPE html><html></html>") << -1;
    QTest::newRow("long, not a database") << QByteArray(100'000, 'z') << -1;
    QTest::newRow("cut header") << QByteArray("SQLite format 3\0abc", 19) << -1;
    QTest::newRow("damaged page of rows") << QByteArray(6000, '\xee') << 4096;
}

void TestStore::setsACorruptLibraryAside()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, at);
    StoreBatch batch;
    batch.upserts = {fullRow(u"a"_s, 1)};
    write(batch);
    QFile file(path());
    QVERIFY(file.open(at < 0 ? QIODevice::WriteOnly : QIODevice::ReadWrite));
    QVERIFY(file.seek(qMax(0, at)));
    QCOMPARE(file.write(bytes), bytes.size());
    file.close();
    QFile wal(path() + u"-wal"_s);
    QVERIFY(wal.open(QIODevice::WriteOnly));
    wal.close();

    Store store(path());
    QSignalSpy aside(&store, &Store::setAside);
    QSignalSpy opened(&store, &Store::opened);
    QSignalSpy committed(&store, &Store::committed);
    store.open();
    store.apply(batch);
    SOON_COMPARE(committed.size(), 1);
    QCOMPARE(aside.size(), 1);
    QCOMPARE(opened.size(), 1);
    QVERIFY(opened.at(0).at(0).value<StoredLibrary>().tasks.isEmpty());
    const QString newPath = aside.at(0).at(0).toString();
    QVERIFY2(newPath.contains(u"library-broken-"_s), qPrintable(newPath));
    QFile old(newPath);
    QVERIFY(old.open(QIODevice::ReadOnly));
    QVERIFY(old.readAll().contains(bytes));
}

void TestStore::reportsAnUnusableFolder()
{
    QFile file(m_folder->filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    Store store(m_folder->filePath(u"file/library.sqlite"_s));
    QSignalSpy failed(&store, &Store::openFailed);
    QSignalSpy unread(&store, &Store::answerReadFailed);
    store.open();
    store.requestAnswer(u"a"_s);
    SOON_COMPARE(unread.size(), 1);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<Error>().kind, ErrorKind::CannotWrite);
    QVERIFY(failed.at(0).at(0).value<Error>().detail.contains(u"file"_s));
}

void TestStore::writesLaterWhatTheDiskRefused()
{
    Store store(path());
    QSignalSpy opened(&store, &Store::opened);
    QSignalSpy committed(&store, &Store::committed);
    QSignalSpy failed(&store, &Store::writeFailed);
    store.open();
    SOON_COMPARE(opened.size(), 1);
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        other.setDatabaseName(path());
        QVERIFY(other.open());
        QSqlQuery lock(other);
        QVERIFY(lock.exec(u"BEGIN IMMEDIATE"_s));
        StoreBatch batch;
        batch.upserts = {fullRow(u"a"_s, 1)};
        store.apply(batch);
        SOON_COMPARE(failed.size(), 1);
        QVERIFY(lock.exec(u"ROLLBACK"_s));
    }
    QSqlDatabase::removeDatabase(u"other"_s);
    const Error error = failed.at(0).at(1).value<Error>();
    QCOMPARE(error.kind, ErrorKind::CannotWrite);
    QVERIFY2(error.message.contains(u"locked"_s), qPrintable(error.message));
    StoreBatch batch;
    batch.upserts = {fullRow(u"b"_s, 2)};
    store.apply(batch);
    SOON_COMPARE(committed.size(), 2);
    QCOMPARE(committed.at(0).at(0).toULongLong(), failed.at(0).at(0).toULongLong());
    QCOMPARE(failed.size(), 1);
}

void TestStore::aBatchThatCannotSucceedDoesNotBlockOthers()
{
    Store store(path());
    QSignalSpy committed(&store, &Store::committed);
    QSignalSpy failed(&store, &Store::writeFailed);
    store.open();
    StoreBatch bad;
    bad.upserts = {fullRow(u"a"_s, 1)};
    bad.answers = {{u"no such row"_s, "{}", {}}};
    store.apply(bad);
    StoreBatch good;
    good.upserts = {fullRow(u"b"_s, 2)};
    store.apply(good);
    SOON_COMPARE(committed.size(), 1);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(1).value<Error>().kind, ErrorKind::Other);
    // The refused batch left nothing half-written.
    QCOMPARE(load().tasks, QList<TaskSummary>{fullRow(u"b"_s, 2)});
}

void TestStore::migratesInOneTransactionAVersion()
{
    // A file whose second statement fails must stay at its version, without the first one's table.
    sql(u"CREATE TABLE answers (odd TEXT)"_s);
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"migrate"_s);
        database.setDatabaseName(path());
        QVERIFY(database.open());
        QVERIFY(!migrateLibrary(database));
        QCOMPARE(database.tables(), QStringList{u"answers"_s});
        QSqlQuery query(database);
        QVERIFY(query.exec(u"PRAGMA user_version"_s) && query.next());
        QCOMPARE(query.value(0).toInt(), 0);
        QVERIFY(query.exec(u"DROP TABLE answers"_s));
        QVERIFY(migrateLibrary(database));
        QVERIFY(migrateLibrary(database)); // nothing to do
    }
    QSqlDatabase::removeDatabase(u"migrate"_s);
    StoreBatch batch;
    batch.upserts = {fullRow(u"a"_s, 1)};
    write(batch);
    QCOMPARE(load().tasks.size(), 1);
}

void TestStore::takesOverEveryOlderVersion_data()
{
    QTest::addColumn<int>("version");
    for (int version = 1; version < libraryVersion(); ++version)
        QTest::addRow("version %d", version) << version;
}

void TestStore::takesOverEveryOlderVersion()
{
    // Frozen as that version of the program wrote it; a new version needs its file here.
    QFETCH(const int, version);
    QFile file(QStringLiteral(TEST_DATA_DIR) + u"/libraries/version-%1.sql"_s.arg(version));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
    const QStringList statements = QString::fromUtf8(file.readAll()).split(u";\n"_s, Qt::SkipEmptyParts);
    for (const QString &statement : statements)
        sql(statement);
    const QList<TaskSummary> tasks = load().tasks;
    QCOMPARE(tasks.size(), 1);
    QCOMPARE(tasks.at(0).id, u"old"_s);
    QCOMPARE(tasks.at(0).prompt, u"a fox"_s);
    QCOMPARE(tasks.at(0).size, QSize(1440, 1440));
    QCOMPARE(tasks.at(0).status, TaskStatus::Completed);
    QVERIFY(tasks.at(0).marks.starred);
    StoreBatch batch;
    batch.upserts = {fullRow(u"new"_s, 8)};
    write(batch);
    QCOMPARE(load().tasks.at(1), fullRow(u"new"_s, 8));
}

void TestStore::loadsTenThousandRowsQuickly()
{
    StoreBatch batch;
    for (int i = 0; i < 10'000; ++i)
        batch.upserts.append(fullRow(QString::number(i), i));
    write(batch);
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(load().tasks.size(), 10'000);
    qInfo("10,000 rows in %lld ms", clock.elapsed());
    QVERIFY(clock.elapsed() < 10'000); // a release build: some 40 ms; this one under any load
}

int main(int argc, char *argv[])
{
    taskreel::test::isolate();
    if (argc == 3 && QString::fromLocal8Bit(argv[1]) == kWriteAndWait)
        return writeAndWait(argc, argv);
    QCoreApplication app(argc, argv);
    TestStore test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_store.moc"
