// SPDX-License-Identifier: MIT
#include "core/formats/answerreader.h"
#include "core/media/medialibrary.h"
#include "core/net/assetfetcher.h"
#include "core/tasks/taskrepository.h"
#include "demo/demoservice.h"
#include "support/framecounter.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "ui/common/thumbnailcache.h"
#include "ui/stage/backgroundclip.h"
#include "ui/stage/framegrabber.h"

#include <QApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace taskreel;
using namespace taskreel::test;

namespace {

constexpr QSize kPx{448, 252};

QString idOf(int n)
{
    return u"b3efc0ab-3fdb-4b88-b20a-%1"_s.arg(n, 12, 16, QChar(u'0'));
}

} // namespace

/// The picture of a clip without a cover: a frame of it, taken once.
class ClipFramesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void theFrameAtATenth_data();
    void theFrameAtATenth();
    void aTurnedClipStandsUpright();
    void brokenClipsFailInWords();
    void oneAtATimeInOrder();
    void nothingWhileSomethingPlays();
    void whatWasBegunIsDoneAfterwards();
    void givenUpClipsAreSkipped();
    void goesAwayWhileDecoding();
    void aKeptClipGivesTheTasksPicture();
    void aCachedClipOfAnEarlierRunDoes();
    void aBrokenClipIsTriedOnceUntilItChanges();
    void aDeadCoverIsReplaced();

private:
    QString file(const QString &name);
    void addTask(const QString &id, const QByteArray &clipUrl, const QByteArray &coverUrl = {});
    void makeServices();
    bool obtainClip(const QString &id, const QByteArray &url);

    std::unique_ptr<QTemporaryDir> m_folder;
    demo::DemoService m_service;
    std::unique_ptr<BackgroundClip> m_clip;
    std::unique_ptr<FrameGrabber> m_grabber;
    std::unique_ptr<AssetFetcher> m_fetcher;
    std::unique_ptr<MediaLibrary> m_library;
    std::unique_ptr<TaskRepository> m_repository;
};

void ClipFramesTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_clip = std::make_unique<BackgroundClip>();
    m_grabber = std::make_unique<FrameGrabber>(m_clip.get());
    if (m_service.baseUrl().isEmpty())
        QVERIFY(m_service.listen());
    m_service.removeHandlers();
    m_service.clearLog();
    m_service.handle("/clip", [](const demo::Request &) {
        QFile clip(u":/demo/valley.mp4"_s);
        demo::Response response;
        if (clip.open(QIODevice::ReadOnly))
            response.body = clip.readAll();
        return response;
    });
    makeServices();
}

void ClipFramesTest::cleanup()
{
    m_repository.reset();
    m_library.reset();
    m_fetcher.reset();
    m_grabber.reset();
    m_clip.reset();
}

void ClipFramesTest::makeServices()
{
    m_repository.reset();
    m_library.reset();
    m_fetcher = std::make_unique<AssetFetcher>();
    m_library = std::make_unique<MediaLibrary>(
            m_fetcher.get(), nullptr,
            MediaLibrary::Places{m_folder->filePath(u"kept"_s), m_folder->filePath(u"cache"_s)}, true);
    m_repository = std::make_unique<TaskRepository>(nullptr);
}

QString ClipFramesTest::file(const QString &name)
{
    const QString path = m_folder->filePath(name);
    if (!QFile::exists(path))
        QFile::copy(u":/demo/"_s + name, path);
    return path;
}

void ClipFramesTest::addTask(const QString &id, const QByteArray &clipUrl, const QByteArray &coverUrl)
{
    const QByteArray cover =
            coverUrl.isEmpty() ? QByteArray() : R"("cover":{"resource":")" + coverUrl + R"("},)";
    const Result<ReadAnswer> read = readAnswer(
            R"({"code":200,"data":{"task_id":")" + id.toLatin1()
                    + R"(","model":"kling","task_type":"video_generation","status":"completed",)"
                    + R"("output":{"works":[{)" + cover + R"("video":{"resource_without_watermark":")"
                    + clipUrl + R"("},"status":99}]}}})",
            200);
    QVERIFY(read);
    m_repository->merge(*read, true);
}

bool ClipFramesTest::obtainClip(const QString &id, const QByteArray &url)
{
    Source source;
    source.variant = Variant::Unwatermarked;
    source.url = url;
    const AssetId asset{id, u"works[0].video"_s, Variant::Unwatermarked};
    QSignalSpy obtained(m_library.get(), &MediaLibrary::obtained);
    m_library->obtain(asset, source, MediaKind::Video, ObtainPriority::Shown);
    return QTest::qWaitFor([&] { return m_library->local(asset).has_value(); }, kPatienceMs);
}

void ClipFramesTest::theFrameAtATenth_data()
{
    QTest::addColumn<QString>("clip");
    QTest::addColumn<int>("frame");
    QTest::newRow("square, 153 frames") << u"valley.mp4"_s << 15;
    QTest::newRow("wide") << u"night.mp4"_s << -1;
    QTest::newRow("upright") << u"aurora.mp4"_s << -1;
}

void ClipFramesTest::theFrameAtATenth()
{
    QFETCH(QString, clip);
    QFETCH(int, frame);
    QSignalSpy made(m_grabber.get(), &FrameGrabber::made);
    m_grabber->request(file(clip));
    QCOMPARE(made.count(), 0);
    SOON_COMPARE(made.count(), 1);
    const QImage picture = made.at(0).at(1).value<QImage>();
    QVERIFY(picture.width() <= 480 && picture.height() <= 480);
    QVERIFY(picture.width() == 480 || picture.height() == 480);
    const int counter = readFrameCounter(picture);
    if (frame >= 0)
        QCOMPARE(counter, frame);
    else
        QVERIFY2(counter >= 9 && counter <= 31, qPrintable(QString::number(counter)));
}

void ClipFramesTest::aTurnedClipStandsUpright()
{
    QSignalSpy made(m_grabber.get(), &FrameGrabber::made);
    m_grabber->request(QStringLiteral(TEST_DATA_DIR "/media/rotated.mp4"));
    SOON_COMPARE(made.count(), 1);
    const QImage picture = made.at(0).at(1).value<QImage>();
    QVERIFY2(picture.height() > picture.width(),
             qPrintable(u"%1 × %2"_s.arg(picture.width()).arg(picture.height())));
}

void ClipFramesTest::brokenClipsFailInWords()
{
    QFile broken(m_folder->filePath(u"broken.mp4"_s));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("this is no clip");
    broken.close();
    QSignalSpy failed(m_grabber.get(), &FrameGrabber::failed);
    QSignalSpy made(m_grabber.get(), &FrameGrabber::made);
    m_grabber->request(broken.fileName());
    m_grabber->request(QStringLiteral(TEST_DATA_DIR "/media/sound-only.m4a"));
    m_grabber->request(file(u"valley.mp4"_s)); // goes on after those
    SOON_COMPARE(made.count(), 1);
    QCOMPARE(failed.count(), 2);
    for (const QList<QVariant> &signal : failed)
        QCOMPARE(signal.at(1).value<Error>().kind, ErrorKind::CannotDecode);
}

void ClipFramesTest::oneAtATimeInOrder()
{
    QStringList order;
    connect(m_grabber.get(), &FrameGrabber::made, this,
            [&order](const QString &path) { order.append(QFileInfo(path).fileName()); });
    const QStringList clips{u"night.mp4"_s, u"valley.mp4"_s, u"boats-1.mp4"_s};
    for (const QString &clip : clips)
        m_grabber->request(file(clip));
    m_grabber->request(file(clips.first())); // asked twice, made once
    SOON_COMPARE(order, clips);
}

void ClipFramesTest::nothingWhileSomethingPlays()
{
    QSignalSpy made(m_grabber.get(), &FrameGrabber::made);
    m_grabber->setStagePlaying(true);
    m_grabber->request(file(u"valley.mp4"_s));
    // Long enough for one that ran: it takes about a tenth of this.
    QVERIFY(!made.wait(2000));
    m_grabber->setStagePlaying(false);
    SOON_COMPARE(made.count(), 1);
}

void ClipFramesTest::whatWasBegunIsDoneAfterwards()
{
    QSignalSpy made(m_grabber.get(), &FrameGrabber::made);
    m_grabber->request(file(u"valley.mp4"_s));
    m_grabber->request(file(u"night.mp4"_s));
    m_grabber->setHoverPlaying(true);
    QVERIFY(!made.wait(1000));
    m_grabber->setHoverPlaying(false);
    SOON_COMPARE(made.count(), 2);
    QCOMPARE(made.at(0).at(0).toString(), file(u"valley.mp4"_s));
}

void ClipFramesTest::givenUpClipsAreSkipped()
{
    QSignalSpy made(m_grabber.get(), &FrameGrabber::made);
    m_grabber->request(file(u"valley.mp4"_s));
    m_grabber->request(file(u"night.mp4"_s));
    m_grabber->request(file(u"boats-1.mp4"_s));
    m_grabber->giveUp(file(u"valley.mp4"_s)); // just being worked on
    m_grabber->giveUp(file(u"night.mp4"_s));
    SOON_COMPARE(made.count(), 1);
    QCOMPARE(made.at(0).at(0).toString(), file(u"boats-1.mp4"_s));
}

void ClipFramesTest::goesAwayWhileDecoding()
{
    for (int i = 0; i < 6; ++i) {
        m_grabber->request(file(u"valley.mp4"_s));
        QTest::qWait(i * 30); // at another point of the way each time
        m_grabber.reset();
        m_clip = std::make_unique<BackgroundClip>();
        m_grabber = std::make_unique<FrameGrabber>(m_clip.get());
    }
    QSignalSpy made(m_grabber.get(), &FrameGrabber::made);
    m_grabber->request(file(u"valley.mp4"_s));
    SOON_COMPARE(made.count(), 1);
}

void ClipFramesTest::aKeptClipGivesTheTasksPicture()
{
    const QByteArray url = m_service.baseUrl().toEncoded() + "/clip.mp4";
    addTask(idOf(1), url);
    {
        ThumbnailCache cache(m_library.get(), m_repository.get());
        cache.setFrameMaker(m_grabber.get());
        QSignalSpy tried(m_grabber.get(), &FrameGrabber::made);
        cache.setVisible({idOf(1)}, kPx);
        QVERIFY(obtainClip(idOf(1), url)); // as by watching it: from then on there is a picture
        SOON_VERIFY(!cache.cover(idOf(1), kPx).isNull());
        QCOMPARE(cache.cover(idOf(1), kPx).size(), kPx);
        QCOMPARE(tried.count(), 1);
        QCOMPARE(m_service.requests().size(), 1); // the clip; nothing for the picture
    }
    // Made once: another run reads it, though the clip is gone and nobody can decode.
    QVERIFY(QDir(m_folder->filePath(u"cache"_s)).removeRecursively());
    makeServices();
    m_service.clearLog();
    addTask(idOf(1), url);
    ThumbnailCache cache(m_library.get(), m_repository.get());
    cache.setVisible({idOf(1)}, kPx);
    SOON_VERIFY(!cache.cover(idOf(1), kPx).isNull());
    QCOMPARE(m_service.requests().size(), 0);
}

void ClipFramesTest::aCachedClipOfAnEarlierRunDoes()
{
    const QByteArray url = m_service.baseUrl().toEncoded() + "/clip.mp4";
    addTask(idOf(1), url);
    QVERIFY(obtainClip(idOf(1), url)); // fetched ahead, never shown
    makeServices();
    m_service.clearLog();
    addTask(idOf(1), url);
    // The rows are in sight before the cache's folder is read.
    ThumbnailCache cache(m_library.get(), m_repository.get());
    cache.setFrameMaker(m_grabber.get());
    QSignalSpy missing(&cache, &ThumbnailCache::coverMissing);
    cache.setVisible({idOf(1)}, kPx);
    SOON_COMPARE(missing.count(), 1);
    m_library->load({});
    SOON_VERIFY(!cache.cover(idOf(1), kPx).isNull());
    QCOMPARE(m_service.requests().size(), 0);
}

void ClipFramesTest::aBrokenClipIsTriedOnceUntilItChanges()
{
    const QString path = m_folder->filePath(u"saved.mp4"_s);
    QFile saved(path);
    QVERIFY(saved.open(QIODevice::WriteOnly));
    saved.write("this is no clip");
    saved.close();
    QSignalSpy failed(m_grabber.get(), &FrameGrabber::failed);
    QSignalSpy made(m_grabber.get(), &FrameGrabber::made);
    const auto look = [&](ThumbnailCache &cache) {
        cache.setFrameMaker(m_grabber.get());
        addTask(idOf(1), "http://127.0.0.1:1/a.mp4"); // out of reach
        m_repository->recordSaved(
                {{idOf(1), u"works[0].video"_s, Variant::Unwatermarked}, path, 15, {}, {}, {}});
        cache.setVisible({idOf(1)}, kPx);
    };
    {
        ThumbnailCache cache(m_library.get(), m_repository.get());
        look(cache);
        SOON_COMPARE(failed.count(), 1);
        const ThumbnailFolder folder(m_library->thumbnailFolder());
        SOON_VERIFY(folder.isBroken(idOf(1), ThumbnailFolder::stampOf(path)));
    }
    makeServices();
    {
        ThumbnailCache cache(m_library.get(), m_repository.get());
        look(cache);
        QVERIFY(!failed.wait(1500)); // the first try took a tenth of that
        QCOMPARE(failed.count(), 1);
        QVERIFY(!cache.isPending(idOf(1)));
    }
    makeServices();
    QVERIFY(QFile::remove(path));
    QVERIFY(QFile::copy(u":/demo/valley.mp4"_s, path));
    ThumbnailCache cache(m_library.get(), m_repository.get());
    look(cache);
    SOON_COMPARE(made.count(), 1);
    SOON_VERIFY(!cache.cover(idOf(1), kPx).isNull());
}

void ClipFramesTest::aDeadCoverIsReplaced()
{
    const QByteArray base = m_service.baseUrl().toEncoded();
    addTask(idOf(1), base + "/clip.mp4", base + "/gone.webp");
    QVERIFY(obtainClip(idOf(1), base + "/clip.mp4"));
    ThumbnailCache cache(m_library.get(), m_repository.get());
    cache.setFrameMaker(m_grabber.get());
    cache.setVisible({idOf(1)}, kPx);
    SOON_VERIFY(!cache.cover(idOf(1), kPx).isNull());
}

TASKREEL_TEST_MAIN(ClipFramesTest, QApplication)
#include "tst_clipframes.moc"
