// SPDX-License-Identifier: MIT
#include "support/isolation.h"
#include "support/servicethread.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace taskreel;

// The real program on a real X server: start to the first painted window, and resident memory, empty and with
// 1,000 tasks. Prints figures, asserts none.
class BenchStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstWindow_data();
    void firstWindow();

private:
    static qint64 residentKilobytes(qint64 pid);
    test::ServiceThread m_service{0};
};

qint64 BenchStart::residentKilobytes(qint64 pid)
{
    QFile status(u"/proc/%1/status"_s.arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').constFirst().toLongLong();
    }
    return -1;
}

void BenchStart::firstWindow_data()
{
    QTest::addColumn<int>("tasks");
    QTest::newRow("empty") << 0;
    QTest::newRow("1000 tasks") << 1000;
}

void BenchStart::firstWindow()
{
    QFETCH(int, tasks);
    QTemporaryDir folder;
    const QStringList common{u"--data-dir"_s, folder.path(), u"--api-url"_s,
                             m_service.baseUrl().toString()};
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PIAPI_API_KEY"_s, u"bench"_s);
    environment.insert(u"QT_LOGGING_RULES"_s, u"taskreel.start.info=true"_s);
    if (tasks > 0) {
        // The library is filled by the program itself, without a window.
        QProcess fill;
        fill.setProcessEnvironment(environment);
        fill.start(QStringLiteral(TASKREEL_PROGRAM),
                   common + QStringList{u"--no-window"_s} + test::ServiceThread::taskIds(tasks));
        QVERIFY(fill.waitForFinished(120'000));
        QCOMPARE(fill.exitCode(), 0);
    }
    QList<qint64> times;
    qint64 resident = 0;
    for (int run = 0; run < 6; ++run) {
        QProcess process;
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        QElapsedTimer clock;
        clock.start();
        process.start(QStringLiteral(TASKREEL_PROGRAM), common);
        QByteArray output;
        while (!output.contains("first window") && process.waitForReadyRead(20'000))
            output += process.readAll();
        QVERIFY2(output.contains("first window"), output.constData());
        if (run > 0) // the first warms the disk cache
            times.append(clock.elapsed());
        QTest::qWait(1500); // memory at rest
        resident = residentKilobytes(process.processId());
        process.terminate();
        QVERIFY(process.waitForFinished(20'000));
    }
    std::sort(times.begin(), times.end());
    qInfo("%d tasks: start to first window %lld ms (median of %lld, max %lld), resident %.1f MB", tasks,
          times.at(times.size() / 2), static_cast<long long>(times.size()), times.constLast(),
          static_cast<double>(resident) / 1024.0);
}

TASKREEL_TEST_MAIN(BenchStart, QCoreApplication)
#include "tst_bench_start.moc"
