// SPDX-License-Identifier: MIT
#include "stagefixture.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "ui/stage/mp4rotation.h"
#include "ui/stage/videostage.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QSignalSpy>
#include <QVBoxLayout>
#include <QVideoFrameFormat>

using namespace Qt::StringLiterals;
using namespace taskreel;
using taskreel::test::StageFixture;

namespace {

constexpr int kLimit = test::kPatienceMs; // never a measure of speed, only of "not at all"

// Left half red, right half blue, BT.709.
QVideoFrame twoColors(const QSize &size)
{
    QVideoFrameFormat format(size, QVideoFrameFormat::Format_YUV420P);
    format.setColorSpace(QVideoFrameFormat::ColorSpace_BT709);
    QVideoFrame frame(format);
    if (!frame.map(QVideoFrame::WriteOnly))
        return {};
    const std::array<std::array<uchar, 2>, 3> values{{{63, 32}, {102, 240}, {240, 118}}};
    for (int plane = 0; plane < 3; ++plane) {
        const int stride = frame.bytesPerLine(plane);
        const int width = plane == 0 ? size.width() : size.width() / 2;
        for (int i = 0; i < frame.mappedBytes(plane); ++i)
            frame.bits(plane)[i] = values.at(std::size_t(plane)).at(i % stride < width / 2 ? 0 : 1);
    }
    frame.unmap();
    return frame;
}

bool isRed(const QColor &color)
{
    return color.red() > 245 && color.green() < 10 && color.blue() < 10;
}

bool isBlue(const QColor &color)
{
    return color.blue() > 245 && color.green() < 10 && color.red() < 10;
}

QImage grabbed(VideoStage &stage)
{
    return stage.grab().toImage();
}

} // namespace

class TestVideoStage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void keepsShapeAndColors();
    void turns();
    void turnsAsTheFileSays();
    void readsNoRotationFromNoise();
    void coverThenVideo();
    void holdsTheLastPicture();
    void clearLeavesNothing();
    void placeholderIsPlainText();
    void labelNoticeAndProgress();
    void theFocusLineHidesNothing();
    void oneClickOnce();
    void doubleClickIsNoClick();
    void showsFocus();
    void playsAndLivesOnInAnotherWindow();

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<VideoStage> m_stage;
};

void TestVideoStage::init()
{
    m_theme = std::make_unique<Theme>();
    m_stage = std::make_unique<VideoStage>(m_theme.get());
    m_stage->resize(600, 400);
    m_stage->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_stage.get(), test::kPatienceMs));
}

void TestVideoStage::cleanup()
{
    m_stage.reset();
    m_theme.reset();
    QCOMPARE(FrameConverter::liveContexts(), 0);
}

void TestVideoStage::keepsShapeAndColors()
{
    m_stage->setFrame(twoColors({1280, 720}));
    QCOMPARE(m_stage->picture().size(), QSize(600, 337));
    const QImage image = grabbed(*m_stage);
    const QColor bar = m_theme->color(ColorToken::Stage);
    QCOMPARE(image.pixelColor(300, 10), bar);
    QCOMPARE(image.pixelColor(300, 390), bar);
    QVERIFY2(isRed(image.pixelColor(100, 200)), qPrintable(image.pixelColor(100, 200).name()));
    QVERIFY2(isBlue(image.pixelColor(500, 200)), qPrintable(image.pixelColor(500, 200).name()));
    m_stage->resize(900, 200);
    SOON_COMPARE(m_stage->picture().size(), QSize(355, 200));
    QCOMPARE(grabbed(*m_stage).pixelColor(100, 100), bar);
    QVERIFY(isRed(grabbed(*m_stage).pixelColor(300, 100)));
}

void TestVideoStage::turns()
{
    m_stage->setFrame(twoColors({1280, 720}));
    m_stage->setRotation(90);
    const QImage quarter = m_stage->picture();
    QCOMPARE(quarter.size(), QSize(225, 400));
    QVERIFY2(isRed(quarter.pixelColor(110, 100)), "clockwise: what was left is on top");
    QVERIFY(isBlue(quarter.pixelColor(110, 300)));
    m_stage->setRotation(180);
    QCOMPARE(m_stage->picture().size(), QSize(600, 337));
    QVERIFY(isBlue(m_stage->picture().pixelColor(100, 100)));
}

void TestVideoStage::turnsAsTheFileSays()
{
    StageFixture files;
    const QString path = files.file(u"harbour.mp4"_s); // stored lying down
    QCOMPARE(mp4Rotation(path), 90);
    QCOMPARE(mp4Rotation(files.file(u"dawn.mp4"_s)), 0);
    connect(&files.controller, &PlaybackController::frameReady, m_stage.get(), &VideoStage::setFrame);
    files.controller.setClip(ClipSlot::Watermarked, path);
    QTRY_VERIFY_WITH_TIMEOUT(m_stage->showsVideo(), kLimit);
    QCOMPARE(m_stage->picture().size(), QSize(225, 400));
    QCOMPARE(test::readFrameCounter(m_stage->picture()), 0);
}

void TestVideoStage::readsNoRotationFromNoise()
{
    StageFixture files;
    const QByteArray clip = files.bytes(u"harbour.mp4"_s);
    QCOMPARE(mp4Rotation(u"/nowhere"_s), 0);
    QCOMPARE(mp4Rotation(files.write(u"empty"_s, {})), 0);
    const auto index = clip.indexOf("moov");
    for (qsizetype length = index; length < index + 700; length += 7)
        QVERIFY(mp4Rotation(files.write(u"cut"_s, clip.left(length))) % 90 == 0);
    for (qsizetype at = index - 4; at < index + 700; ++at) {
        QByteArray lying = clip.left(index + 1000);
        lying[at] = char(0xff);
        QVERIFY(mp4Rotation(files.write(u"lying"_s, lying)) % 90 == 0);
    }
}

void TestVideoStage::coverThenVideo()
{
    QAccessibleInterface *reader = QAccessible::queryAccessibleInterface(m_stage.get());
    QVERIFY(reader);
    QImage cover(100, 100, QImage::Format_ARGB32);
    cover.fill(Qt::green);
    m_stage->setCover(cover);
    QCOMPARE(m_stage->picture().size(), QSize(400, 400));
    QCOMPARE(grabbed(*m_stage).pixelColor(300, 200), QColor(Qt::green));
    QCOMPARE(reader->text(QAccessible::Name), u"Cover"_s);
    QVERIFY(!m_stage->showsVideo());

    m_stage->setFrame(twoColors({1280, 720}));
    QVERIFY(m_stage->showsVideo());
    QCOMPARE(reader->text(QAccessible::Name), u"Video"_s);
    m_stage->setCover(cover); // came late
    QVERIFY(isRed(m_stage->picture().pixelColor(10, 10)));
}

void TestVideoStage::holdsTheLastPicture()
{
    m_stage->setFrame(twoColors({1280, 720}));
    m_stage->setFrame({});
    m_stage->setNotice(u"A sentence."_s);
    QVERIFY(isRed(m_stage->picture().pixelColor(10, 10)));
    QVERIFY(isRed(grabbed(*m_stage).pixelColor(100, 100)));
}

void TestVideoStage::clearLeavesNothing()
{
    m_stage->setFrame(twoColors({1280, 720}));
    m_stage->setLabel(u"Without watermark"_s);
    m_stage->setProgress(1, 2);
    m_stage->clear();
    QVERIFY(m_stage->picture().isNull());
    const QImage image = grabbed(*m_stage);
    const QRgb bare = m_theme->color(ColorToken::Stage).rgb();
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) != bare)
                QFAIL(qPrintable(u"something is left at %1, %2"_s.arg(x).arg(y)));
        }
    }
    QCOMPARE(m_stage->accessibleName(), u"Cover"_s);
}

void TestVideoStage::placeholderIsPlainText()
{
    m_stage->setPlaceholder(u"Video"_s, u"<b>5 MB</b> <img src='file:///x'>"_s);
    QVERIFY(m_stage->accessibleDescription().contains(u"<b>5 MB</b>"_s));
    const QImage image = grabbed(*m_stage);
    bool hasWords = false;
    for (int x = 0; x < image.width() && !hasWords; ++x) {
        for (int y = 180; y < 220; ++y)
            hasWords = hasWords || qGray(image.pixel(x, y)) > 150;
    }
    QVERIFY(hasWords);
    m_stage->setPlaceholder(QString(5000, u'W'), QString(20'000, u'\n'));
    m_stage->resize(160, 90);
    QVERIFY(!grabbed(*m_stage).isNull());
}

void TestVideoStage::labelNoticeAndProgress()
{
    m_stage->setFrame(twoColors({1200, 800}));
    const QImage bare = grabbed(*m_stage);
    m_stage->setLabel(u"Without watermark"_s);
    m_stage->setNotice(u"This clip cannot be played here: there is no decoder for it."_s);
    m_stage->setProgress(1, 4);
    const QImage image = grabbed(*m_stage);
    QVERIFY(image.pixel(20, 24) != bare.pixel(20, 24));
    QVERIFY(image.pixel(30, 375) != bare.pixel(30, 375));
    const QColor accent = m_theme->color(ColorToken::Accent);
    QCOMPARE(image.pixelColor(75, 398), accent);
    QVERIFY(image.pixelColor(300, 398) != accent);
    QCOMPARE(image.pixel(300, 200), bare.pixel(300, 200));
    QVERIFY(m_stage->accessibleDescription().contains(u"no decoder"_s));
}

void TestVideoStage::theFocusLineHidesNothing()
{
    m_stage->setFrame(twoColors({1200, 800}));
    m_stage->setLabel(u"Without watermark"_s);
    const QImage bare = grabbed(*m_stage);
    QFocusEvent byKeyboard(QEvent::FocusIn, Qt::TabFocusReason);
    QApplication::sendEvent(m_stage.get(), &byKeyboard);
    const QImage image = grabbed(*m_stage);
    QCOMPARE(image.pixelColor(300, 1), m_theme->color(ColorToken::Accent));
    QCOMPARE(image.pixel(300, 200), bare.pixel(300, 200));
    QCOMPARE(image.pixel(20, 24), bare.pixel(20, 24));
}

void TestVideoStage::oneClickOnce()
{
    QSignalSpy clicks(m_stage.get(), &VideoStage::clicked);
    QTest::mouseClick(m_stage.get(), Qt::RightButton);
    QTest::mouseClick(m_stage.get(), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(clicks.count(), 1, kLimit);
}

void TestVideoStage::doubleClickIsNoClick()
{
    QSignalSpy clicks(m_stage.get(), &VideoStage::clicked);
    QSignalSpy wishes(m_stage.get(), &VideoStage::fullScreenRequested);
    QTest::mouseClick(m_stage.get(), Qt::LeftButton);
    QTest::mouseDClick(m_stage.get(), Qt::LeftButton);
    QCOMPARE(wishes.count(), 1);
    QTest::qWait(QApplication::doubleClickInterval() + 100);
    QCOMPARE(clicks.count(), 0);
}

void TestVideoStage::showsFocus()
{
    m_stage->clearFocus();
    const QImage without = grabbed(*m_stage);
    m_stage->activateWindow();
    m_stage->setFocus(Qt::TabFocusReason);
    QTRY_VERIFY_WITH_TIMEOUT(m_stage->hasFocus(), kLimit);
    QCOMPARE(grabbed(*m_stage).pixelColor(1, 200), m_theme->color(ColorToken::Accent));
    QVERIFY(without.pixelColor(1, 200) != m_theme->color(ColorToken::Accent));
}

void TestVideoStage::playsAndLivesOnInAnotherWindow()
{
    StageFixture files;
    QWidget window;
    auto *column = new QVBoxLayout(&window);
    column->setContentsMargins({});
    column->addWidget(m_stage.get());
    window.resize(480, 270);
    window.show();
    connect(&files.controller, &PlaybackController::frameReady, m_stage.get(), &VideoStage::setFrame);
    files.controller.setClip(ClipSlot::Watermarked, files.file(u"dawn-marked.mp4"_s));
    files.controller.play();
    const auto onScreen = [this] { return test::readFrameCounter(grabbed(*m_stage)); };
    QTRY_VERIFY_WITH_TIMEOUT(onScreen() > 5, kLimit);

    QWidget other;
    other.resize(960, 540);
    m_stage->setParent(&other);
    m_stage->setGeometry(other.rect());
    m_stage->show();
    other.show();
    QVERIFY(QTest::qWaitForWindowExposed(&other, test::kPatienceMs));
    const int then = onScreen();
    QTRY_VERIFY_WITH_TIMEOUT(onScreen() > then + 5 || onScreen() < then, kLimit);
    QCOMPARE(m_stage->picture().size(), QSize(960, 540));
    files.controller.pause();
    QCOMPARE(onScreen(), files.counter);
    m_stage->setParent(nullptr);
}

TASKREEL_TEST_MAIN(TestVideoStage, QApplication)
#include "tst_videostage.moc"
