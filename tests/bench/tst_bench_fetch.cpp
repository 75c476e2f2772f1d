// SPDX-License-Identifier: MIT
#include "benchwindow.h"
#include "cellreader.h"
#include "core/appcontext.h"
#include "core/secrets/apikey.h"
#include "core/tasks/intake.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/loopwatch.h"
#include "support/servicethread.h"

#include <QApplication>
#include <QProcess>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace taskreel;

// 1,000 IDs pasted into the real window, answered by a loopback service that takes 50 ms each; curl on the same
// service in the same run is the peer. Prints figures, asserts none.
class BenchFetch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void curl();
    void window_data();
    void window();

private:
    static constexpr int kTasks = 1000;
    test::ServiceThread m_service{50};
};

void BenchFetch::curl()
{
    QTemporaryDir folder;
    QFile config(folder.filePath(u"urls"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    const QStringList ids = test::ServiceThread::taskIds(kTasks);
    for (const QString &id : ids) {
        config.write("url = " + m_service.baseUrl().toEncoded() + "/api/v1/task/" + id.toLatin1()
                     + "\noutput = /dev/null\n");
    }
    config.close();
    QProcess process;
    QElapsedTimer clock;
    clock.start();
    process.start(u"curl"_s, {u"--silent"_s, u"--parallel"_s, u"--parallel-max"_s, u"6"_s,
                              u"--noproxy"_s, u"*"_s, u"--config"_s, config.fileName()});
    QVERIFY(process.waitForFinished(120'000));
    QCOMPARE(process.exitCode(), 0);
    qInfo("curl --parallel --parallel-max 6: %d answers in %.2f s", kTasks,
          static_cast<double>(clock.elapsed()) / 1000.0);
}

void BenchFetch::window_data()
{
    QTest::addColumn<bool>("accessible");
    QTest::newRow("accessibility off") << false;
    QTest::newRow("accessibility on") << true;
}

void BenchFetch::window()
{
    QFETCH(bool, accessible);
    test::BenchWindow bench(m_service.baseUrl());
    bench.openWhole();
    AppContext &context = *bench.context;

    std::unique_ptr<test::CellReader> reader;
    if (accessible)
        reader = std::make_unique<test::CellReader>(bench.table);
    test::LoopWatch watch;
    const QString text = test::ServiceThread::taskIds(kTasks).join(u'\n');
    QSignalSpy ended(context.poller(), &TaskPoller::allEnded);
    QElapsedTimer clock;
    clock.start();
    context.intake()->addText(text);
    QVERIFY(test::loopUntil([&] { return context.repository()->count() == kTasks; }));
    qInfo("rows after %lld ms", clock.elapsed());
    QVERIFY(test::loopUntil([&] { return ended.size() > 0; }));
    VERIFY_WATCHED(watch);
    qInfo("window: %d answers in %.2f s; event-loop gaps %s", kTasks,
          static_cast<double>(clock.elapsed()) / 1000.0, qPrintable(watch.text()));
    qInfo("%lld characters read by accessibility", reader ? reader->characters() : 0);
}

TASKREEL_BENCH_MAIN(BenchFetch, QApplication)
#include "tst_bench_fetch.moc"
