// SPDX-License-Identifier: MIT
// Longer than other files: every case ends and begins the same world of service, library and folder.
// Downloads that are paused, put in another order, or left by an earlier run.
#include "downloadworld.h"
#include "support/isolation.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using namespace taskreel;
using namespace taskreel::test;
using demo::Response;

static constexpr qsizetype kSize = 600'000;

class DownloadResumeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void pauseKeepsTheBytes();
    void anEndKeepsTheBytes();
    void aLeftOneWaitsForLeave();
    void aLeftOneThatIsResumedGoesOnAgain();
    void theLastOrderCounts();
    void aFailedFileOfManyIsTriedAgain();
    void aCompleteOneIsOnlyNamed_data();
    void aCompleteOneIsOnlyNamed();
    void theOrderIsKept();
    void cancelTakesThePartAway();
    void oneHostAtATime();
    void theSpeedLimitHolds();
    void passingFaultsAreTriedLater();
    void conflicts_data();
    void conflicts();
    void askedOnceForAll();
    void anotherProgramsPartIsLeftAlone();

private:
    /// A clip of its own at /ID, which comes slowly once, then at once.
    void addSlow(const QString &id);
    [[nodiscard]] static QByteArray clipOf(const QString &id)
    {
        return DownloadWorld::clip(kSize, id.back().toLatin1());
    }
    [[nodiscard]] qint64 partBytes(const QString &id) const
    {
        return m_world->content(id + u".mp4.part"_s).size();
    }

    std::unique_ptr<DownloadWorld> m_world;
};

void DownloadResumeTest::init()
{
    m_world = std::make_unique<DownloadWorld>();
    m_world->open();
}

void DownloadResumeTest::cleanup()
{
    m_world.reset();
}

void DownloadResumeTest::addSlow(const QString &id)
{
    Response fast;
    fast.body = clipOf(id);
    fast.etag = "\"" + id.toLatin1() + "\"";
    Response slow = fast;
    slow.chunkBytes = 20'000;
    slow.chunkDelayMs = 20;
    const QByteArray path = "/" + id.toLatin1();
    m_world->server().serveInTurn(path, {slow, fast});
    m_world->setUrl(m_world->server().url(path));
    m_world->addTask(id);
}

void DownloadResumeTest::pauseKeepsTheBytes()
{
    addSlow(u"task-1"_s);
    m_world->save(u"task-1"_s);
    SOON_VERIFY(partBytes(u"task-1"_s) > 100'000);
    m_world->queue().pause({m_world->asset(u"task-1"_s)});
    SOON_COMPARE(m_world->state(u"task-1"_s), DownloadState::Paused);
    const qint64 safe = partBytes(u"task-1"_s);
    QVERIFY(safe > 100'000 && safe < kSize);
    m_world->server().service().clearLog();
    m_world->queue().resume({m_world->asset(u"task-1"_s)});
    SOON_COMPARE(m_world->state(u"task-1"_s), DownloadState::Done);
    QVERIFY(m_world->content(u"task-1.mp4"_s) == clipOf(u"task-1"_s));
    QCOMPARE(m_world->bytesSent("/task-1"), kSize - safe);
}

void DownloadResumeTest::anEndKeepsTheBytes()
{
    addSlow(u"task-1"_s);
    m_world->save(u"task-1"_s);
    SOON_VERIFY(partBytes(u"task-1"_s) > 100'000);
    m_world->close();
    const qint64 safe = partBytes(u"task-1"_s);
    QVERIFY(safe > 100'000 && safe < kSize);
    m_world->server().service().clearLog();
    m_world->open();
    QCOMPARE(m_world->queue().leftCount(), 1);
    m_world->queue().continueLeft();
    SOON_COMPARE(m_world->state(u"task-1"_s), DownloadState::Done);
    QCOMPARE(m_world->files(), QStringList{u"task-1.mp4"_s});
    QVERIFY(m_world->content(u"task-1.mp4"_s) == clipOf(u"task-1"_s));
    QCOMPARE(m_world->bytesSent("/task-1"), kSize - safe);
    m_world->close();
    m_world->open();
    QCOMPARE(m_world->queue().list()->size(), 0);
}

void DownloadResumeTest::aLeftOneWaitsForLeave()
{
    addSlow(u"task-1"_s);
    addSlow(u"task-2"_s);
    m_world->save(u"task-1"_s);
    m_world->save(u"task-2"_s);
    m_world->queue().pause({m_world->asset(u"task-2"_s)});
    SOON_COMPARE(m_world->state(u"task-2"_s), DownloadState::Paused);
    SOON_VERIFY(partBytes(u"task-1"_s) > 0);
    m_world->close();
    m_world->server().service().clearLog();
    m_world->open();
    QCOMPARE(m_world->queue().leftCount(), 1);
    QCOMPARE(m_world->state(u"task-2"_s), DownloadState::Paused);
    addSlow(u"task-3"_s);
    m_world->save(u"task-3"_s);
    SOON_COMPARE(m_world->state(u"task-3"_s), DownloadState::Done);
    QCOMPARE(m_world->server().asked("/task-1"), 0);
    m_world->queue().continueLeft();
    SOON_COMPARE(m_world->state(u"task-1"_s), DownloadState::Done);
    QCOMPARE(m_world->state(u"task-2"_s), DownloadState::Paused);
    m_world->queue().cancelAll();
    SOON_COMPARE(m_world->files(), (QStringList{u"task-1.mp4"_s, u"task-3.mp4"_s}));
}

/// Paused in the first run, resumed in the second, which ends: the third goes on by itself.
void DownloadResumeTest::aLeftOneThatIsResumedGoesOnAgain()
{
    const QString id = u"task-1"_s;
    Response slow;
    slow.body = clipOf(id);
    slow.etag = "\"one\"";
    slow.chunkBytes = 20'000;
    slow.chunkDelayMs = 20;
    m_world->server().serve("/task-1", slow);
    m_world->setUrl(m_world->server().url("/task-1"));
    m_world->addTask(id);
    m_world->save(id);
    SOON_VERIFY(partBytes(id) > 0);
    m_world->queue().pauseAll();
    SOON_COMPARE(m_world->state(id), DownloadState::Paused);
    m_world->close();
    m_world->open();
    QCOMPARE(m_world->state(id), DownloadState::Paused);
    m_world->queue().resumeAll();
    const qint64 safe = partBytes(id);
    SOON_VERIFY(partBytes(id) > safe);
    m_world->close();
    m_world->open();
    QCOMPARE(m_world->queue().leftCount(), 1);
    m_world->queue().continueLeft();
    SOON_COMPARE(m_world->state(id), DownloadState::Done);
    QVERIFY(m_world->content(u"task-1.mp4"_s) == clipOf(id));
}

/// Orders that come while a job is stopping are not lost.
void DownloadResumeTest::theLastOrderCounts()
{
    const QString id = u"task-1"_s;
    const QList<AssetId> one{m_world->asset(id)};
    addSlow(id);
    m_world->save(id);
    SOON_VERIFY(partBytes(id) > 0);
    m_world->queue().pause(one);
    m_world->queue().resume(one);
    SOON_COMPARE(m_world->state(id), DownloadState::Done);
    QVERIFY(m_world->content(u"task-1.mp4"_s) == clipOf(id));

    addSlow(u"task-2"_s);
    m_world->save(u"task-2"_s);
    SOON_VERIFY(partBytes(u"task-2"_s) > 0);
    m_world->queue().cancel({m_world->asset(u"task-2"_s)});
    m_world->queue().pauseAll();
    SOON_VERIFY(!m_world->item(u"task-2"_s));
    SOON_COMPARE(m_world->files(), QStringList{u"task-1.mp4"_s});

    addSlow(u"task-3"_s);
    m_world->save(u"task-3"_s);
    SOON_VERIFY(partBytes(u"task-3"_s) > 0);
    m_world->queue().cancelAll();
    m_world->queue().saveTasks({u"task-3"_s}, VariantWish::Unwatermarked);
    SOON_COMPARE(m_world->files(), (QStringList{u"task-1.mp4"_s, u"task-3.mp4"_s}));
    QVERIFY(m_world->content(u"task-3.mp4"_s) == clipOf(u"task-3"_s));
}

/// One file of a row fails and is tried again while the other one runs: the row ends as saved.
void DownloadResumeTest::aFailedFileOfManyIsTriedAgain()
{
    const QString id = u"task-1"_s;
    addSlow(id);
    Task task = *m_world->context().repository()->task(id);
    Work second = task.works.at(0);
    second.key = u"works[1]"_s;
    second.media[0].key = u"works[1].video"_s;
    second.media[0].sources[0].url = m_world->server().url("/second");
    task.works.append(second);
    Response gone;
    gone.status = 410;
    Response fine;
    fine.body = clipOf(u"task-9"_s);
    m_world->server().serveInTurn("/second", {gone, fine});
    m_world->context().repository()->merge({task, "{}"}, true);
    m_world->queue().setNameTemplate(u"{id}_{work}"_s);
    QSignalSpy failed(&m_world->queue(), &DownloadQueue::failed);
    QSignalSpy finished(&m_world->queue(), &DownloadQueue::finished);
    m_world->queue().saveTasks({id}, VariantWish::Unwatermarked);
    SOON_COMPARE(failed.count(), 1);
    m_world->queue().retryFailed();
    SOON_COMPARE(finished.count(), 1);
    QCOMPARE(finished.first(), (QVariantList{2, 0}));
    QCOMPARE(m_world->files(), (QStringList{u"task-1_1.mp4"_s, u"task-1_2.mp4"_s}));
    SOON_COMPARE(m_world->context().repository()->find(id)->saveState, SaveState::Saved);
}

void DownloadResumeTest::aCompleteOneIsOnlyNamed_data()
{
    QTest::addColumn<bool>("named");
    QTest::newRow("ended before the name") << false;
    QTest::newRow("ended after the name") << true;
}

/// The program ended between the check of the file and its record.
void DownloadResumeTest::aCompleteOneIsOnlyNamed()
{
    QFETCH(const bool, named);
    const QString id = u"task-1"_s;
    addSlow(id);
    StoredDownload record;
    record.asset = m_world->asset(id);
    record.kind = MediaKind::Video;
    record.source.url = m_world->server().url("/task-1");
    record.relativePath = u"task-1.mp4"_s;
    record.targetPath = m_world->folder() + u"/task-1.mp4"_s;
    record.finalPath = record.targetPath;
    record.url = record.source.url;
    record.validator = "\"task-1\"";
    record.total = kSize;
    record.sha256 = QCryptographicHash::hash(clipOf(id), QCryptographicHash::Sha256);
    QVERIFY(QDir().mkpath(m_world->folder()));
    QFile file(named ? record.finalPath : record.partPath());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(clipOf(id));
    file.close();
    m_world->queue().loadLeft({record});
    m_world->queue().continueLeft();
    SOON_COMPARE(m_world->state(id), DownloadState::Done);
    QCOMPARE(m_world->files(), QStringList{u"task-1.mp4"_s});
    QVERIFY(m_world->content(u"task-1.mp4"_s) == clipOf(id));
    QCOMPARE(m_world->server().asked("/task-1"), 0);
    SOON_COMPARE(m_world->context().repository()->find(id)->saveState, SaveState::Saved);
}

void DownloadResumeTest::theOrderIsKept()
{
    m_world->queue().setParallel(1);
    for (const QString &id : {u"task-1"_s, u"task-2"_s, u"task-3"_s}) {
        addSlow(id);
        m_world->save(id);
    }
    SOON_COMPARE(m_world->state(u"task-1"_s), DownloadState::Running);
    m_world->queue().moveTo({m_world->asset(u"task-3"_s)}, 0);
    const QList<AssetId> order{m_world->asset(u"task-3"_s), m_world->asset(u"task-1"_s),
                               m_world->asset(u"task-2"_s)};
    QCOMPARE(m_world->queue().list()->order(), order);
    SOON_VERIFY(partBytes(u"task-1"_s) > 0);
    m_world->close();
    m_world->open();
    m_world->queue().setParallel(1);
    QCOMPARE(m_world->queue().list()->order(), order);
    QStringList savedInOrder;
    QObject::connect(&m_world->queue(), &DownloadQueue::saved, this,
                     [&](const AssetId &asset) { savedInOrder += asset.taskId; });
    m_world->queue().continueLeft();
    SOON_COMPARE(savedInOrder, (QStringList{u"task-3"_s, u"task-1"_s, u"task-2"_s}));
}

void DownloadResumeTest::cancelTakesThePartAway()
{
    addSlow(u"task-1"_s);
    m_world->save(u"task-1"_s);
    SOON_VERIFY(partBytes(u"task-1"_s) > 0);
    m_world->queue().pauseAll();
    SOON_COMPARE(m_world->state(u"task-1"_s), DownloadState::Paused);
    QCOMPARE(m_world->files().size(), 1);
    m_world->queue().cancel({m_world->asset(u"task-1"_s)});
    QCOMPARE(m_world->queue().list()->size(), 0);
    SOON_COMPARE(m_world->files(), QStringList());
    QCOMPARE(m_world->context().repository()->find(u"task-1"_s)->saveState, SaveState::NotSaved);
}

void DownloadResumeTest::oneHostAtATime()
{
    m_world->queue().setParallel(3);
    m_world->queue().setPerHost(1);
    m_world->server().service().clearLog();
    for (const QString &id : {u"task-1"_s, u"task-2"_s, u"task-3"_s})
        addSlow(id);
    m_world->server().service().clearLog();
    for (const QString &id : {u"task-1"_s, u"task-2"_s, u"task-3"_s})
        m_world->save(id);
    for (const QString &id : {u"task-1"_s, u"task-2"_s, u"task-3"_s})
        SOON_COMPARE(m_world->state(id), DownloadState::Done);
    QCOMPARE(m_world->server().service().mostAtOnce(), 1);
}

void DownloadResumeTest::theSpeedLimitHolds()
{
    const QString id = u"task-1"_s;
    m_world->server().serveBytes("/task-1", clipOf(id));
    m_world->setUrl(m_world->server().url("/task-1"));
    m_world->addTask(id);
    m_world->queue().setSpeedLimit(400'000);
    QElapsedTimer clock;
    clock.start();
    m_world->save(id);
    SOON_COMPARE(m_world->state(id), DownloadState::Done);
    // A quarter of a second's worth may come at once.
    QVERIFY2(clock.elapsed() >= 1'000, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(m_world->content(u"task-1.mp4"_s) == clipOf(id));
}

void DownloadResumeTest::passingFaultsAreTriedLater()
{
    const QString id = u"task-1"_s;
    Response down;
    down.status = 503;
    m_world->server().serve("/task-1", down);
    m_world->setUrl(m_world->server().url("/task-1"));
    m_world->addTask(id);
    m_world->queue().setPatience({.tries = 5, .firstMs = 3'600'000, .longestMs = 3'600'000});
    m_world->save(id);
    SOON_VERIFY(m_world->item(id)->nextTryAt.isValid());
    QCOMPARE(m_world->state(id), DownloadState::Waiting);
    QCOMPARE(m_world->item(id)->error.kind, ErrorKind::ServerFault);
    QCOMPARE(m_world->context().repository()->find(id)->saveState, SaveState::Saving);
    m_world->server().serveBytes("/task-1", clipOf(id));
    m_world->queue().hurry(); // the network is back
    SOON_COMPARE(m_world->state(id), DownloadState::Done);
}

void DownloadResumeTest::conflicts_data()
{
    QTest::addColumn<ConflictPolicy>("policy");
    QTest::addColumn<bool>("identical");
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<bool>("replaced");
    const QStringList one{u"task-1.mp4"_s};
    const QStringList two{u"task-1 (2).mp4"_s, u"task-1.mp4"_s};
    QTest::newRow("skip, identical") << ConflictPolicy::SkipIdentical << true << one << true;
    QTest::newRow("skip, different") << ConflictPolicy::SkipIdentical << false << two << false;
    QTest::newRow("keep both, identical") << ConflictPolicy::KeepBoth << true << two << true;
    QTest::newRow("keep both, different") << ConflictPolicy::KeepBoth << false << two << false;
    QTest::newRow("overwrite") << ConflictPolicy::Overwrite << false << one << true;
}

void DownloadResumeTest::conflicts()
{
    QFETCH(const ConflictPolicy, policy);
    QFETCH(const bool, identical);
    QFETCH(const QStringList, files);
    QFETCH(const bool, replaced);
    const QString id = u"task-1"_s;
    addSlow(id);
    QVERIFY(QDir().mkpath(m_world->folder()));
    QFile there(m_world->folder() + u"/task-1.mp4"_s);
    QVERIFY(there.open(QIODevice::WriteOnly));
    there.write(identical ? clipOf(id) : "something of mine");
    there.close();
    m_world->queue().setConflictPolicy(policy);
    m_world->save(id);
    SOON_COMPARE(m_world->state(id), DownloadState::Done);
    QCOMPARE(m_world->files(), files);
    QCOMPARE(m_world->content(u"task-1.mp4"_s) == clipOf(id), replaced);
    if (files.size() > 1)
        QVERIFY(m_world->content(files.constFirst()) == clipOf(id));
}

void DownloadResumeTest::askedOnceForAll()
{
    QVERIFY(QDir().mkpath(m_world->folder()));
    const QStringList ids{u"task-1"_s, u"task-2"_s, u"task-3"_s, u"task-4"_s, u"task-5"_s};
    for (const QString &id : ids) {
        QFile there(m_world->folder() + u'/' + id + u".mp4"_s);
        QVERIFY(there.open(QIODevice::WriteOnly));
        there.write("mine");
        there.close();
        addSlow(id);
    }
    m_world->queue().setConflictPolicy(ConflictPolicy::Ask);
    QSignalSpy found(&m_world->queue(), &DownloadQueue::conflictsFound);
    m_world->server().service().clearLog();
    for (const QString &id : ids)
        m_world->save(id);
    SOON_COMPARE(found.count(), 5); // those that wait for a word hold up nobody
    QCOMPARE(found.last().first().toStringList().size(), 5);
    QCOMPARE(m_world->server().service().requests().size(), 0); // before bytes flow
    m_world->queue().decideConflicts(ConflictPolicy::KeepBoth);
    for (const QString &id : ids)
        SOON_COMPARE(m_world->state(id), DownloadState::Done);
    QCOMPARE(found.count(), 5);
    QCOMPARE(m_world->files().size(), 10);
    QCOMPARE(m_world->content(u"task-4.mp4"_s), "mine");
}

void DownloadResumeTest::anotherProgramsPartIsLeftAlone()
{
    QVERIFY(QDir().mkpath(m_world->folder()));
    QFile there(m_world->folder() + u"/task-1.mp4.part"_s);
    QVERIFY(there.open(QIODevice::WriteOnly));
    there.write("half of somebody's");
    there.close();
    addSlow(u"task-1"_s);
    m_world->save(u"task-1"_s);
    SOON_COMPARE(m_world->state(u"task-1"_s), DownloadState::Done);
    QCOMPARE(m_world->files(), (QStringList{u"task-1 (2).mp4"_s, u"task-1.mp4.part"_s}));
    QCOMPARE(m_world->content(u"task-1.mp4.part"_s), "half of somebody's");
}

TASKREEL_TEST_MAIN(DownloadResumeTest, QCoreApplication)
#include "tst_downloadresume.moc"
