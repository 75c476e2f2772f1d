// SPDX-License-Identifier: MIT
#include "support/isolation.h"
#include "support/loopwatch.h"
#include "support/patience.h"
#include "ui/stage/backgroundclip.h"
#include "ui/stage/playbackcontroller.h"
#include "ui/stage/videostage.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <cstdio>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace taskreel;
using namespace taskreel::test;

namespace {

constexpr int kRound = 5000; // ms
constexpr int kRounds = 3;

double cpuMs()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto ms = [](const timeval &t) { return double(t.tv_sec) * 1e3 + double(t.tv_usec) / 1e3; };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

} // namespace

/// What a small clip under the pointer costs: gaps of the event loop while it starts and runs, alone and
/// beside two clips of 1440 × 1440 on the stage, of which the frames that were shown are counted. Rounds
/// without and with it take turns, so that a busy machine disturbs both alike. Prints.
class BenchHover final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void alone();
    void besideTheStage();
    void starting();
    void stills();

private:
    struct Round
    {
        qsizetype stage = 0;
        qsizetype hover = 0;
    };
    Round run(bool withHover, const char *what);
    [[nodiscard]] QString file(const QString &name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    Theme m_theme;
    PlaybackController m_player;
    BackgroundClip m_clip;
};

void BenchHover::initTestCase()
{
    for (const QString &name : {u"valley.mp4"_s, u"valley-marked.mp4"_s, u"lighthouse.mp4"_s,
                                u"night.mp4"_s, u"aurora.mp4"_s})
        QVERIFY(QFile::copy(u":/demo/"_s + name, file(name)));
}

BenchHover::Round BenchHover::run(bool withHover, const char *what)
{
    QLabel tile;
    tile.setFixedSize(224, 126);
    tile.show();
    Round round;
    const auto stage = connect(&m_player, &PlaybackController::frameReady, this,
                               [&round] { ++round.stage; });
    const auto hover = connect(&m_clip, &BackgroundClip::picture, this,
                               [&round, &tile](quint64, const QImage &picture) {
                                   ++round.hover;
                                   tile.setPixmap(QPixmap::fromImage(picture));
                               });
    LoopWatch watch;
    const double before = cpuMs();
    const quint64 number = withHover ? m_clip.play(file(u"lighthouse.mp4"_s), {224, 126}) : 0;
    loopFor(kRound);
    m_clip.stop(number);
    if (watch.turns() == 0)
        qFatal("the loop was not watched");
    std::printf("%-34s stage %3d frames, tile %3d pictures, CPU %3.0f %%, gaps %s\n", what,
                int(round.stage), int(round.hover), (cpuMs() - before) * 100 / kRound,
                qPrintable(watch.text()));
    std::fflush(stdout);
    disconnect(stage);
    disconnect(hover);
    return round;
}

void BenchHover::alone()
{
    run(true, "tile alone, back end not loaded");
    run(true, "tile alone");
}

void BenchHover::besideTheStage()
{
    VideoStage stage(&m_theme);
    connect(&m_player, &PlaybackController::frameReady, &stage, &VideoStage::setFrame);
    stage.resize(960, 540);
    stage.show();
    QSignalSpy ready(&m_player, &PlaybackController::clipReady);
    m_player.setClip(ClipSlot::Watermarked, file(u"valley-marked.mp4"_s));
    m_player.setClip(ClipSlot::Unwatermarked, file(u"valley.mp4"_s));
    QVERIFY(loopUntil([&] { return ready.count() == 2; }));
    m_player.play();
    loopFor(1000);
    qsizetype without = 0;
    qsizetype with = 0;
    for (int i = 0; i < kRounds; ++i) {
        without += run(false, "stage plays").stage;
        with += run(true, "stage plays, tile plays").stage;
    }
    std::printf("stage frames without %d, with %d\n", int(without), int(with));
    m_player.clear();
}

void BenchHover::starting()
{
    LoopWatch watch;
    QSignalSpy pictures(&m_clip, &BackgroundClip::picture);
    for (int i = 0; i < 30; ++i) {
        pictures.clear();
        const quint64 number =
            m_clip.play(file(i % 2 == 0 ? u"night.mp4"_s : u"aurora.mp4"_s), {224, 126});
        QVERIFY(!pictures.isEmpty() || pictures.wait(kPatienceMs));
        m_clip.stop(number);
    }
    VERIFY_WATCHED(watch);
    std::printf("%-34s gaps %s\n", "30 starts", qPrintable(watch.text()));
}

void BenchHover::stills()
{
    LoopWatch watch;
    QElapsedTimer time;
    time.start();
    QSignalSpy pictures(&m_clip, &BackgroundClip::picture);
    for (int i = 0; i < 20; ++i) {
        pictures.clear();
        m_clip.takeStill(file(i % 2 == 0 ? u"valley.mp4"_s : u"lighthouse.mp4"_s), {480, 480});
        QVERIFY(!pictures.isEmpty() || pictures.wait(kPatienceMs));
    }
    VERIFY_WATCHED(watch);
    std::printf("%-34s %lld ms each, gaps %s\n", "20 frames at 10 %", time.elapsed() / 20,
                qPrintable(watch.text()));
}

TASKREEL_BENCH_MAIN(BenchHover, QApplication)
#include "tst_bench_hover.moc"
