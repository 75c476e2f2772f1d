// SPDX-License-Identifier: MIT
#include "core/formats/answerreader.h"
#include "core/media/medialibrary.h"
#include "core/net/assetfetcher.h"
#include "core/tasks/taskrepository.h"
#include "demo/demoservice.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "ui/common/imagedecode.h"
#include "ui/common/thumbnailcache.h"

#include <QApplication>
#include <QBuffer>
#include <QPainter>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTemporaryDir>

using namespace taskreel;
using namespace Qt::StringLiterals;

namespace {

const QString kId = u"b3efc0ab-3fdb-4b88-b20a-94eef777e125"_s;

QByteArray encoded(const QImage &image, const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

QImage picture(const QSize &size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::red);
    return image;
}

} // namespace

class ThumbnailCacheTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsTheFourFormats_data();
    void readsTheFourFormats();
    void refusesOthers_data();
    void refusesOthers();
    void refusesHugeDimensionsBeforeDecoding();
    void fillCutsEvenly();
    void neverAnswersInsideTheCall();
    void visibleTasksGetTheirCovers();
    void outOfSightAndBack();
    void nothingIsAskedForRowsOutOfSight();
    void aTaskWithoutCoverIsLeftAlone();
    void coversOutliveTheRunWithoutANetwork();
    void aDamagedSmallPictureIsMadeAgain();
    void passingPicturesAreNotKept();
    void memoryAndDiskStayBounded();
    void onlyWhatIsInSightIsDecoded();

private:
    [[nodiscard]] QString file(const QByteArray &bytes);
    void addTask(const QByteArray &coverUrl, const QString &id = kId,
                 const QByteArray &status = "completed");
    /// Another run of the program: nothing in memory, the service gone.
    void restart();
    [[nodiscard]] qint64 bytesOnDisk() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    int m_files = 0;
    demo::DemoService m_service;
    std::unique_ptr<AssetFetcher> m_fetcher;
    std::unique_ptr<MediaLibrary> m_library;
    std::unique_ptr<TaskRepository> m_repository;
};

void ThumbnailCacheTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    if (m_service.baseUrl().isEmpty())
        QVERIFY(m_service.listen());
    m_service.removeHandlers();
    m_service.clearLog();
    m_service.handle("/cover", [](const demo::Request &) {
        demo::Response response;
        response.headers = {{"Content-Type", "image/png"}};
        response.body = encoded(picture({320, 180}), "png");
        return response;
    });
    m_library.reset();
    m_fetcher = std::make_unique<AssetFetcher>();
    m_library = std::make_unique<MediaLibrary>(
            m_fetcher.get(), nullptr,
            MediaLibrary::Places{m_folder->filePath(u"kept"_s), m_folder->filePath(u"cache"_s)}, true);
    m_repository = std::make_unique<TaskRepository>(nullptr);
}

QString ThumbnailCacheTest::file(const QByteArray &bytes)
{
    QFile file(m_folder->filePath(u"picture%1"_s.arg(++m_files)));
    if (file.open(QIODevice::WriteOnly))
        file.write(bytes);
    return file.fileName();
}

void ThumbnailCacheTest::restart()
{
    m_service.removeHandlers();
    m_repository.reset();
    m_library = std::make_unique<MediaLibrary>(
            m_fetcher.get(), nullptr,
            MediaLibrary::Places{m_folder->filePath(u"kept"_s), m_folder->filePath(u"cache2"_s)}, true);
    m_repository = std::make_unique<TaskRepository>(nullptr);
}

qint64 ThumbnailCacheTest::bytesOnDisk() const
{
    qint64 bytes = 0;
    const QDir covers(m_library->thumbnailFolder());
    for (const QFileInfo &file : covers.entryInfoList(QDir::Files | QDir::Hidden))
        bytes += file.size();
    return bytes;
}

void ThumbnailCacheTest::addTask(const QByteArray &coverUrl, const QString &id,
                                 const QByteArray &status)
{
    const QByteArray cover = coverUrl.isEmpty() ? QByteArray() : R"("cover":{"resource":")" + coverUrl + R"("},)";
    const QByteArray answer = R"({"code":200,"data":{"task_id":")" + id.toLatin1()
            + R"(","model":"kling","task_type":"video_generation","status":")" + status
            + R"(","output":{"works":[{)"
            + cover + R"("video":{"resource":"http://127.0.0.1:1/a.mp4"},"status":99}]}}})";
    const Result<ReadAnswer> read = readAnswer(answer, 200);
    QVERIFY(read);
    m_repository->merge(*read, true);
}

void ThumbnailCacheTest::readsTheFourFormats_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("png") << encoded(picture({640, 360}), "png");
    QTest::newRow("jpeg") << encoded(picture({640, 360}), "jpeg");
    QTest::newRow("webp") << encoded(picture({640, 360}), "webp");
    // A GIF of 2 × 1 px: Qt reads the format and does not write it.
    QTest::newRow("gif") << QByteArray::fromHex(
            "47494638396102000100800000ff0000ffffff2c000000000200010000020284003b");
}

void ThumbnailCacheTest::readsTheFourFormats()
{
    QFETCH(QByteArray, bytes);
    const Result<QImage> image = readImage(file(bytes), {142, 80}, ImageFit::Inside);
    QVERIFY2(image, image ? "" : qPrintable(image.error().detail));
    QVERIFY(image->width() <= 142 && image->height() <= 80);
    QVERIFY(image->width() == 142 || image->width() == 2);
}

void ThumbnailCacheTest::refusesOthers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("html") << QByteArray("<html><body>Bad gateway");
    QTest::newRow("svg") << QByteArray(R"(<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>)");
    QTest::newRow("bmp") << encoded(picture({9, 9}), "bmp");
    QTest::newRow("cut png") << encoded(picture({64, 36}), "png").left(20);
}

void ThumbnailCacheTest::refusesOthers()
{
    QFETCH(QByteArray, bytes);
    const Result<QImage> image = readImage(file(bytes), {142, 80}, ImageFit::Inside);
    QVERIFY(!image);
    QCOMPARE(image.error().kind, ErrorKind::CannotDecode);
}

void ThumbnailCacheTest::refusesHugeDimensionsBeforeDecoding()
{
    QByteArray png = encoded(picture({8, 8}), "png");
    png.replace(16, 8, QByteArray::fromHex("0000500000005000")); // IHDR: 20480 × 20480
    // The header's checksum is over type and data.
    quint32 crc = 0xffffffffU;
    for (const char c : png.mid(12, 17)) {
        crc ^= quint8(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc & 1U) ? (crc >> 1) ^ 0xedb88320U : crc >> 1;
    }
    crc = ~crc;
    for (int i = 0; i < 4; ++i)
        png[29 + i] = char(crc >> (24 - 8 * i));
    const Result<QImage> image = readImage(file(png), {142, 80}, ImageFit::Fill);
    QVERIFY(!image);
    QCOMPARE(image.error().kind, ErrorKind::TooLarge);
}

void ThumbnailCacheTest::fillCutsEvenly()
{
    QImage portrait = picture({360, 640});
    QPainter painter(&portrait);
    painter.fillRect(0, 300, 360, 40, Qt::blue);
    painter.end();
    const Result<QImage> image = readImage(file(encoded(portrait, "png")), {142, 80}, ImageFit::Fill);
    QVERIFY(image);
    QCOMPARE(image->size(), QSize(142, 80));
    QCOMPARE(image->pixelColor(71, 40), QColor(Qt::blue));
    QCOMPARE(image->pixelColor(71, 2), QColor(Qt::red));
}

void ThumbnailCacheTest::neverAnswersInsideTheCall()
{
    int answers = 0;
    decodeImage(file(encoded(picture({64, 36}), "png")), {20, 20}, this,
                [&answers](const Result<QImage> &) { ++answers; });
    QCOMPARE(answers, 0);
    SOON_COMPARE(answers, 1);
}

void ThumbnailCacheTest::visibleTasksGetTheirCovers()
{
    addTask(m_service.baseUrl().toEncoded() + "/cover.webp");
    ThumbnailCache cache(m_library.get(), m_repository.get());
    QSignalSpy ready(&cache, &ThumbnailCache::coverReady);
    cache.setVisible({kId}, {71, 40});
    QVERIFY(cache.cover(kId, {71, 40}).isNull());
    SOON_COMPARE(ready.count(), 1);
    QCOMPARE(cache.cover(kId, {71, 40}).size(), QSize(71, 40));
    cache.setVisible({kId}, {142, 80}); // the kept file is decoded anew, nothing is fetched
    SOON_COMPARE(ready.count(), 2);
    QCOMPARE(cache.cover(kId, {142, 80}).size(), QSize(142, 80));
    QCOMPARE(m_service.requestsTo("/cover").size(), 1);
}

void ThumbnailCacheTest::nothingIsAskedForRowsOutOfSight()
{
    // Covers that never end hold every place, so the next one has to wait.
    demo::Response endless;
    endless.body = QByteArray(1000, 'x');
    endless.stallAfter = 10;
    m_service.handle("/stall", [endless](const demo::Request &) { return endless; });
    const QByteArray base = m_service.baseUrl().toEncoded();
    QStringList slow;
    for (int i = 0; i < 4; ++i) {
        slow.append(u"11111111-3fdb-4b88-b20a-94eef777e12%1"_s.arg(i));
        addTask(base + "/stall" + QByteArray::number(i), slow.constLast());
    }
    const QString waiting = u"22222222-3fdb-4b88-b20a-94eef777e120"_s;
    addTask(base + "/coverB.png", waiting);
    const QString last = u"33333333-3fdb-4b88-b20a-94eef777e120"_s;
    addTask(base + "/coverC.png", last);
    ThumbnailCache cache(m_library.get(), m_repository.get());
    QSignalSpy ready(&cache, &ThumbnailCache::coverReady);
    cache.setVisible(slow, {71, 40});
    SOON_COMPARE(m_service.requestsTo("/stall").size(), 3); // one place is left for the shown task
    cache.setVisible({waiting}, {71, 40});
    QTest::qWait(50); // its turn has not come, or the test below fails
    cache.setVisible({}, {71, 40});
    cache.setVisible({last}, {71, 40});
    // The places become free, and everything that still waits is fetched in its order.
    m_service.removeHandler("/stall");
    const QList<QTcpSocket *> sockets = m_service.findChildren<QTcpSocket *>();
    for (QTcpSocket *socket : sockets)
        socket->abort();
    SOON_COMPARE(ready.count(), 1);
    QCOMPARE(ready.constFirst().at(0).toString(), last);
    QCOMPARE(m_service.requestsTo("/coverC").size(), 1);
    QVERIFY(m_service.requestsTo("/coverB").isEmpty());
}

void ThumbnailCacheTest::outOfSightAndBack()
{
    addTask(m_service.baseUrl().toEncoded() + "/cover.webp");
    ThumbnailCache cache(m_library.get(), m_repository.get());
    QSignalSpy ready(&cache, &ThumbnailCache::coverReady);
    cache.setVisible({kId}, {71, 40});
    cache.setVisible({}, {71, 40});
    cache.setVisible({kId}, {71, 40});
    SOON_COMPARE(ready.count(), 1);
}

void ThumbnailCacheTest::aTaskWithoutCoverIsLeftAlone()
{
    QSignalSpy added(m_repository.get(), &TaskRepository::tasksAdded);
    addTask({});
    SOON_COMPARE(added.count(), 1);
    ThumbnailCache cache(m_library.get(), m_repository.get());
    cache.setVisible({kId}, {71, 40});
    addTask(m_service.baseUrl().toEncoded() + "/cover.png"); // a later answer has one
    QSignalSpy ready(&cache, &ThumbnailCache::coverReady);
    SOON_COMPARE(ready.count(), 1);
}

void ThumbnailCacheTest::coversOutliveTheRunWithoutANetwork()
{
    addTask(m_service.baseUrl().toEncoded() + "/cover.webp");
    {
        ThumbnailCache cache(m_library.get(), m_repository.get());
        cache.setVisible({kId}, {142, 80});
        SOON_VERIFY(!cache.cover(kId, {142, 80}).isNull());
        SOON_COMPARE(QDir(m_library->thumbnailFolder()).entryList(QDir::Files).size(), 1);
    }
    restart();
    m_service.clearLog();
    addTask(m_service.baseUrl().toEncoded() + "/cover.webp");
    ThumbnailCache cache(m_library.get(), m_repository.get());
    cache.setVisible({kId}, {142, 80});
    SOON_COMPARE(cache.cover(kId, {142, 80}).size(), QSize(142, 80));
    QCOMPARE(m_service.requests().size(), 0);
    const QColor middle = cache.cover(kId, {142, 80}).toImage().pixelColor(71, 40);
    QVERIFY(middle.red() > 240 && middle.green() < 15 && middle.blue() < 15);
}

void ThumbnailCacheTest::aDamagedSmallPictureIsMadeAgain()
{
    ThumbnailFolder folder(m_library->thumbnailFolder());
    QVERIFY(folder.write(kId, ThumbnailFolder::Origin::Cover, "half a pict"));
    addTask(m_service.baseUrl().toEncoded() + "/cover.webp");
    ThumbnailCache cache(m_library.get(), m_repository.get());
    cache.setVisible({kId}, {142, 80});
    SOON_COMPARE(cache.cover(kId, {142, 80}).size(), QSize(142, 80));
    QVERIFY(readImage(folder.pathFor(kId, ThumbnailFolder::Origin::Cover), {}, ImageFit::Inside));
}

void ThumbnailCacheTest::passingPicturesAreNotKept()
{
    addTask(m_service.baseUrl().toEncoded() + "/cover.webp", kId, "processing");
    ThumbnailCache cache(m_library.get(), m_repository.get());
    QSignalSpy ready(&cache, &ThumbnailCache::coverReady);
    cache.setVisible({kId}, {142, 80});
    SOON_COMPARE(ready.count(), 1);
    QCOMPARE(bytesOnDisk(), 0);
    addTask(m_service.baseUrl().toEncoded() + "/cover.webp"); // now it is completed
    SOON_COMPARE(ready.count(), 2);
    QVERIFY(bytesOnDisk() > 0);
}

void ThumbnailCacheTest::memoryAndDiskStayBounded()
{
    constexpr qint64 kDisk = 60'000;
    constexpr QSize kPx{1280, 720}; // 3.7 MB each: 18 of them fill the memory
    constexpr int kTasks = 60;
    QStringList ids;
    for (int i = 0; i < kTasks; ++i) {
        ids.append(u"b3efc0ab-3fdb-4b88-b20a-%1"_s.arg(i, 12, 16, QChar(u'0')));
        addTask(m_service.baseUrl().toEncoded() + "/cover.webp", ids.constLast());
    }
    ThumbnailCache cache(m_library.get(), m_repository.get(), nullptr, kDisk);
    for (int i = 0; i < kTasks; i += 6) { // scrolled through, six at a time
        const QStringList page = ids.mid(i, 6);
        cache.setVisible(page, kPx);
        for (const QString &id : page)
            QTRY_VERIFY_WITH_TIMEOUT(!cache.cover(id, kPx).isNull(), 30'000);
        QVERIFY(cache.memoryBytes() <= ThumbnailCache::kMaxBytes);
        QVERIFY(bytesOnDisk() <= kDisk);
    }
    QVERIFY(cache.cover(ids.first(), kPx).isNull()); // gone, to make room
    QVERIFY(cache.memoryBytes() > ThumbnailCache::kMaxBytes / 2);
    QVERIFY(bytesOnDisk() > 0);
    cache.setVisible(ids.mid(0, 6), kPx); // and back again
    for (const QString &id : ids.mid(0, 6))
        QTRY_VERIFY_WITH_TIMEOUT(!cache.cover(id, kPx).isNull(), 30'000);
}

void ThumbnailCacheTest::onlyWhatIsInSightIsDecoded()
{
    constexpr int kTasks = 400;
    QStringList ids;
    ThumbnailFolder folder(m_library->thumbnailFolder());
    const QByteArray small = encoded(picture({320, 180}), "jpg");
    for (int i = 0; i < kTasks; ++i) {
        ids.append(u"b3efc0ab-3fdb-4b88-b20a-%1"_s.arg(i, 12, 16, QChar(u'0')));
        addTask(m_service.baseUrl().toEncoded() + "/cover.webp", ids.constLast());
        folder.write(ids.constLast(), ThumbnailFolder::Origin::Cover, small);
    }
    ThumbnailCache cache(m_library.get(), m_repository.get());
    for (int i = 0; i < kTasks; i += 20) // flies past: no turn of the event loop between
        cache.setVisible(ids.mid(i, 20), {142, 80});
    const QStringList last = ids.mid(kTasks - 20, 20);
    for (const QString &id : last)
        SOON_VERIFY(!cache.cover(id, {142, 80}).isNull());
    // The two that were on the pool before they went out of sight, and no more.
    QVERIFY2(cache.decodedCount() <= 22, qPrintable(QString::number(cache.decodedCount())));
    QCOMPARE(m_service.requests().size(), 0);
}

TASKREEL_TEST_MAIN(ThumbnailCacheTest, QApplication)
#include "tst_thumbnailcache.moc"
