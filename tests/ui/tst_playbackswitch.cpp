// SPDX-License-Identifier: MIT
#include "stagefixture.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "support/turn.h"

#include <QApplication>
#include <QSignalSpy>
#include <QThread>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace taskreel;
using taskreel::test::StageFixture;

namespace {

constexpr int kLimit = test::kPatienceMs; // never a measure of speed, only of "not at all"

const QString kMarked = u"dawn-marked.mp4"_s;
const QString kClean = u"dawn.mp4"_s;
const QString kSquareMarked = u"valley-marked.mp4"_s;
const QString kSquareClean = u"valley.mp4"_s;

} // namespace

class TestPlaybackSwitch final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void switchesExactlyWhilePaused();
    void switchesBesideWhilePlaying();
    void switchKeepsPicturesUntilClipComes();
    void lateClipJoins();
    void stallsDoNotMoveThePicture();
    void quickChangesShowNothingStale();
    void brokenVariantLeavesTheOther();
};

void TestPlaybackSwitch::switchesExactlyWhilePaused()
{
    StageFixture stage;
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kSquareMarked));
    stage.controller.setClip(ClipSlot::Unwatermarked, stage.file(kSquareClean));
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 0, kLimit);
    ClipSlot slot = ClipSlot::Watermarked;
    for (const int frame : {40, 3, 110}) {
        stage.controller.seek(qRound(frame * 1000 / 30.0));
        QTRY_COMPARE_WITH_TIMEOUT(stage.counter, frame, kLimit);
        QCOMPARE(StageFixture::showsWatermark(stage.image), slot == ClipSlot::Watermarked);
        stage.counters.clear();
        slot = slot == ClipSlot::Watermarked ? ClipSlot::Unwatermarked : ClipSlot::Watermarked;
        stage.controller.show(slot);
        QVERIFY(stage.counters.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!stage.counters.isEmpty(), kLimit);
        QCOMPARE(stage.counters, QList<int>{frame});
        QCOMPARE(StageFixture::showsWatermark(stage.image), slot == ClipSlot::Watermarked);
        QVERIFY(!stage.controller.isPlaying());
    }
    // In the middle of stepping: the frame that was wanted last.
    stage.controller.stepFrames(-1);
    stage.controller.stepFrames(-1);
    stage.controller.show(ClipSlot::Watermarked);
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 108, kLimit);
}

void TestPlaybackSwitch::switchesBesideWhilePlaying()
{
    StageFixture stage;
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kSquareMarked));
    stage.controller.setClip(ClipSlot::Unwatermarked, stage.file(kSquareClean));
    stage.controller.play();
    ClipSlot slot = ClipSlot::Watermarked;
    for (int round = 0; round < 6; ++round) {
        const int next = stage.counter + 8;
        QTRY_VERIFY_WITH_TIMEOUT(stage.counter >= next || stage.counter < next - 30, kLimit);
        const int before = stage.counter;
        const QElapsedTimer sinceBefore = stage.sinceFrame;
        stage.counters.clear();
        slot = slot == ClipSlot::Watermarked ? ClipSlot::Unwatermarked : ClipSlot::Watermarked;
        stage.controller.show(slot);
        QVERIFY(stage.controller.isPlaying());
        QTRY_VERIFY_WITH_TIMEOUT(!stage.counters.isEmpty(), kLimit);
        QCOMPARE(StageFixture::showsWatermark(stage.image), slot == ClipSlot::Watermarked);
        // One frame, and what a busy machine let pass between the two pictures.
        const int most = 1 + int(std::ceil(double(sinceBefore.elapsed()) * 30 / 1000));
        QVERIFY2(std::abs(stage.counters.constFirst() - before) <= most,
                 qPrintable(u"%1 after %2"_s.arg(stage.counters.constFirst()).arg(before)));
    }
    QCOMPARE(stage.invalidFrames, 0);
}

void TestPlaybackSwitch::switchKeepsPicturesUntilClipComes()
{
    StageFixture stage;
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kMarked));
    stage.controller.play();
    QTRY_VERIFY_WITH_TIMEOUT(stage.counter >= 10, kLimit);
    stage.controller.show(ClipSlot::Unwatermarked);
    const int there = stage.counter;
    QTest::qWait(100); // time enough for a frame of the wrong variant
    QCOMPARE(stage.counter, there);
    stage.counters.clear();
    stage.controller.setClip(ClipSlot::Unwatermarked, stage.file(kClean));
    QTRY_VERIFY_WITH_TIMEOUT(!stage.counters.isEmpty(), kLimit);
    // It plays, so the switch is exact to one frame.
    QVERIFY2(std::abs(stage.counters.constFirst() - there) <= 1,
             qPrintable(u"%1 after %2"_s.arg(stage.counters.constFirst()).arg(there)));
    QTRY_VERIFY_WITH_TIMEOUT(stage.counter > there + 5, kLimit); // and plays on
}

void TestPlaybackSwitch::lateClipJoins()
{
    StageFixture stage;
    QSignalSpy ready(&stage.controller, &PlaybackController::clipReady);
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kMarked));
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 0, kLimit);
    stage.controller.seek(2000);
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 60, kLimit);
    stage.controller.setClip(ClipSlot::Unwatermarked, stage.file(kClean));
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 2, kLimit);
    stage.counters.clear();
    stage.controller.show(ClipSlot::Unwatermarked);
    QTRY_COMPARE_WITH_TIMEOUT(stage.counters, QList<int>{60}, kLimit);
}

// Frames that wait when the switch is asked for are not seen any more: the other variant's picture
// follows the one on the screen.
void TestPlaybackSwitch::stallsDoNotMoveThePicture()
{
    StageFixture stage;
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kMarked));
    stage.controller.play();
    QTRY_VERIFY_WITH_TIMEOUT(stage.counter >= 10, kLimit);
    QThread::msleep(200); // six frames come meanwhile
    stage.controller.show(ClipSlot::Unwatermarked);
    const int there = stage.counter;
    test::awaitPosted(); // the frames that waited have arrived, and must not be shown
    stage.counters.clear();
    stage.controller.setClip(ClipSlot::Unwatermarked, stage.file(kClean));
    QTRY_VERIFY_WITH_TIMEOUT(!stage.counters.isEmpty(), kLimit);
    QCOMPARE(stage.counters.constFirst(), there);
    QVERIFY(!StageFixture::showsWatermark(stage.image));
    QTRY_VERIFY_WITH_TIMEOUT(stage.counter > there + 5, kLimit);
}

void TestPlaybackSwitch::quickChangesShowNothingStale()
{
    StageFixture stage;
    stage.controller.play();
    for (int i = 0; i < 30; ++i) {
        const bool square = i % 2 == 1;
        stage.controller.clear();
        stage.image = {};
        stage.controller.setClip(ClipSlot::Watermarked, stage.file(square ? kSquareMarked : kMarked));
        stage.controller.setClip(ClipSlot::Unwatermarked, stage.file(square ? kSquareClean : kClean));
        // Some are left before they were opened, some while they open, some when they play.
        if (i % 3 == 1)
            QCoreApplication::sendPostedEvents();
        else if (i % 12 == 2)
            QTRY_VERIFY_WITH_TIMEOUT(!stage.image.isNull(), kLimit);
        if (!stage.image.isNull())
            QCOMPARE(stage.image.width() == stage.image.height(), square);
    }
    QTRY_VERIFY_WITH_TIMEOUT(stage.counter > 10, kLimit);
    QCOMPARE(stage.image.width(), stage.image.height());
    QCOMPARE(stage.invalidFrames, 0);
}

void TestPlaybackSwitch::brokenVariantLeavesTheOther()
{
    StageFixture stage;
    QSignalSpy failures(&stage.controller, &PlaybackController::failed);
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kMarked));
    stage.controller.play();
    QTRY_VERIFY_WITH_TIMEOUT(stage.counter > 3, kLimit);
    stage.controller.show(ClipSlot::Unwatermarked);
    stage.controller.setClip(ClipSlot::Unwatermarked, stage.write(u"broken.mp4"_s, "no video"));
    QTRY_COMPARE_WITH_TIMEOUT(failures.count(), 1, kLimit);
    QCOMPARE(failures.constFirst().at(0).value<ClipSlot>(), ClipSlot::Unwatermarked);
    const int there = stage.counter;
    stage.controller.show(ClipSlot::Watermarked);
    QTRY_VERIFY_WITH_TIMEOUT(stage.counter > there + 3, kLimit);
}

TASKREEL_TEST_MAIN(TestPlaybackSwitch, QApplication)
#include "tst_playbackswitch.moc"
