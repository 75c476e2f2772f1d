// SPDX-License-Identifier: MIT
#include "core/net/connectionwatch.h"
#include "support/isolation.h"

using taskreel::ConnectionWatch;
using Network = ConnectionWatch::Network;

namespace {

constexpr double kMiddle = 0.5; ///< no jitter
constexpr qint64 kNow = 1'000'000;

} // namespace

class TestConnectionWatch final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void threeFailuresInARowAreOffline()
    {
        ConnectionWatch watch;
        watch.failed(kNow, kMiddle);
        watch.failed(kNow, kMiddle);
        QVERIFY(!watch.isOffline());
        watch.answered();
        watch.failed(kNow, kMiddle);
        watch.failed(kNow, kMiddle);
        QVERIFY(!watch.isOffline());
        watch.failed(kNow, kMiddle);
        QVERIFY(watch.isOffline());
        QCOMPARE(watch.nextTryMs(), kNow + 5'000);
        watch.answered();
        QVERIFY(!watch.isOffline());
    }

    void triesGrowRare()
    {
        ConnectionWatch watch;
        goOffline(watch);
        qint64 now = kNow;
        for (const qint64 wait : {10'000, 20'000, 40'000, 60'000, 60'000}) {
            now = watch.nextTryMs();
            watch.tried(now, kMiddle);
            watch.failed(now + 1, kMiddle);
            QCOMPARE(watch.nextTryMs(), now + wait);
        }
        watch.tryNow(now);
        QCOMPARE(watch.nextTryMs(), now);
        watch.tried(now, kMiddle);
        QCOMPARE(watch.nextTryMs(), now + 10'000);
        // A try that hung for long is not followed by the next at once.
        watch.failed(now + 60'000, kMiddle);
        QCOMPARE(watch.nextTryMs(), now + 65'000);
        watch.shift(-now);
        QCOMPARE(watch.nextTryMs(), 65'000);
    }

    void theSystemIsBelievedUntilItIsWrong()
    {
        ConnectionWatch watch;
        watch.setNetwork(Network::Down, kNow);
        QVERIFY(watch.isOffline() && watch.isNetworkDown());
        QCOMPARE(watch.nextTryMs(), kNow + 60'000);
        // Back without any request that failed: nothing to try out.
        watch.setNetwork(Network::Up, kNow + 1);
        QVERIFY(!watch.isOffline());

        watch.setNetwork(Network::Down, kNow);
        watch.answered(); // by some way that the system does not know
        QVERIFY(!watch.isOffline() && !watch.isNetworkDown());
        goOffline(watch);
        QVERIFY(watch.isOffline() && !watch.isNetworkDown());
        watch.setNetwork(Network::Up, kNow);
        watch.setNetwork(Network::Down, kNow);
        QVERIFY(watch.isNetworkDown());
    }

    void aNetworkThatIsBackIsTriedAtOnce()
    {
        ConnectionWatch watch;
        goOffline(watch);
        watch.setNetwork(Network::Down, kNow);
        watch.setNetwork(Network::Up, kNow + 10);
        QVERIFY(watch.isOffline()); // until the service answers
        QVERIFY(watch.nextTryMs() <= kNow + 10);
    }

    void unknownSaysNothing()
    {
        ConnectionWatch watch;
        watch.setNetwork(Network::Unknown, kNow);
        QVERIFY(!watch.isOffline() && !watch.isNetworkDown());
    }

private:
    static void goOffline(ConnectionWatch &watch)
    {
        for (int i = 0; i < 3; ++i)
            watch.failed(kNow, kMiddle);
    }
};

TASKREEL_TEST_MAIN(TestConnectionWatch, QCoreApplication)
#include "tst_connectionwatch.moc"
