// SPDX-License-Identifier: MIT
#include "support/isolation.h"
#include "support/loopwatch.h"

#include <QAbstractEventDispatcher>
#include <QSocketNotifier>
#include <QTimer>

#include <unistd.h>

using namespace taskreel;

// What holds the loop is seen wherever it runs: in a posted event, a timer, or where a socket is
// read.
class TestLoopWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seesWhatHoldsTheLoop_data();
    void seesWhatHoldsTheLoop();
    void timersRunWhileTheDispatcherIsSaidToBlock();
    void aWaitThatPollsHasNoTurns();
};

static constexpr int kHeldMs = 40;

static void hold()
{
    QThread::msleep(kHeldMs);
}

void TestLoopWatch::seesWhatHoldsTheLoop_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("posted event") << 0;
    QTest::newRow("timer") << 1;
    QTest::newRow("socket") << 2;
}

void TestLoopWatch::seesWhatHoldsTheLoop()
{
    QFETCH(int, how);
    int ends[2] = {-1, -1};
    QCOMPARE(::pipe(ends), 0);
    QSocketNotifier readable(ends[0], QSocketNotifier::Read);
    bool held = false;
    connect(&readable, &QSocketNotifier::activated, this, [&] {
        readable.setEnabled(false);
        hold();
        held = true;
    });
    test::LoopWatch watch;
    test::loopFor(20);
    if (how == 0) {
        QMetaObject::invokeMethod(
            this,
            [&] {
                hold();
                held = true;
            },
            Qt::QueuedConnection);
    } else if (how == 1) {
        QTimer::singleShot(5, this, [&] {
            hold();
            held = true;
        });
    } else {
        QCOMPARE(::write(ends[1], "x", 1), 1);
    }
    QVERIFY(test::loopUntil([&] { return held; }));
    test::loopFor(20);
    // A look begins at most a few ms into the hold; the machine may be slow, so only a part is
    // asked for.
    QVERIFY2(watch.figures().max >= kHeldMs / 2, qPrintable(watch.text()));
    VERIFY_WATCHED(watch);
    ::close(ends[0]);
    ::close(ends[1]);
}

/// Why LoopWatch does not measure between these two signals.
void TestLoopWatch::timersRunWhileTheDispatcherIsSaidToBlock()
{
    bool blocks = false;
    bool ranWhileBlocking = false;
    const QAbstractEventDispatcher *dispatcher = QAbstractEventDispatcher::instance();
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, [&] { blocks = true; });
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, [&] { blocks = false; });
    bool ran = false;
    QTimer::singleShot(5, this, [&] {
        ran = true;
        ranWhileBlocking = blocks;
    });
    QVERIFY(test::loopUntil([&] { return ran; }));
    QVERIFY(ranWhileBlocking);
    disconnect(dispatcher, nullptr, this, nullptr);
}

void TestLoopWatch::aWaitThatPollsHasNoTurns()
{
    test::LoopWatch watch;
    QTest::qWait(50);
    QCOMPARE(watch.turns(), 0);
    test::loopFor(50);
    QVERIFY(watch.turns() > 0);
    VERIFY_WATCHED(watch);
}

TASKREEL_BENCH_MAIN(TestLoopWatch, QCoreApplication)
#include "tst_loopwatch.moc"
