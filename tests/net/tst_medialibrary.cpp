// SPDX-License-Identifier: MIT
// Longer than other files: everything here needs the same server, store and library of files.
#include "core/media/medialibrary.h"
#include "support/isolation.h"
#include "support/mediaserver.h"
#include "support/patience.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace taskreel;
using namespace taskreel::test;
using demo::Response;

static AssetId assetNamed(const QString &task)
{
    return {task, u"works[0].video"_s, Variant::Unwatermarked};
}

static QStringList filesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden);
}

class MediaLibraryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void obtainsOnceForMany();
    void fetchesAtMostFourAndShownFirst();
    void releaseDropsWhatHasNotBegun();
    void whatNobodyLooksAtMakesRoom();
    void savedFilesNeedNoFetch();
    void movedSavedFilesAreFetched();
    void bytesInTheAnswerAreKept();
    void failsOnceAndCanBeAskedAgain();
    void nothingComesWithinTheCall();
    void whatIsCachedIsThereAfterARestart();
    void whatWasShownIsKept();
    void keepsAcrossFileSystems();
    void markedWhileFetching();
    void smallPicturesAreKept();
    void largeCoversMayVanish();
    void inlineBytesAreWrittenOnce();
    void vanishedFilesAreFetchedAgain();
    void damagedFilesAreFetchedAgain();
    void overTheBudgetNothingIsDropped();
    void droppedClipsLeaveTheDisk();
    void inUseWhileAPinLives();
    void aPinOutlivesTheLibrary();
    void aFetchHoldsItsFileUntilItIsDelivered();
    void oneBatchATurn();
    void keptAndForgottenInOneTurn();
    void cachedClipsOfAnEarlierRunByName();
    void goesAwayWhileFetching();

private:
    /// As a start of the program: the records come from the store.
    void open(const QString &keptFolder = {});
    void close();
    void obtain(const AssetId &asset, const QByteArray &path,
                ObtainPriority priority = ObtainPriority::Shown, MediaKind kind = MediaKind::Video);
    bool obtainNow(const AssetId &asset, const QByteArray &path, MediaKind kind = MediaKind::Video);
    bool keepNow(const AssetId &asset);
    [[nodiscard]] QString cacheFolder() const { return m_folder->filePath(u"cache/media"_s); }

    std::unique_ptr<MediaServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<AssetFetcher> m_fetcher;
    std::unique_ptr<MediaLibrary> m_library;
    QList<AssetId> m_obtained;
    QHash<AssetId, LocalMedia> m_files;
    QList<std::pair<AssetId, Error>> m_failed;
    QList<StoredFile> m_records;
};

void MediaLibraryTest::init()
{
    m_server = std::make_unique<MediaServer>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_server->serveBytes("/clip", clipBytes());
    m_server->serveBytes("/cover", pictureBytes());
    open();
}

void MediaLibraryTest::cleanup()
{
    close();
    m_server.reset();
}

void MediaLibraryTest::open(const QString &keptFolder)
{
    m_obtained.clear();
    m_failed.clear();
    m_files.clear();
    AssetLimits limits;
    limits.stall = 20s;
    limits.firstRetry = 2ms;
    m_store = std::make_unique<Store>(m_folder->filePath(u"library.sqlite"_s));
    m_fetcher = std::make_unique<AssetFetcher>(limits);
    const QString kept = keptFolder.isEmpty() ? m_folder->filePath(u"kept"_s) : keptFolder;
    m_library = std::make_unique<MediaLibrary>(m_fetcher.get(), m_store.get(),
                                               MediaLibrary::Places{kept, cacheFolder()}, true);
    connect(m_library.get(), &MediaLibrary::obtained, this,
            [this](const AssetId &asset, const LocalMedia &file) {
                m_obtained.append(asset);
                m_files.insert(asset, file);
            });
    connect(m_library.get(), &MediaLibrary::failed, this,
            [this](const AssetId &asset, const Error &error) {
                m_failed.append({asset, error});
            });
    bool isOpen = false;
    connect(m_store.get(), &Store::opened, this, [this, &isOpen](const StoredLibrary &stored) {
        m_records = stored.kept;
        m_library->load(stored.kept);
        isOpen = true;
    });
    m_store->open();
    SOON_VERIFY(isOpen);
}

void MediaLibraryTest::close()
{
    m_library.reset();
    m_fetcher.reset();
    m_store.reset();
}

void MediaLibraryTest::obtain(const AssetId &asset, const QByteArray &path, ObtainPriority priority,
                              MediaKind kind)
{
    Source source;
    source.url = m_server->url(path);
    m_library->obtain(asset, source, kind, priority);
}

bool MediaLibraryTest::obtainNow(const AssetId &asset, const QByteArray &path, MediaKind kind)
{
    obtain(asset, path, ObtainPriority::Shown, kind);
    return QTest::qWaitFor([this, asset] { return m_files.contains(asset); }, 10'000);
}

bool MediaLibraryTest::keepNow(const AssetId &asset)
{
    const qint64 before = m_library->keptBytes();
    m_library->markShown(asset);
    return QTest::qWaitFor([this, before] { return m_library->keptBytes() > before; });
}

void MediaLibraryTest::obtainsOnceForMany()
{
    const AssetId asset = assetNamed(u"one"_s);
    for (int i = 0; i < 20; ++i)
        obtain(asset, "/clip", ObtainPriority::Background);
    SOON_COMPARE(m_obtained.size(), 1);
    QCOMPARE(m_server->asked("/clip"), 1);
    const std::optional<LocalMedia> local = m_library->local(asset);
    QVERIFY(local);
    QCOMPARE(*local, m_files.value(asset));
    QCOMPARE(local->bytes, clipBytes().size());
    QCOMPARE(local->probe.form, MediaProbe::Form::Mp4);
    obtain(asset, "/clip");
    SOON_COMPARE(m_obtained.size(), 2);
    QCOMPARE(m_server->asked("/clip"), 1);
}

void MediaLibraryTest::fetchesAtMostFourAndShownFirst()
{
    Response slow;
    slow.body = clipBytes();
    slow.delayMs = 40;
    m_server->serve("/slow", slow);
    for (int i = 0; i < 10; ++i)
        obtain(assetNamed(QString::number(i)), "/slow/" + QByteArray::number(i),
               ObtainPriority::Background);
    obtain(assetNamed(u"prefetch"_s), "/slow/prefetch", ObtainPriority::Prefetch);
    // While three are being fetched and eight wait, somebody clicks.
    connect(&m_server->service(), &demo::DemoService::requested, this, [this] {
        if (m_server->asked("/slow") == 3)
            obtain(assetNamed(u"shown"_s), "/slow/shown", ObtainPriority::Shown);
    });
    SOON_COMPARE(m_obtained.size(), 12);
    QVERIFY2(m_server->service().mostAtOnce() <= 4,
             qPrintable(QString::number(m_server->service().mostAtOnce())));
    QList<QByteArray> order;
    for (const demo::Request &request : m_server->service().requests())
        order.append(request.path);
    QVERIFY2(order.indexOf("/slow/shown") <= 4, "a click waits behind thumbnails");
    QVERIFY(order.indexOf("/slow/prefetch") <= 3);
}

void MediaLibraryTest::releaseDropsWhatHasNotBegun()
{
    Response slow;
    slow.body = clipBytes();
    slow.delayMs = 40;
    m_server->serve("/slow", slow);
    for (int i = 0; i < 8; ++i)
        obtain(assetNamed(QString::number(i)), "/slow/" + QByteArray::number(i),
               ObtainPriority::Background);
    obtain(assetNamed(u"7"_s), "/slow/7", ObtainPriority::Background); // a second user
    connect(&m_server->service(), &demo::DemoService::requested, this, [this] {
        if (m_server->asked("/slow") != 1)
            return;
        for (int i = 4; i < 8; ++i)
            m_library->release(assetNamed(QString::number(i)));
    });
    SOON_COMPARE(m_obtained.size(), 5);
    QVERIFY(m_files.contains(assetNamed(u"7"_s)));
    QCOMPARE(m_server->asked("/slow/4"), 0);
}

void MediaLibraryTest::whatNobodyLooksAtMakesRoom()
{
    Response stalled;
    stalled.body = clipBytes();
    stalled.stallAfter = 100;
    m_server->serve("/slow", stalled);
    const auto slow = [](int i) { return assetNamed(u"slow-%1"_s.arg(i)); };
    for (int i = 0; i < 4; ++i)
        obtain(slow(i), "/slow/" + QByteArray::number(i));
    SOON_COMPARE(m_server->asked("/slow"), 4);
    for (int i = 1; i < 4; ++i)
        m_library->release(slow(i));
    QVERIFY(obtainNow(assetNamed(u"shown"_s), "/clip"));
    QVERIFY(m_failed.isEmpty());
    // Only what was needed made room, and not the one that somebody still looks at.
    SOON_COMPARE(m_library->isWanted(slow(1)) + m_library->isWanted(slow(2))
                     + m_library->isWanted(slow(3)),
                 2);
    QVERIFY(m_library->isWanted(slow(0)));
}

void MediaLibraryTest::savedFilesNeedNoFetch()
{
    const AssetId asset = assetNamed(u"one"_s);
    const QString path = m_folder->filePath(u"saved.mp4"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(clipBytes()) == clipBytes().size());
    file.close();
    m_library->noteSaved(
        {asset, path, clipBytes().size(), {}, QDateTime::currentDateTimeUtc(), {}});
    m_server->service().close();
    QVERIFY(obtainNow(asset, "/clip"));
    QCOMPARE(m_files.value(asset).path, path);
    QCOMPARE(m_library->local(asset)->path, path);
    QVERIFY(QFile::remove(path));
    QVERIFY(!m_library->local(asset));
}

void MediaLibraryTest::movedSavedFilesAreFetched()
{
    const AssetId asset = assetNamed(u"one"_s);
    const QString path = m_folder->filePath(u"saved.mp4"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("something else") > 0);
    file.close();
    m_library->noteSaved(
        {asset, path, clipBytes().size(), {}, QDateTime::currentDateTimeUtc(), {}});
    QVERIFY(obtainNow(asset, "/clip"));
    QVERIFY(m_files.value(asset).path.startsWith(cacheFolder()));
    QCOMPARE(m_server->asked("/clip"), 1);
}

void MediaLibraryTest::bytesInTheAnswerAreKept()
{
    Media picture;
    picture.key = u"image_base64"_s;
    picture.kind = MediaKind::Image;
    Source source;
    source.inlineBytes = pictureBytes();
    picture.sources = {source};
    Work work;
    work.media = {picture};
    Task task;
    task.id = u"one"_s;
    task.works = {work};
    m_library->keepInline(task);
    SOON_COMPARE(m_library->keptBytes(), pictureBytes().size());
    close();
    open();
    QVERIFY(m_library->local({u"one"_s, picture.key, Variant::Unstated}));
}

void MediaLibraryTest::failsOnceAndCanBeAskedAgain()
{
    const AssetId asset = assetNamed(u"one"_s);
    Response gone;
    gone.status = 404;
    Response whole;
    whole.body = clipBytes();
    m_server->serveInTurn("/late", {gone, whole});
    obtain(asset, "/late");
    obtain(asset, "/late");
    SOON_COMPARE(m_failed.size(), 1);
    QCOMPARE(m_failed.constFirst().second.kind, ErrorKind::LinkDead);
    QVERIFY(!m_library->local(asset));
    QVERIFY(obtainNow(asset, "/late"));
    QCOMPARE(m_failed.size(), 1);
    QCOMPARE(m_server->asked("/late"), 2);
}

void MediaLibraryTest::nothingComesWithinTheCall()
{
    const AssetId asset = assetNamed(u"one"_s);
    QVERIFY(obtainNow(asset, "/clip"));
    const qsizetype before = m_obtained.size();
    obtain(asset, "/clip");
    QCOMPARE(m_obtained.size(), before);
    m_library->obtain(assetNamed(u"none"_s), {}, MediaKind::Video, ObtainPriority::Shown);
    QCOMPARE(m_failed.size(), 0);
    SOON_COMPARE(m_failed.size(), 1);
    QCOMPARE(m_failed.constFirst().second.kind, ErrorKind::NoMedia);
}

void MediaLibraryTest::whatIsCachedIsThereAfterARestart()
{
    const AssetId asset = assetNamed(u"one"_s);
    QVERIFY(obtainNow(asset, "/clip"));
    close();
    open();
    QVERIFY(obtainNow(asset, "/clip"));
    QCOMPARE(m_server->asked("/clip"), 1);
    QCOMPARE(m_library->keptBytes(), 0);
}

void MediaLibraryTest::whatWasShownIsKept()
{
    const AssetId asset = assetNamed(u"one"_s);
    QVERIFY(obtainNow(asset, "/clip"));
    const QString playing = m_files.value(asset).path;
    QVERIFY(keepNow(asset));
    QVERIFY2(QFile::exists(playing), "a player may hold on to this name");
    QCOMPARE(m_library->keptBytes(), clipBytes().size());
    m_library->markShown(asset);

    close();
    QVERIFY(QDir(cacheFolder()).removeRecursively()); // it may vanish at any time
    m_server->service().close(); // and there may be no network
    open();
    QCOMPARE(m_records.size(), 1);
    QCOMPARE(m_records.constFirst().asset, asset);
    QCOMPARE(m_records.constFirst().bytes, clipBytes().size());
    QCOMPARE(m_records.constFirst().sha256,
             QCryptographicHash::hash(clipBytes(), QCryptographicHash::Sha256));
    const std::optional<LocalMedia> local = m_library->local(asset);
    QVERIFY(local);
    QCOMPARE(local->probe.kind, MediaKind::Video);
    QVERIFY(local->path.startsWith(m_folder->filePath(u"kept/"_s)));
    QVERIFY(obtainNow(asset, "/clip"));
    QVERIFY(m_files.value(asset).probe.size.isValid());
}

void MediaLibraryTest::keepsAcrossFileSystems()
{
    close();
    // Memory as a disk: surely another file system.
    QTemporaryDir elsewhere(u"/dev/shm/taskreel-test"_s);
    QVERIFY(elsewhere.isValid());
    open(elsewhere.filePath(u"kept"_s));
    const AssetId asset = assetNamed(u"one"_s);
    QVERIFY(obtainNow(asset, "/clip"));
    QVERIFY(keepNow(asset));
    const std::optional<LocalMedia> local = m_library->local(asset);
    QVERIFY(local);
    QVERIFY(local->path.startsWith(elsewhere.path()));
    QCOMPARE(filesIn(elsewhere.filePath(u"kept"_s)).size(), 1);
    close();
}

void MediaLibraryTest::markedWhileFetching()
{
    const AssetId asset = assetNamed(u"one"_s);
    obtain(asset, "/clip");
    m_library->markShown(asset);
    SOON_COMPARE(m_library->keptBytes(), clipBytes().size());
    QCOMPARE(m_obtained.size(), 1);
}

void MediaLibraryTest::smallPicturesAreKept()
{
    const AssetId cover{u"one"_s, u"works[0].cover"_s, Variant::Watermarked};
    QVERIFY(obtainNow(cover, "/cover", MediaKind::Image));
    SOON_COMPARE(m_library->keptBytes(), pictureBytes().size());
    const std::optional<LocalMedia> local = m_library->local(cover);
    QVERIFY(local);
    QVERIFY(local->path.endsWith(u".jpg"_s));
}

void MediaLibraryTest::largeCoversMayVanish()
{
    QByteArray large = pictureBytes();
    large.insert(large.size() - 2, QByteArray(100 * 1024, ' ')); // before its end mark
    m_server->serveBytes("/large", large);
    const AssetId cover{u"one"_s, u"works[0].cover"_s, Variant::Watermarked};
    QVERIFY(obtainNow(cover, "/large", MediaKind::Image));
    QVERIFY(m_library->local(cover)->path.startsWith(cacheFolder()));
    QCOMPARE(m_library->keptBytes(), 0);
    QVERIFY(keepNow(cover)); // until it is shown
}

void MediaLibraryTest::inlineBytesAreWrittenOnce()
{
    const AssetId asset{u"one"_s, u"image_base64"_s, Variant::Unstated};
    Source source;
    source.inlineBytes = pictureBytes();
    m_library->obtain(asset, source, MediaKind::Image, ObtainPriority::Shown);
    SOON_VERIFY(m_files.contains(asset));
    SOON_VERIFY(m_library->keptBytes() > 0);
    source.inlineBytes.clear();
    m_files.clear();
    m_library->obtain(asset, source, MediaKind::Image, ObtainPriority::Shown);
    SOON_VERIFY(m_files.contains(asset));
    QCOMPARE(m_server->service().requests().size(), 0);
}

void MediaLibraryTest::vanishedFilesAreFetchedAgain()
{
    const AssetId asset = assetNamed(u"one"_s);
    QVERIFY(obtainNow(asset, "/clip"));
    QVERIFY(keepNow(asset));
    QVERIFY(QFile::remove(m_library->local(asset)->path));
    QVERIFY(!m_library->local(asset));
    m_files.clear();
    QVERIFY(obtainNow(asset, "/clip"));
    QCOMPARE(m_server->asked("/clip"), 2);
    QVERIFY(m_library->local(asset));
}

void MediaLibraryTest::damagedFilesAreFetchedAgain()
{
    const AssetId asset = assetNamed(u"one"_s);
    QVERIFY(obtainNow(asset, "/clip"));
    QVERIFY(keepNow(asset));
    const QString path = m_library->local(asset)->path;
    close();
    QVERIFY(QDir(cacheFolder()).removeRecursively());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(QByteArray(clipBytes().size(), 'x')), clipBytes().size());
    file.close();
    open();
    QVERIFY(obtainNow(asset, "/clip"));
    QCOMPARE(m_server->asked("/clip"), 2);
    QCOMPARE(m_failed.size(), 0);
}

void MediaLibraryTest::overTheBudgetNothingIsDropped()
{
    QSignalSpy over(m_library.get(), &MediaLibrary::budgetExceeded);
    m_library->setKeptBudget(clipBytes().size() + 1000);
    const AssetId one = assetNamed(u"one"_s);
    const AssetId two = assetNamed(u"two"_s);
    const AssetId three = assetNamed(u"three"_s);
    for (const AssetId &asset : {one, two, three}) {
        QVERIFY(obtainNow(asset, "/clip"));
        QVERIFY(keepNow(asset));
    }
    SOON_COMPARE(over.count(), 2); // what to do about it is KeptKeeper's
    QCOMPARE(over.first().at(0).toLongLong(), 2 * clipBytes().size());
    for (const AssetId &asset : {one, two, three})
        QVERIFY(m_library->local(asset));
    m_library->setKeptBudget(clipBytes().size() + 2000);
    SOON_COMPARE(over.count(), 3);
    QSignalSpy kept(m_library.get(), &MediaLibrary::budgetKept);
    m_library->setKeptBudget(3 * clipBytes().size());
    SOON_COMPARE(kept.count(), 1);
}

void MediaLibraryTest::droppedClipsLeaveTheDisk()
{
    const AssetId one = assetNamed(u"one"_s);
    const AssetId two = assetNamed(u"two"_s);
    for (const AssetId &asset : {one, two}) {
        QVERIFY(obtainNow(asset, "/clip"));
        QVERIFY(keepNow(asset));
    }
    const QString path = m_library->local(one)->path;
    m_library->dropKept({one, assetNamed(u"unknown"_s)});
    QCOMPARE(m_library->keptBytes(), clipBytes().size());
    SOON_VERIFY(!QFile::exists(path));
    SOON_COMPARE(filesIn(cacheFolder()).size(), 1); // the name that players hold on to goes, too
    QVERIFY(!m_library->local(one));
    QVERIFY(m_library->local(two));
    close();
    open();
    QCOMPARE(m_records.size(), 1);
    QVERIFY(obtainNow(one, "/clip"));
}

void MediaLibraryTest::inUseWhileAPinLives()
{
    const AssetId one = assetNamed(u"one"_s);
    const AssetId two = assetNamed(u"two"_s);
    QVERIFY(!m_library->isInUse(one));
    for (const AssetId &asset : {one, two}) {
        QVERIFY(obtainNow(asset, "/clip"));
        QVERIFY(keepNow(asset));
    }
    QVERIFY(m_library->isInUse(one) && m_library->isInUse(two)); // m_files holds both
    m_files.remove(one);
    QVERIFY2(!m_library->isInUse(one), "it was only looked at earlier");
    QVERIFY(m_library->isInUse(two));
    MediaPin pin = m_library->local(one)->pin;
    {
        const MediaPin second = pin;
        pin = {};
        QVERIFY(m_library->isInUse(one));
    }
    QVERIFY(!m_library->isInUse(one));
    // Many that came and went are not remembered for ever, and one that lives is not forgotten.
    pin = m_library->pin(one);
    for (int i = 0; i < 1000; ++i)
        QVERIFY(!m_library->pin(assetNamed(QString::number(i))).isNull());
    QVERIFY(m_library->isInUse(one));
    QVERIFY(!m_library->isInUse(assetNamed(u"999"_s)));
}

void MediaLibraryTest::aPinOutlivesTheLibrary()
{
    const AssetId asset = assetNamed(u"one"_s);
    QVERIFY(obtainNow(asset, "/clip"));
    MediaPin pin = m_library->local(asset)->pin;
    close();
    MediaPin copy = pin;
    pin = {};
    QVERIFY(!copy.isNull());
    open();
    QVERIFY2(!m_library->isInUse(asset), "pins are of the library that gave them");
    copy = {};
}

void MediaLibraryTest::aFetchHoldsItsFileUntilItIsDelivered()
{
    const AssetId asset = assetNamed(u"one"_s);
    obtain(asset, "/clip");
    QVERIFY(m_library->isInUse(asset));
    bool inUse = false;
    connect(m_library.get(), &MediaLibrary::obtained, this,
            [&] { inUse = m_library->isInUse(asset); });
    SOON_VERIFY(m_files.contains(asset));
    QVERIFY(inUse);
    m_files.clear();
    QVERIFY(!m_library->isInUse(asset));
    obtain(asset, "/clip");
    m_library->release(asset);
    QVERIFY2(!m_library->isInUse(asset), "nobody wants it any more");
}

void MediaLibraryTest::oneBatchATurn()
{
    QList<AssetId> assets;
    for (int i = 0; i < 20; ++i) {
        assets.append(assetNamed(QString::number(i)));
        QVERIFY(obtainNow(assets.last(), "/clip"));
        QVERIFY(keepNow(assets.last()));
    }
    close(); // everything is on disk
    open();
    QCOMPARE(m_records.size(), assets.size());
    QSignalSpy committed(m_store.get(), &Store::committed);
    const QDateTime before = QDateTime::currentDateTimeUtc();
    for (const AssetId &asset : std::as_const(assets))
        m_library->markShown(asset); // each is a new record
    SOON_COMPARE(committed.size(), 1);
    m_library->markShown(assets.first());
    SOON_COMPARE(committed.size(), 2);
    m_library->markShown(assets.last());
    close(); // within the turn
    open();
    QCOMPARE(m_records.size(), assets.size());
    QVERIFY(std::all_of(m_records.cbegin(), m_records.cend(), [&before](const StoredFile &record) {
        return record.lastShownAt.addMSecs(1) >= before;
    }));
}

void MediaLibraryTest::keptAndForgottenInOneTurn()
{
    const AssetId one = assetNamed(u"one"_s);
    const AssetId two = assetNamed(u"two"_s);
    for (const AssetId &asset : {one, two}) {
        QVERIFY(obtainNow(asset, "/clip"));
        QVERIFY(keepNow(asset));
    }
    m_library->markShown(one);
    m_library->markShown(two);
    m_library->dropKept({one});
    m_library->markShown(one); // gone: nothing to keep
    close();
    open();
    QCOMPARE(m_records.size(), 1);
    QCOMPARE(m_records.constFirst().asset, two);
}

void MediaLibraryTest::cachedClipsOfAnEarlierRunByName()
{
    const AssetId asset = assetNamed(u"one"_s);
    QVERIFY(obtainNow(asset, "/clip"));
    close();
    m_server->service().close();
    open();
    SOON_VERIFY(m_library->isCacheRead());
    QVERIFY2(!m_library->local(asset), "nobody has looked into it");
    const std::optional<LocalMedia> clip = m_library->local(asset, Trust::ByName);
    QVERIFY(clip && QFile::exists(clip->path));
    QCOMPARE(clip->probe.kind, MediaKind::Video);
    QVERIFY(m_library->isInUse(asset));
}

void MediaLibraryTest::goesAwayWhileFetching()
{
    Response stall;
    stall.body = clipBytes();
    stall.stallAfter = 20'000;
    m_server->serve("/stall", stall);
    obtain(assetNamed(u"one"_s), "/stall");
    SOON_COMPARE(filesIn(cacheFolder()).size(), 1);
    m_library.reset();
    SOON_COMPARE(filesIn(cacheFolder()).size(), 0);
}

TASKREEL_TEST_MAIN(MediaLibraryTest, QCoreApplication)
#include "tst_medialibrary.moc"
