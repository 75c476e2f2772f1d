// SPDX-License-Identifier: MIT
#include "support/isolation.h"
#include "ui/stage/frameconverter.h"

#include <QColor>
#include <QGuiApplication>
#include <QVideoFrame>
#include <QVideoFrameFormat>
#include <array>

using namespace taskreel;

namespace {

constexpr QSize kHd{1280, 720};
constexpr QSize kSd{640, 480};

// A frame of one colour, with the components as the standard of its colour space has them.
QVideoFrame plainFrame(const QVideoFrameFormat &format, const std::array<int, 3> &yuv)
{
    QVideoFrame frame(format);
    if (!frame.map(QVideoFrame::WriteOnly))
        return {};
    for (int plane = 0; plane < frame.planeCount(); ++plane)
        std::fill_n(frame.bits(plane), frame.mappedBytes(plane), uchar(yuv.at(std::size_t(plane))));
    if (format.pixelFormat() == QVideoFrameFormat::Format_NV12) {
        for (int i = 1; i < frame.mappedBytes(1); i += 2)
            frame.bits(1)[i] = uchar(yuv[2]);
    }
    frame.unmap();
    return frame;
}

bool isNear(const QColor &color, const QColor &wanted)
{
    constexpr int kTolerance = 4;
    return std::abs(color.red() - wanted.red()) <= kTolerance
        && std::abs(color.green() - wanted.green()) <= kTolerance
        && std::abs(color.blue() - wanted.blue()) <= kTolerance;
}

} // namespace

class TestFrameConverter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { QCOMPARE(FrameConverter::liveContexts(), 0); }

    void colors_data();
    void colors();
    void packedColors();
    void invalidFrame();
    void neverWritesToWhatIsHeld();
    void usesBuffersAgain();
    void oddSizes();
};

void TestFrameConverter::colors_data()
{
    using Format = QVideoFrameFormat;
    QTest::addColumn<QSize>("size");
    QTest::addColumn<Format::PixelFormat>("pixels");
    QTest::addColumn<Format::ColorSpace>("space");
    QTest::addColumn<Format::ColorRange>("range");
    QTest::addColumn<int>("y");
    QTest::addColumn<int>("u");
    QTest::addColumn<int>("v");
    QTest::addColumn<QColor>("wanted");

    const auto planar = Format::Format_YUV420P;
    const auto video = Format::ColorRange_Video;
    const QColor red(255, 0, 0);
    QTest::newRow("red, 709") << kHd << planar << Format::ColorSpace_BT709 << video << 63 << 102
                              << 240 << red;
    QTest::newRow("red, HD of unknown space")
        << kHd << planar << Format::ColorSpace_Undefined << video << 63 << 102 << 240 << red;
    QTest::newRow("red, 601") << kHd << planar << Format::ColorSpace_BT601 << video << 81 << 90
                              << 240 << red;
    QTest::newRow("red, SD of unknown space")
        << kSd << planar << Format::ColorSpace_Undefined << video << 81 << 90 << 240 << red;
    QTest::newRow("red, NV12") << kHd << Format::Format_NV12 << Format::ColorSpace_BT709 << video
                               << 63 << 102 << 240 << red;
    QTest::newRow("green, 709") << kHd << planar << Format::ColorSpace_BT709 << video << 173 << 42
                                << 26 << QColor(0, 255, 0);
    QTest::newRow("blue, 709") << kHd << planar << Format::ColorSpace_BT709 << video << 32 << 240
                               << 118 << QColor(0, 0, 255);
    QTest::newRow("white") << kHd << planar << Format::ColorSpace_BT709 << video << 235 << 128
                           << 128 << QColor(255, 255, 255);
    QTest::newRow("black") << kHd << planar << Format::ColorSpace_BT709 << video << 16 << 128
                           << 128 << QColor(0, 0, 0);
    QTest::newRow("full range") << kHd << planar << Format::ColorSpace_BT709
                                << Format::ColorRange_Full << 16 << 128 << 128
                                << QColor(16, 16, 16);
}

void TestFrameConverter::colors()
{
    QFETCH(QSize, size);
    QFETCH(QVideoFrameFormat::PixelFormat, pixels);
    QFETCH(QVideoFrameFormat::ColorSpace, space);
    QFETCH(QVideoFrameFormat::ColorRange, range);
    QFETCH(int, y);
    QFETCH(int, u);
    QFETCH(int, v);
    QFETCH(QColor, wanted);
    QVideoFrameFormat format(size, pixels);
    format.setColorSpace(space);
    format.setColorRange(range);
    FrameConverter converter;
    const QImage image = converter.convert(plainFrame(format, {y, u, v}), {320, 180});
    QCOMPARE(image.size(), QSize(320, 180));
    QCOMPARE(image.format(), QImage::Format_RGB32);
    for (const QPoint at : {QPoint(0, 0), QPoint(160, 90), QPoint(319, 179)}) {
        const QColor color = image.pixelColor(at);
        QVERIFY2(isNear(color, wanted), qPrintable(color.name()));
    }
    QCOMPARE(FrameConverter::liveContexts(), 1);
}

void TestFrameConverter::packedColors()
{
    QVideoFrame frame(QVideoFrameFormat(kSd, QVideoFrameFormat::Format_BGRX8888));
    QVERIFY(frame.map(QVideoFrame::WriteOnly));
    for (int i = 0; i < frame.mappedBytes(0); ++i)
        frame.bits(0)[i] = uchar(i % 4 == 2 || i % 4 == 3 ? 255 : 0); // blue, green, red, unused
    frame.unmap();
    FrameConverter converter;
    const QImage image = converter.convert(frame, {64, 48});
    QCOMPARE(image.size(), QSize(64, 48));
    QVERIFY(isNear(image.pixelColor(32, 24), QColor(255, 0, 0)));
}

void TestFrameConverter::invalidFrame()
{
    FrameConverter converter;
    QVERIFY(converter.convert({}, {320, 180}).isNull());
    const QVideoFrameFormat format(kSd, QVideoFrameFormat::Format_YUV420P);
    QVERIFY(converter.convert(plainFrame(format, {16, 128, 128}), {}).isNull());
    QVERIFY(converter.convert(plainFrame(format, {16, 128, 128}), {1'000'000, 10}).isNull());
}

void TestFrameConverter::neverWritesToWhatIsHeld()
{
    const QVideoFrameFormat format(kSd, QVideoFrameFormat::Format_YUV420P);
    FrameConverter converter;
    QList<QImage> held;
    for (int i = 0; i < 8; ++i)
        held << converter.convert(plainFrame(format, {16 + i * 20, 128, 128}), {64, 48});
    for (int i = 1; i < held.size(); ++i)
        QVERIFY(held.at(i).pixelColor(5, 5).red() > held.at(i - 1).pixelColor(5, 5).red() + 10);
}

void TestFrameConverter::usesBuffersAgain()
{
    const QVideoFrameFormat format(kSd, QVideoFrameFormat::Format_YUV420P);
    const QVideoFrame frame = plainFrame(format, {100, 128, 128});
    FrameConverter converter;
    QSet<const uchar *> buffers;
    QImage shown;
    for (int i = 0; i < 20; ++i) {
        shown = converter.convert(frame, {64, 48});
        buffers << shown.constBits();
    }
    QVERIFY(buffers.size() <= 2);
    QCOMPARE(FrameConverter::liveContexts(), 1);
}

void TestFrameConverter::oddSizes()
{
    FrameConverter converter;
    for (const QSize from : {QSize(2, 2), QSize(641, 361), QSize(854, 480)}) {
        const QVideoFrameFormat format(from, QVideoFrameFormat::Format_YUV420P);
        const QVideoFrame frame = plainFrame(format, {235, 128, 128});
        for (const QSize to : {QSize(1, 1), QSize(3, 7), QSize(331, 187), QSize(1277, 719)}) {
            const QImage image = converter.convert(frame, to);
            QCOMPARE(image.size(), to);
            if (to.width() < 100)
                continue; // so small that the scaler's coarse steps show
            const QColor corner = image.pixelColor(to.width() - 1, to.height() - 1);
            QVERIFY2(isNear(corner, QColor(255, 255, 255)),
                     qPrintable(QStringLiteral("%1 from %2 to %3")
                                    .arg(corner.name())
                                    .arg(from.width())
                                    .arg(to.width())));
        }
    }
}

TASKREEL_TEST_MAIN(TestFrameConverter, QGuiApplication)
#include "tst_frameconverter.moc"
