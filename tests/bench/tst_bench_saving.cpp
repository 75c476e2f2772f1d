// SPDX-License-Identifier: MIT
#include "benchwindow.h"
#include "core/appcontext.h"
#include "core/downloads/downloadqueue.h"
#include "core/tasks/taskrepository.h"
#include "localserver.h"
#include "support/isolation.h"
#include "support/loopwatch.h"

#include <QApplication>
#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace taskreel;

// Downloads from nginx as fast as they go, with the real window open: how long a click would wait
// meanwhile. Prints figures, asserts none.
class BenchSaving : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void window_data();
    void window();

private:
    test::LocalServer m_server;
};

void BenchSaving::initTestCase()
{
    if (!m_server.start())
        QSKIP("nginx is needed: packaging/dependencies install bench");
}

void BenchSaving::window_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<qint64>("bytes");
    QTest::newRow("200 MB") << 1 << 200'000'000LL;
    QTest::newRow("200 x 1 MB") << 200 << 1'000'000LL;
}

void BenchSaving::window()
{
    QFETCH(int, count);
    QFETCH(qint64, bytes);
    const QList<test::LocalServer::Clip> clips = m_server.makeClips(count, bytes);
    QStringList ids;
    for (const test::LocalServer::Clip &clip : clips)
        ids.append(clip.taskId);

    test::BenchWindow bench(m_server.baseUrl());
    bench.openWhole();
    AppContext &context = *bench.context;
    context.repository()->add(ids);
    QVERIFY(test::loopUntil([&] {
        return std::ranges::all_of(ids, [&](const QString &id) {
            return context.repository()->find(id)->answeredAt.isValid();
        });
    }));
    test::loopFor(500); // what the answers bring to the window is no matter here

    QSignalSpy finished(context.downloads(), &DownloadQueue::finished);
    test::LoopWatch watch;
    QElapsedTimer clock;
    clock.start();
    context.downloads()->saveTasks(ids, VariantWish::Unwatermarked);
    QVERIFY(test::loopUntil([&] { return finished.count() > 0; }));
    const double seconds = static_cast<double>(clock.elapsed()) / 1000.0;
    VERIFY_WATCHED(watch);
    QCOMPARE(finished.at(0).at(0).toInt(), count);
    qInfo("%s saved in %.2f s (%.0f MB/s); event-loop gaps %s", QTest::currentDataTag(), seconds,
          static_cast<double>(count) * static_cast<double>(bytes) / 1e6 / seconds,
          qPrintable(watch.text()));
}

TASKREEL_BENCH_MAIN(BenchSaving, QApplication)
#include "tst_bench_saving.moc"
