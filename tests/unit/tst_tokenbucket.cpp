// SPDX-License-Identifier: MIT
#include "core/net/retryrules.h"
#include "core/net/tokenbucket.h"
#include "support/isolation.h"

using taskreel::TokenBucket;

namespace {

int takenWithin(TokenBucket &bucket, qint64 fromMs, qint64 toMs, qint64 stepMs)
{
    int taken = 0;
    for (qint64 now = fromMs; now < toMs; now += stepMs)
        taken += bucket.take(now) ? 1 : 0;
    return taken;
}

} // namespace

class TestTokenBucket final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheRateOverTime()
    {
        TokenBucket bucket(120, 6);
        QCOMPARE(takenWithin(bucket, 0, 600'000, 10), 6 + 1199);
    }

    void aLongPauseFillsItOnce()
    {
        TokenBucket bucket(120, 6);
        takenWithin(bucket, 0, 10'000, 10);
        const qint64 afterSleep = 8 * 3'600'000;
        QCOMPARE(takenWithin(bucket, afterSleep, afterSleep + 100, 1), 6);
    }

    void aClockThatGoesBackGivesNothingAndHurtsNothing()
    {
        TokenBucket bucket(60, 1);
        QVERIFY(bucket.take(10'000'000));
        QVERIFY(!bucket.take(5'000'000));
        QVERIFY(bucket.take(5'001'000));
    }

    void waitIsExact()
    {
        TokenBucket bucket(120, 1);
        QCOMPARE(bucket.waitMs(0), 0);
        QVERIFY(bucket.take(0));
        const qint64 wait = bucket.waitMs(0);
        QCOMPARE(wait, 500);
        QVERIFY(!bucket.take(wait - 1));
        QVERIFY(bucket.take(wait));
    }

    void aNewRateHoldsAtOnce()
    {
        TokenBucket bucket(60, 1);
        QVERIFY(bucket.take(0));
        bucket.setRate(600, 0);
        QCOMPARE(bucket.waitMs(0), 100);
    }

    void retriesGrowToALimit()
    {
        QCOMPARE(taskreel::retryDelayMs(1, -1, 0.5), 2'000);
        QCOMPARE(taskreel::retryDelayMs(2, -1, 0.5), 4'000);
        QCOMPARE(taskreel::retryDelayMs(1'000'000, -1, 0.5), 300'000);
        QVERIFY(taskreel::retryDelayMs(3, -1, 0.0) < taskreel::retryDelayMs(3, -1, 1.0));
    }

    void theServersWishIsALowerBound()
    {
        QCOMPARE(taskreel::retryDelayMs(1, 60'000, 0.5), 60'000);
        QCOMPARE(taskreel::ratePauseMs(5, 7'000, 0.5), 7'000);
        QCOMPARE(taskreel::ratePauseMs(1, 0, 0.5), 1'000);
        QCOMPARE(taskreel::ratePauseMs(1, -1, 0.0), 10'000);
        QCOMPARE(taskreel::ratePauseMs(2, -1, 0.0), 20'000);
    }
};

TASKREEL_TEST_MAIN(TestTokenBucket, QCoreApplication)
#include "tst_tokenbucket.moc"
