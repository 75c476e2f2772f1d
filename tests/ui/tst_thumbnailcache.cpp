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

private:
    [[nodiscard]] QString file(const QByteArray &bytes);
    void addTask(const QByteArray &coverUrl, const QString &id = kId);

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

void ThumbnailCacheTest::addTask(const QByteArray &coverUrl, const QString &id)
{
    const QByteArray cover = coverUrl.isEmpty() ? QByteArray() : R"("cover":{"resource":")" + coverUrl + R"("},)";
    const QByteArray answer = R"({"code":200,"data":{"task_id":")" + id.toLatin1()
            + R"(","model":"kling","task_type":"video_generation","status":"completed","output":{"works":[{)"
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

TASKREEL_TEST_MAIN(ThumbnailCacheTest, QApplication)
#include "tst_thumbnailcache.moc"
