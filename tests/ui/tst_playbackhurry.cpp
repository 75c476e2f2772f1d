// SPDX-License-Identifier: MIT
#include "stagefixture.h"
#include "support/isolation.h"
#include "ui/stage/clipplayer.h"

#include <QApplication>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace taskreel;
using taskreel::test::StageFixture;

namespace {

constexpr int kLimit = 30'000; // ms; never a measure of speed, only of "not at all"

// 153 frames, 30 a second, one key frame.
const QString kMarked = u"dawn-marked.mp4"_s;
const QString kClean = u"dawn.mp4"_s;

} // namespace

// Somebody is faster than a clip can follow.
class PlaybackHurryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quickSecondsAddUp();
    void soundFollowsAnInterruptedSwitch();
};

void PlaybackHurryTest::quickSecondsAddUp()
{
    StageFixture stage;
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kMarked));
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 0, kLimit);
    for (int i = 0; i < 4; ++i)
        stage.controller.seekBy(1000);
    stage.controller.seekBy(-1000);
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 90, kLimit);
    for (int i = 0; i < 9; ++i)
        stage.controller.seekBy(1000);
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 152, kLimit); // and not beyond the end
    for (int i = 0; i < 9; ++i)
        stage.controller.seekBy(-1000);
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 0, kLimit);
}

void PlaybackHurryTest::soundFollowsAnInterruptedSwitch()
{
    StageFixture stage;
    stage.controller.setMuted(false);
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kMarked));
    stage.controller.setClip(ClipSlot::Unwatermarked, stage.file(kClean));
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 0, kLimit);
    const QList<ClipPlayer *> players = stage.controller.findChildren<ClipPlayer *>();
    QCOMPARE(players.size(), 2);
    QVERIFY(players[0]->isAudible());
    // A switch, and another row before the other variant's frame is there.
    stage.controller.show(ClipSlot::Unwatermarked);
    stage.controller.clear();
    QVERIFY(!players[0]->isAudible());
    QVERIFY(players[1]->isAudible());
}

TASKREEL_TEST_MAIN(PlaybackHurryTest, QApplication)
#include "tst_playbackhurry.moc"
