// SPDX-License-Identifier: MIT
// Longer than other files: every case needs the whole row of services that the fixture builds.
#include "core/downloads/downloadqueue.h"
#include "core/formats/filenaming.h"
#include "core/tasks/taskrepository.h"
#include "core/text/errortext.h"
#include "support/isolation.h"
#include "support/mediaserver.h"
#include "support/patience.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace taskreel;
using namespace taskreel::test;
using demo::Response;

static QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

static Response responseWith(const QByteArray &body, int status = 200)
{
    Response response;
    response.body = body;
    response.status = status;
    return response;
}

class DownloadQueueTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void savesEveryResultUnderItsName();
    void savesOneWork();
    void savesBothVariants();
    void existingFilesAreNeverReplaced();
    void whatIsSavedAlreadyIsLeftAlone();
    void keptFilesAreCopied();
    void joinsAFetchThatIsUnderWay();
    void equalNamesOfTwoTasksDoNotMeet();
    void theContentDecidesTheExtension();
    void faultsAreToldOnTheRow_data();
    void faultsAreToldOnTheRow();
    void aFolderThatCannotBeMade();
    void cancelRestoresTheRow();
    void cancelAllLeavesNothing();
    void cancelLeavesOthersAlone();
    void atMostThreeAtOnce();
    void nothingToSave();
    void theAnswerIsReadFromTheStore();
    void goesAwayWhileSaving();
    void removedRowsGoOn_data();
    void removedRowsGoOn();
    void removedRowsCanBeCancelled();
    void removedWhileItsAnswerIsRead();

private:
    /// A completed task with one work for each pair of paths (watermarked, unwatermarked).
    QString addTask(const QString &id, const QList<std::pair<QByteArray, QByteArray>> &works,
                    MediaKind kind = MediaKind::Video);
    [[nodiscard]] const TaskSummary &row(const QString &id) const
    {
        return *m_repository->find(id);
    }
    [[nodiscard]] QStringList files() const;
    [[nodiscard]] QString saveFolder() const { return m_folder->filePath(u"saved"_s); }
    void makeQueue();

    std::unique_ptr<MediaServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TaskRepository> m_repository;
    std::unique_ptr<AssetFetcher> m_fetcher;
    std::unique_ptr<MediaLibrary> m_library;
    std::unique_ptr<DownloadQueue> m_queue;
    std::unique_ptr<QSignalSpy> m_finished;
    std::unique_ptr<QSignalSpy> m_saved;
    std::unique_ptr<QSignalSpy> m_failed;
};

void DownloadQueueTest::init()
{
    m_server = std::make_unique<MediaServer>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_server->serveBytes("/clip", clipBytes());
    m_server->serveBytes("/marked", otherClipBytes());
    Response stall = responseWith(clipBytes());
    stall.stallAfter = 20'000;
    m_server->serve("/stall", stall);
    AssetLimits limits;
    limits.firstRetry = 2ms;
    m_repository = std::make_unique<TaskRepository>(nullptr);
    m_fetcher = std::make_unique<AssetFetcher>(limits);
    m_library = std::make_unique<MediaLibrary>(
        m_fetcher.get(), nullptr,
        MediaLibrary::Places{m_folder->filePath(u"kept"_s), m_folder->filePath(u"cache"_s)}, true);
    makeQueue();
}

void DownloadQueueTest::makeQueue()
{
    m_queue = std::make_unique<DownloadQueue>(
        DownloadQueue::Services{m_repository.get(), m_library.get(), m_fetcher.get(), true});
    m_queue->setFolder(saveFolder());
    m_queue->setPatience({.tries = 1});
    m_queue->setNameTemplate(u"{id8}_{work}"_s);
    m_finished = std::make_unique<QSignalSpy>(m_queue.get(), &DownloadQueue::finished);
    m_saved = std::make_unique<QSignalSpy>(m_queue.get(), &DownloadQueue::saved);
    m_failed = std::make_unique<QSignalSpy>(m_queue.get(), &DownloadQueue::failed);
}

void DownloadQueueTest::cleanup()
{
    m_queue.reset();
    m_library.reset();
    m_fetcher.reset();
    m_repository.reset();
    m_server.reset();
}

QString DownloadQueueTest::addTask(const QString &id,
                                   const QList<std::pair<QByteArray, QByteArray>> &works,
                                   MediaKind kind)
{
    Task task;
    task.id = id;
    task.model = u"kling"_s;
    task.status = TaskStatus::Completed;
    for (int i = 0; i < works.size(); ++i) {
        Media medium;
        medium.key = u"works[%1].video"_s.arg(i);
        medium.kind = kind;
        if (!works.at(i).first.isEmpty())
            medium.sources.append({Variant::Watermarked, m_server->url(works.at(i).first), {}, {}});
        if (!works.at(i).second.isEmpty())
            medium.sources.append(
                {Variant::Unwatermarked, m_server->url(works.at(i).second), {}, {}});
        Work work;
        work.key = u"works[%1]"_s.arg(i);
        work.media = {medium};
        task.works.append(work);
    }
    m_repository->merge({task, R"({"task_id":"x"})"}, true);
    return id;
}

QStringList DownloadQueueTest::files() const
{
    return QDir(saveFolder()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

void DownloadQueueTest::savesEveryResultUnderItsName()
{
    const QString id = addTask(u"aaaaaaaa-1"_s, {{"/marked/0", "/clip/0"}, {"/marked/1", {}}});
    m_queue->saveTasks({id}, VariantWish::Unwatermarked);
    QCOMPARE(row(id).saveState, SaveState::Saving);
    SOON_COMPARE(m_finished->count(), 1);
    QCOMPARE(m_finished->first(), (QVariantList{2, 0}));
    QCOMPARE(files(), (QStringList{u"aaaaaaaa_1.mp4"_s, u"aaaaaaaa_2.mp4"_s}));
    QCOMPARE(readAll(saveFolder() + u"/aaaaaaaa_1.mp4"_s), clipBytes());
    QCOMPARE(readAll(saveFolder() + u"/aaaaaaaa_2.mp4"_s),
             otherClipBytes()); // the only one there is
    QCOMPARE(row(id).saveState, SaveState::Saved);
    QVERIFY(row(id).savedPath.startsWith(saveFolder()));
    QCOMPARE(m_saved->count(), 2);
    SOON_COMPARE(m_queue->totals(), DownloadTotals());
    QCOMPARE(m_finished->count(), 1);
}

void DownloadQueueTest::savesOneWork()
{
    const QString id = addTask(u"aaaaaaaa-1"_s, {{{}, "/clip/0"}, {{}, "/clip/1"}});
    m_queue->saveWork(id, u"works[1]"_s, VariantWish::Unwatermarked);
    SOON_COMPARE(m_finished->count(), 1);
    QCOMPARE(files(), QStringList{u"aaaaaaaa_2.mp4"_s});
    QCOMPARE(row(id).saveState, SaveState::Partly);
}

void DownloadQueueTest::savesBothVariants()
{
    const QString id = addTask(u"aaaaaaaa-1"_s, {{"/marked", "/clip"}});
    m_queue->saveTasks({id}, VariantWish::Both);
    SOON_COMPARE(m_finished->count(), 1);
    QCOMPARE(m_finished->first(), (QVariantList{2, 0}));
    QSet<QByteArray> contents;
    for (const QString &name : files())
        contents.insert(readAll(saveFolder() + u'/' + name));
    QCOMPARE(contents, (QSet<QByteArray>{clipBytes(), otherClipBytes()}));
}

void DownloadQueueTest::existingFilesAreNeverReplaced()
{
    QVERIFY(QDir().mkpath(saveFolder()));
    QFile mine(saveFolder() + u"/aaaaaaaa_1.mp4"_s);
    QVERIFY(mine.open(QIODevice::WriteOnly));
    mine.write("my own words");
    mine.close();
    const QString id = addTask(u"aaaaaaaa-1"_s, {{{}, "/clip"}});
    m_queue->saveTasks({id}, VariantWish::Unwatermarked);
    SOON_COMPARE(m_finished->count(), 1);
    QCOMPARE(readAll(mine.fileName()), "my own words");
    QCOMPARE(readAll(saveFolder() + u"/aaaaaaaa_1 (2).mp4"_s), clipBytes());
}

void DownloadQueueTest::whatIsSavedAlreadyIsLeftAlone()
{
    const QString id = addTask(u"aaaaaaaa-1"_s, {{{}, "/clip"}});
    m_queue->saveTasks({id}, VariantWish::Unwatermarked);
    SOON_COMPARE(m_finished->count(), 1);
    m_queue->saveTasks({id}, VariantWish::Unwatermarked);
    SOON_COMPARE(m_finished->count(), 2);
    QCOMPARE(m_finished->last(), (QVariantList{1, 0}));
    QCOMPARE(files(), QStringList{u"aaaaaaaa_1.mp4"_s});
    QCOMPARE(m_server->asked("/clip"), 1);
    QCOMPARE(row(id).saveState, SaveState::Saved);

    QVERIFY(QFile::remove(row(id).savedPath)); // gone: saved anew
    m_queue->saveTasks({id}, VariantWish::Unwatermarked);
    SOON_COMPARE(m_finished->count(), 3);
    QCOMPARE(m_server->asked("/clip"), 2);
    QCOMPARE(files(), QStringList{u"aaaaaaaa_1.mp4"_s});
}

void DownloadQueueTest::keptFilesAreCopied()
{
    const QString id = addTask(u"aaaaaaaa-1"_s, {{{}, "/clip"}});
    QSignalSpy obtained(m_library.get(), &MediaLibrary::obtained);
    Source source;
    source.url = m_server->url("/clip");
    m_library->obtain({id, u"works[0].video"_s, Variant::Unwatermarked}, source, MediaKind::Video,
                      ObtainPriority::Shown);
    SOON_COMPARE(obtained.count(), 1);
    m_server->service().clearLog();
    m_queue->saveTasks({id}, VariantWish::Unwatermarked);
    SOON_COMPARE(m_finished->count(), 1);
    QCOMPARE(readAll(saveFolder() + u"/aaaaaaaa_1.mp4"_s), clipBytes());
    QCOMPARE(m_server->service().requests().size(), 0);
}

void DownloadQueueTest::joinsAFetchThatIsUnderWay()
{
    Response slow = responseWith(clipBytes());
    slow.chunkBytes = 20'000;
    slow.chunkDelayMs = 60;
    m_server->serve("/slow", slow);
    const QString id = addTask(u"aaaaaaaa-1"_s, {{{}, "/slow"}});
    Source source;
    source.url = m_server->url("/slow");
    m_library->obtain({id, u"works[0].video"_s, Variant::Unwatermarked}, source, MediaKind::Video,
                      ObtainPriority::Shown);
    SOON_COMPARE(m_server->asked("/slow"), 1);
    m_queue->saveTasks({id}, VariantWish::Unwatermarked);
    SOON_COMPARE(m_finished->count(), 1);
    QCOMPARE(m_finished->first(), (QVariantList{1, 0}));
    QCOMPARE(m_server->asked("/slow"), 1);
}

void DownloadQueueTest::equalNamesOfTwoTasksDoNotMeet()
{
    m_queue->setNameTemplate(u"same"_s);
    QStringList ids;
    QSet<QByteArray> sent;
    for (char i = '0'; i < '6'; ++i) {
        const QByteArray path = QByteArray("/clips/") + i;
        const QByteArray clip = clipBytes()
            + QByteArray("\0\0\0\x09"
                         "free",
                         8)
            + i;
        m_server->serveBytes(path, clip);
        sent.insert(clip);
        ids.append(addTask(u"task-%1"_s.arg(QLatin1Char(i)), {{{}, path}}));
    }
    m_queue->saveTasks(ids, VariantWish::Unwatermarked);
    SOON_COMPARE(m_finished->count(), 1);
    QCOMPARE(m_finished->first(), (QVariantList{6, 0}));
    QCOMPARE(files().size(), 6);
    QSet<QByteArray> saved;
    for (const QString &name : files())
        saved.insert(readAll(saveFolder() + u'/' + name));
    QCOMPARE(saved, sent);
}

void DownloadQueueTest::theContentDecidesTheExtension()
{
    m_server->serveBytes("/picture", pictureBytes());
    const QString id = addTask(u"aaaaaaaa-1"_s, {{{}, "/picture"}}, MediaKind::Image);
    m_queue->saveTasks({id}, VariantWish::Unwatermarked);
    SOON_COMPARE(m_finished->count(), 1);
    QCOMPARE(files(), QStringList{u"aaaaaaaa_1.jpg"_s});
}

void DownloadQueueTest::faultsAreToldOnTheRow_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<qint64>("cutAfter");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("HTML page") << QByteArray("<html>login</html>") << 200 << qint64{-1}
                               << ErrorKind::NotMedia;
    QTest::newRow("playlist") << QByteArray("#EXTM3U\n#EXTINF:1,\na.ts\n") << 200 << qint64{-1}
                              << ErrorKind::NotMedia;
    QTest::newRow("dead link") << QByteArray("gone") << 410 << qint64{-1} << ErrorKind::LinkDead;
    QTest::newRow("cut") << clipBytes() << 200 << qint64{50'000} << ErrorKind::ConnectionLost;
}

void DownloadQueueTest::faultsAreToldOnTheRow()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(qint64, cutAfter);
    QFETCH(ErrorKind, kind);
    Response response = responseWith(body, status);
    response.cutAfter = cutAfter;
    m_server->serve("/bad", response);
    const QString bad = addTask(u"aaaaaaaa-1"_s, {{{}, "/bad"}});
    const QString good = addTask(u"bbbbbbbb-1"_s, {{{}, "/clip"}});
    m_queue->saveTasks({bad, good}, VariantWish::Unwatermarked);
    SOON_COMPARE(m_finished->count(), 1);
    QCOMPARE(m_finished->first(), (QVariantList{1, 1}));
    QCOMPARE(m_failed->count(), 1);
    const Error error = m_failed->first().at(1).value<Error>();
    QCOMPARE(error.kind, kind);
    QCOMPARE(row(bad).saveState, SaveState::Failed);
    QCOMPARE(row(bad).saveError, errorSentence(error, Retry::ByHand));
    QCOMPARE(row(good).saveState, SaveState::Saved);
    QCOMPARE(files(), QStringList{u"bbbbbbbb_1.mp4"_s});
}

void DownloadQueueTest::aFolderThatCannotBeMade()
{
    QFile inTheWay(saveFolder());
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    const QString id = addTask(u"aaaaaaaa-1"_s, {{{}, "/clip"}});
    m_queue->saveTasks({id}, VariantWish::Unwatermarked);
    SOON_COMPARE(m_finished->count(), 1);
    QCOMPARE(m_failed->first().at(1).value<Error>().kind, ErrorKind::CannotWrite);
    QCOMPARE(m_server->service().requests().size(), 0);
}

void DownloadQueueTest::cancelRestoresTheRow()
{
    const QString id = addTask(u"aaaaaaaa-1"_s, {{{}, "/stall"}});
    m_queue->saveTasks({id}, VariantWish::Unwatermarked);
    SOON_COMPARE(files(), QStringList{u"aaaaaaaa_1.mp4.part"_s});
    m_queue->cancelTask(id);
    SOON_COMPARE(m_finished->count(), 1);
    QCOMPARE(m_finished->first(), (QVariantList{0, 0}));
    QCOMPARE(files(), QStringList());
    QCOMPARE(row(id).saveState, SaveState::NotSaved);
    QCOMPARE(m_failed->count(), 0);
}

void DownloadQueueTest::cancelAllLeavesNothing()
{
    QStringList ids;
    for (int i = 0; i < 8; ++i)
        ids.append(addTask(u"task-%1"_s.arg(i), {{{}, "/stall/" + QByteArray::number(i)}}));
    m_queue->saveTasks(ids, VariantWish::Unwatermarked);
    SOON_COMPARE(m_server->asked("/stall"), 3);
    QCOMPARE(m_queue->totals().running, 3);
    QCOMPARE(m_queue->totals().waiting, 5);
    m_queue->cancelAll();
    QCOMPARE(m_finished->count(), 0); // never inside the call
    SOON_COMPARE(m_finished->count(), 1);
    QCOMPARE(files(), QStringList());
    for (const QString &id : std::as_const(ids))
        QCOMPARE(row(id).saveState, SaveState::NotSaved);
    QCOMPARE(m_server->asked("/stall"), 3);
}

void DownloadQueueTest::cancelLeavesOthersAlone()
{
    const QString one = addTask(u"aaaaaaaa-1"_s, {{{}, "/stall"}});
    const QString two = addTask(u"bbbbbbbb-1"_s, {{{}, "/clip"}});
    m_queue->saveTasks({one, two}, VariantWish::Unwatermarked);
    m_queue->cancelTask(one);
    SOON_COMPARE(m_finished->count(), 1);
    QCOMPARE(m_finished->first(), (QVariantList{1, 0}));
    QCOMPARE(files(), QStringList{u"bbbbbbbb_1.mp4"_s});
}

void DownloadQueueTest::atMostThreeAtOnce()
{
    Response slow = responseWith(clipBytes());
    slow.delayMs = 30;
    m_server->serve("/slow", slow);
    QStringList ids;
    for (int i = 0; i < 9; ++i)
        ids.append(addTask(u"task-%1"_s.arg(i), {{{}, "/slow/" + QByteArray::number(i)}}));
    QSignalSpy totals(m_queue.get(), &DownloadQueue::totalsChanged);
    QElapsedTimer clock;
    clock.start();
    m_queue->saveTasks(ids, VariantWish::Unwatermarked);
    m_queue->saveTasks(ids, VariantWish::Unwatermarked); // twice the same: once
    SOON_COMPARE(m_finished->count(), 1);
    QCOMPARE(m_finished->first(), (QVariantList{9, 0}));
    QVERIFY(m_server->service().mostAtOnce() <= 3);
    QVERIFY(m_server->service().mostAtOnce() >= 2);
    QVERIFY(totals.count() <= clock.elapsed() / 250 + 1);
}

void DownloadQueueTest::nothingToSave()
{
    Task pending;
    pending.id = u"pending"_s;
    pending.status = TaskStatus::Processing;
    m_repository->merge({pending, "{}"}, true);
    m_repository->add({u"never-asked"_s});
    QSignalSpy nothing(m_queue.get(), &DownloadQueue::nothingToSave);
    m_queue->saveTasks({u"pending"_s, u"never-asked"_s, u"unknown"_s}, VariantWish::Both);
    QCOMPARE(nothing.count(), 0);
    SOON_COMPARE(nothing.count(), 1);
    QCOMPARE(nothing.first().first().toStringList(),
             (QStringList{u"pending"_s, u"never-asked"_s, u"unknown"_s}));
    QCOMPARE(m_finished->count(), 0);
    QCOMPARE(row(u"pending"_s).saveState, SaveState::NotSaved);
}

/// After a restart the full task comes from the library on disk.
void DownloadQueueTest::theAnswerIsReadFromTheStore()
{
    const QByteArray url = m_server->url("/clip");
    const Result<ReadAnswer> answer = readAnswer(
        R"({"code":200,"data":{"task_id":"5b8a86c8-6bd1-4a1e-9a43-6f5b1f6b0a01","model":"kling",)"
        R"("status":"completed","output":{"works":[{"video":{"resource_without_watermark":")"
            + url + R"("}}]}}})",
        200);
    QVERIFY(answer);
    const QString path = m_folder->filePath(u"library.sqlite"_s);
    const QString id = answer->task.id;
    {
        Store store(path);
        TaskRepository repository(&store);
        QSignalSpy opened(&store, &Store::opened);
        store.open();
        SOON_COMPARE(opened.count(), 1);
        repository.merge(*answer, true);
        repository.flush();
    }
    m_queue.reset();
    Store store(path);
    m_repository = std::make_unique<TaskRepository>(&store);
    connect(&store, &Store::opened, m_repository.get(),
            [this](const StoredLibrary &library) { m_repository->load(library.tasks); });
    store.open();
    SOON_COMPARE(m_repository->count(), 1);
    makeQueue();
    m_queue->saveTasks({id}, VariantWish::Unwatermarked);
    SOON_COMPARE(m_finished->count(), 1);
    QCOMPARE(m_finished->first(), (QVariantList{1, 0}));
    QCOMPARE(files().size(), 1);
    m_queue.reset();
    m_repository.reset();
}

void DownloadQueueTest::goesAwayWhileSaving()
{
    const QString id = addTask(u"aaaaaaaa-1"_s, {{{}, "/stall"}});
    m_queue->saveTasks({id}, VariantWish::Unwatermarked);
    SOON_COMPARE(files().size(), 1);
    m_queue.reset();
    m_library.reset();
    m_fetcher.reset();
    QCOMPARE(files(), QStringList());
}

void DownloadQueueTest::removedRowsGoOn_data()
{
    QTest::addColumn<QString>("rowId");
    QTest::newRow("as it is") << u"b3efc0ab-3fdb-4b88-b20a-94eef777e125"_s;
    QTest::newRow("pasted in capitals") << u"B3EFC0AB-3FDB-4B88-B20A-94EEF777E125"_s;
}

void DownloadQueueTest::removedRowsGoOn()
{
    QFETCH(const QString, rowId);
    Response slow = responseWith(clipBytes());
    slow.chunkBytes = 20'000;
    slow.chunkDelayMs = 40;
    m_server->serve("/slow", slow);
    m_repository->add({rowId});
    addTask(rowId.toLower(), {{{}, "/slow"}, {{}, "/clip"}});
    m_queue->setParallel(1); // the second one still waits
    m_queue->saveTasks({rowId}, VariantWish::Unwatermarked);
    SOON_COMPARE(m_server->asked("/slow"), 1);
    m_repository->remove({rowId});
    SOON_COMPARE(m_finished->count(), 1);
    QCOMPARE(m_finished->first(), (QVariantList{2, 0}));
    QCOMPARE(files().size(), 2);
    QVERIFY(!m_repository->contains(rowId));
    m_repository->restore({rowId});
    QCOMPARE(row(rowId).saveState, SaveState::Saved);
}

void DownloadQueueTest::removedRowsCanBeCancelled()
{
    const QString id = addTask(u"aaaaaaaa-1"_s, {{{}, "/stall"}});
    m_queue->saveTasks({id}, VariantWish::Unwatermarked);
    SOON_COMPARE(m_server->asked("/stall"), 1);
    m_repository->remove({id});
    m_queue->cancelAll();
    SOON_COMPARE(m_finished->count(), 1);
    m_repository->restore({id});
    QCOMPARE(row(id).saveState, SaveState::NotSaved); // not for ever on its way
}

void DownloadQueueTest::removedWhileItsAnswerIsRead()
{
    const Result<ReadAnswer> answer = readAnswer(
        R"({"code":200,"data":{"task_id":"5b8a86c8-6bd1-4a1e-9a43-6f5b1f6b0a01","model":"kling",)"
        R"("status":"completed","output":{"video_url":")"
            + m_server->url("/clip") + R"("}}})",
        200);
    QVERIFY(answer);
    const QString path = m_folder->filePath(u"library.sqlite"_s);
    const QString id = answer->task.id;
    TaskSummary summary;
    {
        Store store(path);
        TaskRepository repository(&store);
        QSignalSpy opened(&store, &Store::opened);
        store.open();
        SOON_COMPARE(opened.count(), 1);
        repository.merge(*answer, true);
        summary = *repository.find(id);
        repository.flush();
    }
    m_queue.reset();
    Store store(path);
    QSignalSpy opened(&store, &Store::opened);
    store.open();
    SOON_COMPARE(opened.count(), 1);
    m_repository = std::make_unique<TaskRepository>(&store);
    m_repository->load({summary});
    makeQueue();
    m_queue->saveTasks({id}, VariantWish::Unwatermarked);
    m_repository->remove({id}); // before the disk could say what there is to save
    SOON_COMPARE(m_finished->count(), 1);
    QCOMPARE(m_finished->first(), (QVariantList{1, 0}));
    QCOMPARE(files().size(), 1);
    m_queue.reset();
    m_repository.reset(); // before the store
}

TASKREEL_TEST_MAIN(DownloadQueueTest, QCoreApplication)
#include "tst_downloadqueue.moc"
