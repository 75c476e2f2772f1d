// SPDX-License-Identifier: MIT
#include "stagefixture.h"
#include "support/isolation.h"
#include "support/patience.h"

#include <QApplication>
#include <QMediaPlayer>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace taskreel;
using taskreel::test::StageFixture;

namespace {

constexpr int kLimit = test::kPatienceMs; // never a measure of speed, only of "not at all"

// 153 frames, 30 a second, one key frame.
const QString kMarked = u"dawn-marked.mp4"_s;
const QString kClean = u"dawn.mp4"_s;
constexpr int kLastFrame = 152;

} // namespace

class TestPlaybackController final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsFirstFrame();
    void playsOn();
    void loops();
    void stopsAtEndWithoutLoop();
    void seeksExactly();
    void seeksExactlyInAnyOrder();
    void seeksExactlyWhenThePauseComesLate_data();
    void seeksExactlyWhenThePauseComesLate();
    void newestSeekWins();
    void stepsExactly();
    void brokenFiles_data();
    void brokenFiles();
    void limitsPositionSignals();
    void changesSpeed();
};

void TestPlaybackController::showsFirstFrame()
{
    StageFixture stage;
    QSignalSpy ready(&stage.controller, &PlaybackController::clipReady);
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kMarked));
    QCOMPARE(ready.count(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 0, kLimit);
    QCOMPARE(ready.count(), 1);
    QCOMPARE(stage.controller.frameNumber(), 0);
    QCOMPARE(stage.controller.frameRate(), 30.0);
    QVERIFY(stage.controller.duration() > 1000);
    QVERIFY(!stage.controller.isPlaying());
}

void TestPlaybackController::playsOn()
{
    StageFixture stage;
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kMarked));
    stage.controller.play();
    QVERIFY(stage.controller.isPlaying());
    QTRY_VERIFY_WITH_TIMEOUT(stage.counter >= 20, kLimit);
    QCOMPARE(stage.controller.frameNumber(), stage.counter);
    stage.controller.pause();
    const int there = stage.counter;
    QTest::qWait(200); // nothing may come any more
    QCOMPARE(stage.counter, there);
    QCOMPARE(stage.invalidFrames, 0);
}

void TestPlaybackController::loops()
{
    StageFixture stage;
    QSignalSpy wraps(&stage.controller, &PlaybackController::wrapped);
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kMarked));
    stage.controller.setClip(ClipSlot::Unwatermarked, stage.file(kClean));
    qsizetype shownAtWrap = 0;
    connect(&stage.controller, &PlaybackController::wrapped, &stage,
            [&] { shownAtWrap = stage.counters.size(); });
    stage.controller.setSpeed(2);
    stage.controller.play();
    for (int round = 1; round <= 3; ++round) {
        QTRY_VERIFY_WITH_TIMEOUT(wraps.count() >= round && stage.counters.size() > shownAtWrap, kLimit);
        // The last frames of a round, then the first ones of the next.
        QVERIFY2(stage.counters.at(shownAtWrap - 1) > kLastFrame - 30,
                 qPrintable(QString::number(stage.counters.at(shownAtWrap - 1))));
        QVERIFY2(stage.counters.at(shownAtWrap) < 30,
                 qPrintable(QString::number(stage.counters.at(shownAtWrap))));
        QVERIFY(stage.controller.isPlaying());
    }
    QCOMPARE(stage.invalidFrames, 0);
}

void TestPlaybackController::stopsAtEndWithoutLoop()
{
    StageFixture stage;
    QSignalSpy wraps(&stage.controller, &PlaybackController::wrapped);
    stage.controller.setLoop(false);
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kMarked));
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 0, kLimit);
    stage.controller.seek(stage.controller.duration() - 500);
    stage.controller.play();
    // The end may be told before the last frame is here.
    QTRY_VERIFY_WITH_TIMEOUT(stage.counter == kLastFrame && !stage.controller.isPlaying(), kLimit);
    const int last = kLastFrame;
    QCOMPARE(wraps.count(), 0);
    stage.controller.stepFrames(-1);
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, last - 1, kLimit);
    stage.controller.play(); // from near the end: ends again
    QTRY_VERIFY_WITH_TIMEOUT(!stage.controller.isPlaying(), kLimit);
    stage.controller.play(); // at the end: from the start
    QTRY_VERIFY_WITH_TIMEOUT(stage.counter > 2 && stage.counter < last / 2, kLimit);
}

void TestPlaybackController::seeksExactly()
{
    StageFixture stage;
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kMarked));
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 0, kLimit);
    for (int i = 1; i <= 20; ++i) {
        const int frame = i * kLastFrame / 20;
        stage.controller.seek(qRound(frame * 1000 / 30.0));
        QTRY_COMPARE_WITH_TIMEOUT(stage.counter, frame, kLimit);
        QCOMPARE(stage.controller.frameNumber(), frame);
    }
    stage.controller.seek(1000);
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 30, kLimit);
    stage.controller.seek(stage.controller.duration() + 5000);
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, kLastFrame, kLimit);
    stage.controller.seek(0);
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 0, kLimit);
}

void TestPlaybackController::seeksExactlyInAnyOrder()
{
    StageFixture stage;
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kMarked));
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 0, kLimit);
    QRandomGenerator random(7);
    for (int i = 0; i < 12; ++i) {
        const int frame = random.bounded(1, kLastFrame + 1);
        stage.controller.seek(qRound(frame * 1000 / 30.0));
        QTRY_COMPARE_WITH_TIMEOUT(stage.counter, frame, kLimit);
    }
}

void TestPlaybackController::seeksExactlyWhenThePauseComesLate_data()
{
    QTest::addColumn<int>("most");
    QTest::newRow("once a seek") << 1;
    QTest::newRow("always") << 1000;
}

// A seek is a start and a pause in one turn; on a busy machine frames pass in between.
void TestPlaybackController::seeksExactlyWhenThePauseComesLate()
{
    QFETCH(int, most);
    StageFixture stage;
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kMarked));
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 0, kLimit);
    int stalls = 0;
    int stalled = 0;
    const auto players = stage.controller.findChildren<QMediaPlayer *>();
    QVERIFY(!players.isEmpty());
    for (QMediaPlayer *player : players) {
        connect(player, &QMediaPlayer::playbackStateChanged, this, [&](auto state) {
            if (state != QMediaPlayer::PlayingState || stalls >= most)
                return;
            ++stalls;
            ++stalled;
            QThread::msleep(150); // four frames
        });
    }
    for (const int frame : {60, 61, 20, 110, 3}) {
        stalls = 0;
        stage.counters.clear();
        stage.controller.seek(qRound(frame * 1000 / 30.0));
        QTRY_VERIFY_WITH_TIMEOUT(!stage.counters.isEmpty(), kLimit);
        QCOMPARE(stage.counters, QList<int>{frame});
    }
    QVERIFY(stalled >= 5);
}

void TestPlaybackController::newestSeekWins()
{
    StageFixture stage;
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kMarked));
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 0, kLimit);
    stage.counters.clear();
    for (int ms = 100; ms <= 2000; ms += 100)
        stage.controller.seek(ms);
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 60, kLimit);
    QVERIFY2(stage.counters.size() <= 2, "only the first and the newest are sought");
}

void TestPlaybackController::stepsExactly()
{
    StageFixture stage;
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kMarked));
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 0, kLimit);
    stage.controller.seek(1000);
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 30, kLimit);
    for (int i = 1; i <= 20; ++i) {
        stage.controller.stepFrames(1);
        QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 30 + i, kLimit);
    }
    for (int i = 1; i <= 20; ++i) {
        stage.controller.stepFrames(-1);
        QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 50 - i, kLimit);
    }
    for (int i = 0; i < 7; ++i)
        stage.controller.stepFrames(1); // faster than they can be shown
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 37, kLimit);
    stage.controller.stepFrames(-1000);
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 0, kLimit);
}

void TestPlaybackController::brokenFiles_data()
{
    StageFixture stage;
    const QByteArray clip = stage.bytes(kMarked);
    QTest::addColumn<QByteArray>("bytes");
    QByteArray noise(100'000, Qt::Uninitialized);
    QRandomGenerator random(3);
    for (char &byte : noise)
        byte = char(random.bounded(256));
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("not a video\n");
    QTest::newRow("noise") << noise;
    QTest::newRow("only the index") << clip.left(clip.indexOf("mdat") + 4);
    QTest::newRow("cut at once") << clip.left(100);
    QByteArray scrambled = clip;
    const auto content = clip.indexOf("mdat") + 4;
    for (auto at = content; at < scrambled.size(); ++at)
        scrambled[at] = noise.at(at % noise.size());
    QTest::newRow("noise inside") << scrambled;
}

void TestPlaybackController::brokenFiles()
{
    QFETCH(QByteArray, bytes);
    StageFixture stage;
    QSignalSpy failures(&stage.controller, &PlaybackController::failed);
    stage.controller.setClip(ClipSlot::Watermarked, stage.write(u"broken.mp4"_s, bytes));
    stage.controller.play();
    QCOMPARE(failures.count(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(failures.count(), 1, kLimit);
    const auto error = failures.constFirst().at(1).value<Error>();
    QCOMPARE(error.kind, ErrorKind::CannotDecode);
    QVERIFY(!error.detail.isEmpty());
    QVERIFY(!stage.controller.hasClip(ClipSlot::Watermarked));
    stage.controller.seek(100);
    stage.controller.stepFrames(1);
    stage.controller.play();
    // The next clip plays as if nothing had been.
    stage.controller.clear();
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kMarked));
    QTRY_VERIFY_WITH_TIMEOUT(stage.counter > 3, kLimit);
    QCOMPARE(failures.count(), 1);
}

void TestPlaybackController::limitsPositionSignals()
{
    StageFixture stage;
    QSignalSpy positions(&stage.controller, &PlaybackController::positionChanged);
    stage.controller.setSpeed(2); // 60 frames a second
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kMarked));
    QTRY_COMPARE_WITH_TIMEOUT(stage.counter, 0, kLimit);
    QElapsedTimer time;
    time.start();
    stage.controller.play();
    QTRY_VERIFY_WITH_TIMEOUT(stage.counter >= 100, kLimit);
    QVERIFY(positions.count() >= 2);
    QVERIFY(positions.count() <= time.elapsed() / 45 + 2); // a coarse timer may be 5 % early
}

void TestPlaybackController::changesSpeed()
{
    StageFixture stage;
    stage.controller.setClip(ClipSlot::Watermarked, stage.file(kMarked));
    stage.controller.play();
    for (const double speed : {0.25, 2.0, 0.5, 1.0}) {
        QTRY_VERIFY_WITH_TIMEOUT(stage.counter >= 0, kLimit);
        const auto shown = stage.counters.size();
        stage.controller.setSpeed(speed);
        QCOMPARE(stage.controller.speed(), speed);
        QTRY_VERIFY_WITH_TIMEOUT(stage.counters.size() > shown + 5, kLimit);
        for (auto i = shown + 1; i < stage.counters.size(); ++i) {
            // Forwards, but for a new round.
            QVERIFY(stage.counters.at(i) > stage.counters.at(i - 1)
                    || (stage.counters.at(i) < 30 && stage.counters.at(i - 1) > kLastFrame - 30));
        }
    }
    stage.controller.setSpeed(100);
    QCOMPARE(stage.controller.speed(), 2.0);
}

TASKREEL_TEST_MAIN(TestPlaybackController, QApplication)
#include "tst_playbackcontroller.moc"
