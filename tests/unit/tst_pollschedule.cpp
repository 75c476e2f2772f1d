// SPDX-License-Identifier: MIT
#include "core/domain/tasksummary.h"
#include "core/net/ratepause.h"
#include "core/tasks/pollqueue.h"
#include "core/tasks/pollschedule.h"
#include "support/isolation.h"

using namespace Qt::StringLiterals;
using taskreel::pollIntervalMs;
using taskreel::PollQueue;
using taskreel::RatePause;

namespace {

constexpr qint64 kMinute = 60'000;
constexpr qint64 kHour = 60 * kMinute;
constexpr double kMiddle = 0.5; ///< no jitter

PollQueue::Entry entryAt(qint64 dueMs, qint64 order, bool first = true)
{
    PollQueue::Entry entry;
    entry.dueMs = dueMs;
    entry.order = order;
    entry.first = first;
    return entry;
}

QStringList inOrder(PollQueue &queue, bool againToo = true)
{
    QStringList ids;
    for (QString id = queue.nextReady(againToo); !id.isEmpty(); id = queue.nextReady(againToo)) {
        ids.append(id);
        queue.asking(id);
    }
    return ids;
}

} // namespace

class TestPollSchedule final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void interval_data()
    {
        QTest::addColumn<int>("answers");
        QTest::addColumn<qint64>("age");
        QTest::addColumn<qint64>("interval");
        QTest::newRow("first") << 1 << qint64(0) << qint64(3'000);
        QTest::newRow("second") << 2 << 10 * kMinute << qint64(4'500);
        QTest::newRow("many while young") << 12 << 20 * kMinute << qint64(30'000);
        QTest::newRow("absurdly many") << 2'000'000'000 << kMinute << qint64(30'000);
        QTest::newRow("half an hour") << 40 << 30 * kMinute << qint64(30'000);
        QTest::newRow("between") << 40 << 75 * kMinute << qint64(165'000);
        QTest::newRow("two hours") << 40 << 2 * kHour << qint64(300'000);
        QTest::newRow("23 hours, just added") << 1 << 23 * kHour << qint64(300'000);
        QTest::newRow("a day") << 99 << 24 * kHour << qint64(1'800'000);
        QTest::newRow("a day, just added") << 1 << 24 * kHour << qint64(1'800'000);
    }

    void interval()
    {
        QFETCH(int, answers);
        QFETCH(qint64, age);
        QTEST(pollIntervalMs(answers, age, kMiddle), "interval");
    }

    void jitterStaysWithinAFifth()
    {
        QCOMPARE(pollIntervalMs(1, 0, 0.0), 2'400);
        QCOMPARE(pollIntervalMs(1, 0, 1.0), 3'600);
        QCOMPARE(taskreel::longestPollIntervalMs(48 * kHour), 36 * kMinute);
    }

    void ageIsNeverNegative()
    {
        taskreel::TaskSummary row;
        row.addedAt = QDateTime::fromMSecsSinceEpoch(1'000, Qt::UTC);
        QCOMPARE(taskreel::taskAgeMs(row, 5'000), 4'000);
        row.createdAt = QDateTime::fromMSecsSinceEpoch(900'000, Qt::UTC);
        QCOMPARE(taskreel::taskAgeMs(row, 5'000), 0);
    }

    void selectedThenVisibleThenOldestDue()
    {
        PollQueue queue;
        queue.add(u"late"_s, entryAt(50, 1));
        queue.add(u"early"_s, entryAt(10, 2));
        queue.add(u"early too"_s, entryAt(10, 3));
        queue.add(u"selected"_s, entryAt(90, 4));
        queue.add(u"visible"_s, entryAt(80, 5));
        queue.add(u"not due"_s, entryAt(101, 0));
        QCOMPARE(queue.takeDue(100).size(), 5);
        queue.setRank(u"selected"_s, PollQueue::Selected);
        queue.setRank(u"visible"_s, PollQueue::Visible);
        QCOMPARE(inOrder(queue),
                 (QStringList{u"selected"_s, u"visible"_s, u"early"_s, u"early too"_s, u"late"_s}));
        QCOMPARE(queue.nextDueMs().value_or(-1), 101);
    }

    void firstAsksGoWithoutTheRate()
    {
        PollQueue queue;
        queue.add(u"again"_s, entryAt(1, 1, false));
        queue.add(u"first"_s, entryAt(2, 2));
        queue.takeDue(10);
        QCOMPARE(inOrder(queue, false), QStringList{u"first"_s});
        QCOMPARE(inOrder(queue, true), QStringList{u"again"_s});
        QVERIFY(!queue.hasReady());
    }

    void aSetClockMovesWhatWaits()
    {
        PollQueue queue;
        queue.add(u"a"_s, entryAt(5'000'000, 1));
        queue.add(u"b"_s, entryAt(5'000'500, 2));
        queue.shift(-4'000'000);
        QCOMPARE(queue.takeDue(1'000'000), QStringList{u"a"_s});
        QCOMPARE(queue.nextDueMs().value_or(-1), 1'000'500);
        queue.remove(u"a"_s);
        QVERIFY(!queue.hasReady());
        QCOMPARE(queue.count(), 1);
    }

    void refusalsDuringAPauseAreOne()
    {
        RatePause pause;
        QVERIFY(pause.refused(0, -1, 0.0));
        QCOMPARE(pause.untilMs(), 10'000);
        for (int i = 0; i < 5; ++i)
            QVERIFY(!pause.refused(10, -1, 0.0));
        QCOMPARE(pause.untilMs(), 10'000);
        QCOMPARE(pause.reduced(120, 10), 60);
        QVERIFY(pause.refused(20, 30'000, 0.0));
        QCOMPARE(pause.untilMs(), 30'020);
        QVERIFY(!pause.isOn(30'020));
    }

    void pausesGrowUntilSomethingIsAnswered()
    {
        RatePause pause;
        pause.refused(0, -1, 0.0);
        pause.refused(20'000, -1, 0.0);
        QCOMPARE(pause.untilMs(), 40'000);
        pause.answered(50'000);
        pause.refused(60'000, -1, 0.0);
        QCOMPARE(pause.untilMs(), 70'000);
    }

    void thePaceRecovers()
    {
        RatePause pause;
        qint64 now = 0;
        for (int i = 0; i < 10; ++i) {
            pause.refused(now, 1'000, 0.0);
            now += 2'000;
        }
        QCOMPARE(pause.reduced(120, now), 7);
        QCOMPARE(pause.reduced(6, now), 1);
        QCOMPARE(pause.reduced(120, now + kMinute), 15);
        QCOMPARE(pause.reduced(120, now + 5 * kMinute), 120);
    }
};

TASKREEL_TEST_MAIN(TestPollSchedule, QCoreApplication)
#include "tst_pollschedule.moc"
