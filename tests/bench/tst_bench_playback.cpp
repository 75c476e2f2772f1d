// SPDX-License-Identifier: MIT
#include "support/framecounter.h"
#include "support/isolation.h"
#include "support/loopwatch.h"
#include "ui/stage/playbackcontroller.h"
#include "ui/stage/videostage.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace taskreel;

namespace {

constexpr int kLimit = 20000; // ms
constexpr int kRounds = 15;

void print(const char *what, QList<double> ms)
{
    std::sort(ms.begin(), ms.end());
    std::printf("%-44s p50 %6.1f ms   max %6.1f ms   (%d)\n", what, ms.at(ms.size() / 2), ms.constLast(),
                int(ms.size()));
    std::fflush(stdout);
}

} // namespace

/// Times from an order to the picture that is painted, for the 1440 × 1440 clip (153 frames, one key
/// frame). Prints; the only limits are against hanging.
class BenchPlayback final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void firstFrame();
    void switchWhilePaused();
    void switchWhilePausedAtOnce();
    void switchWhilePlaying();
    void step();

private:
    [[nodiscard]] QString file(const QString &name);
    void load(PlaybackController &controller, VideoStage &stage);

    QTemporaryDir m_folder;
    Theme m_theme;
};

void BenchPlayback::initTestCase()
{
    for (const QString &name : {u"valley.mp4"_s, u"valley-marked.mp4"_s})
        QVERIFY(QFile::copy(u":/demo/"_s + name, m_folder.filePath(name)));
}

QString BenchPlayback::file(const QString &name)
{
    return m_folder.filePath(name);
}

void BenchPlayback::load(PlaybackController &controller, VideoStage &stage)
{
    connect(&controller, &PlaybackController::frameReady, &stage, &VideoStage::setFrame);
    stage.resize(960, 540);
    stage.show();
    QSignalSpy ready(&controller, &PlaybackController::clipReady);
    controller.setClip(ClipSlot::Watermarked, file(u"valley-marked.mp4"_s));
    controller.setClip(ClipSlot::Unwatermarked, file(u"valley.mp4"_s));
    QVERIFY(test::loopUntil([&] { return ready.count() == 2; }, kLimit));
}

void BenchPlayback::firstFrame()
{
    PlaybackController controller;
    VideoStage stage(&m_theme);
    stage.resize(960, 540);
    stage.show();
    QVERIFY(QTest::qWaitForWindowExposed(&stage));
    QSignalSpy frames(&controller, &PlaybackController::frameReady);
    connect(&controller, &PlaybackController::frameReady, &stage, &VideoStage::setFrame);
    controller.play();
    QList<double> times;
    for (int i = 0; i <= kRounds; ++i) {
        controller.clear();
        frames.clear();
        QElapsedTimer time;
        time.start();
        controller.setClip(ClipSlot::Watermarked, file(i % 2 == 0 ? u"valley.mp4"_s : u"valley-marked.mp4"_s));
        QVERIFY(frames.wait(kLimit));
        QVERIFY(!stage.picture().isNull());
        if (i > 0) // the first one also loads the back end
            times << double(time.nsecsElapsed()) / 1e6;
        else
            print("first frame, back end not loaded yet", {double(time.nsecsElapsed()) / 1e6});
    }
    print("first frame from a local file", times);
}

void BenchPlayback::switchWhilePaused()
{
    PlaybackController controller;
    VideoStage stage(&m_theme);
    load(controller, stage);
    QList<double> times;
    for (int i = 0; i < kRounds; ++i) {
        controller.seek(1000 + i * 200);
        const int wanted = 30 + i * 6;
        QVERIFY(test::loopUntil([&] { return controller.frameNumber() == wanted; }, kLimit));
        test::loopFor(1500); // somebody looks at the picture; meanwhile the other one follows
        QSignalSpy frames(&controller, &PlaybackController::frameReady);
        QElapsedTimer time;
        time.start();
        controller.show(i % 2 == 0 ? ClipSlot::Unwatermarked : ClipSlot::Watermarked);
        QVERIFY(frames.wait(kLimit));
        QCOMPARE(test::readFrameCounter(stage.picture()), wanted);
        times << double(time.nsecsElapsed()) / 1e6;
    }
    print("switch while paused", times);
}

void BenchPlayback::switchWhilePausedAtOnce()
{
    PlaybackController controller;
    VideoStage stage(&m_theme);
    load(controller, stage);
    QList<double> times;
    for (int i = 0; i < kRounds; ++i) {
        controller.seek(1000 + i * 200);
        const int wanted = 30 + i * 6;
        QVERIFY(test::loopUntil([&] { return controller.frameNumber() == wanted; }, kLimit));
        QSignalSpy frames(&controller, &PlaybackController::frameReady);
        QElapsedTimer time;
        time.start();
        controller.show(i % 2 == 0 ? ClipSlot::Unwatermarked : ClipSlot::Watermarked);
        QVERIFY(frames.wait(kLimit));
        QCOMPARE(test::readFrameCounter(stage.picture()), wanted);
        times << double(time.nsecsElapsed()) / 1e6;
    }
    print("switch right after a seek", times);
}

void BenchPlayback::switchWhilePlaying()
{
    PlaybackController controller;
    VideoStage stage(&m_theme);
    load(controller, stage);
    controller.play();
    QSignalSpy frames(&controller, &PlaybackController::frameReady);
    const test::LoopWatch gaps;
    QList<double> times;
    int wrong = 0;
    for (int i = 0; i < kRounds; ++i) {
        test::loopFor(700);
        const int before = controller.frameNumber();
        frames.clear();
        QElapsedTimer time;
        time.start();
        controller.show(i % 2 == 0 ? ClipSlot::Unwatermarked : ClipSlot::Watermarked);
        QVERIFY(frames.wait(kLimit));
        const int counter = test::readFrameCounter(stage.picture());
        times << double(time.nsecsElapsed()) / 1e6;
        wrong += std::abs(counter - before) > 1 ? 1 : 0;
    }
    print("switch while playing", times);
    VERIFY_WATCHED(gaps);
    std::printf("event-loop gaps meanwhile: %s\n", qPrintable(gaps.text()));
    QCOMPARE(wrong, 0);
}

void BenchPlayback::step()
{
    PlaybackController controller;
    VideoStage stage(&m_theme);
    load(controller, stage);
    QList<double> times;
    for (int i = 1; i <= kRounds; ++i) {
        QSignalSpy frames(&controller, &PlaybackController::frameReady);
        QElapsedTimer time;
        time.start();
        controller.stepFrames(1);
        QVERIFY(frames.wait(kLimit));
        QCOMPARE(test::readFrameCounter(stage.picture()), i);
        times << double(time.nsecsElapsed()) / 1e6;
    }
    print("one frame forward", times);
}

TASKREEL_BENCH_MAIN(BenchPlayback, QApplication)
#include "tst_bench_playback.moc"
