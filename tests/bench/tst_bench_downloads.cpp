// SPDX-License-Identifier: MIT
#include "localserver.h"
#include "support/isolation.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QProcess>
#include <QStandardPaths>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;
using namespace taskreel::test;

// The program without a window, curl and aria2c download the same files from the same nginx, in
// turn. Prints speed, processor time and peak memory of each, asserts only that everything arrived.
// Ours also asks for the tasks, hashes, checks the containers, syncs and keeps a library: its times
// are those of the whole run, and what it takes without saving is printed beside.
class BenchDownloads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void races_data();
    void races();
    void memoryIsFlat();

private:
    struct Usage
    {
        double seconds = 0;
        double cpu = 0;
        double peakMiB = 0;
    };
    using Clips = QList<LocalServer::Clip>;
    [[nodiscard]] Usage measure(const QStringList &command) const;
    [[nodiscard]] Usage runOurs(const Clips &clips, bool save = true);
    [[nodiscard]] Usage runCurl(const Clips &clips) const;
    [[nodiscard]] Usage runAria(const Clips &clips) const;
    void freshFolder();
    void verifyArrived(const Clips &clips) const;
    [[nodiscard]] QString saved() const { return m_folder.filePath(u"saved"_s); }
    static Usage median(QList<Usage> runs);
    static int rounds() { return std::max(1, qEnvironmentVariableIntValue("TASKREEL_ROUNDS")); }

    LocalServer m_server;
    QTemporaryDir m_folder;
    int m_library = 0;
};

void BenchDownloads::initTestCase()
{
    for (const QString &peer : {u"curl"_s, u"aria2c"_s}) {
        if (QStandardPaths::findExecutable(peer).isEmpty())
            QSKIP("curl and aria2c are needed: packaging/dependencies install bench");
    }
    if (!m_server.start())
        QSKIP("nginx is needed: packaging/dependencies install bench");
}

BenchDownloads::Usage BenchDownloads::measure(const QStringList &command) const
{
    const QString report = m_folder.filePath(u"report"_s);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PIAPI_API_KEY"_s, u"bench"_s);
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s);
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(MEASURE_PROGRAM), QStringList{report} + command);
    Usage usage;
    if (!process.waitForFinished(300'000) || process.exitCode() != 0) {
        qWarning("%s: exit code %d, %s", qPrintable(command.at(0)), process.exitCode(),
                 process.readAllStandardError().constData());
        return usage;
    }
    QFile file(report);
    if (file.open(QIODevice::ReadOnly)) {
        const QList<QByteArray> fields = file.readAll().trimmed().split(' ');
        usage = {fields.value(0).toDouble(), fields.value(1).toDouble(),
                 fields.value(2).toDouble() / 1024.0};
    }
    return usage;
}

void BenchDownloads::freshFolder()
{
    QDir(saved()).removeRecursively();
    QDir().mkpath(saved());
}

void BenchDownloads::verifyArrived(const Clips &clips) const
{
    qint64 bytes = 0;
    int files = 0;
    for (QDirIterator it(saved(), QDir::Files, QDirIterator::Subdirectories); it.hasNext();
         ++files) {
        it.next();
        bytes += it.fileInfo().size();
    }
    QCOMPARE(files, int(clips.size()));
    QCOMPARE(bytes, clips.size() * clips.at(0).bytes);
}

BenchDownloads::Usage BenchDownloads::runOurs(const Clips &clips, bool save)
{
    QStringList command{QStringLiteral(TASKREEL_PROGRAM),
                        u"--no-window"_s,
                        u"--api-url"_s,
                        m_server.baseUrl().toString(),
                        u"--data-dir"_s,
                        m_folder.filePath(u"library-%1"_s.arg(++m_library)),
                        u"--download-dir"_s,
                        saved()};
    if (save)
        command.append(u"--download"_s);
    for (const LocalServer::Clip &clip : clips)
        command.append(clip.taskId);
    return measure(command);
}

BenchDownloads::Usage BenchDownloads::runCurl(const Clips &clips) const
{
    QFile config(m_folder.filePath(u"urls"_s));
    if (!config.open(QIODevice::WriteOnly))
        return {};
    for (const LocalServer::Clip &clip : clips)
        config.write("url = " + clip.url.toEncoded() + "\noutput = " + saved().toUtf8() + '/'
                     + clip.taskId.toLatin1() + ".mp4\n");
    config.close();
    return measure({u"curl"_s, u"--silent"_s, u"--no-progress-meter"_s, u"--parallel"_s,
                    u"--noproxy"_s, u"*"_s, u"--config"_s, config.fileName()});
}

BenchDownloads::Usage BenchDownloads::runAria(const Clips &clips) const
{
    QFile list(m_folder.filePath(u"list"_s));
    if (!list.open(QIODevice::WriteOnly))
        return {};
    for (const LocalServer::Clip &clip : clips)
        list.write(clip.url.toEncoded() + '\n');
    list.close();
    return measure({u"aria2c"_s, u"--no-conf"_s, u"--quiet"_s, u"--no-proxy=127.0.0.1"_s,
                    u"--dir"_s, saved(), u"--input-file"_s, list.fileName()});
}

BenchDownloads::Usage BenchDownloads::median(QList<Usage> runs)
{
    const auto of = [&runs](double Usage::*field) {
        std::ranges::sort(runs, {}, field);
        return runs.at(runs.size() / 2).*field;
    };
    return {of(&Usage::seconds), of(&Usage::cpu), of(&Usage::peakMiB)};
}

void BenchDownloads::races_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<bool>("paced");
    QTest::newRow("200 MB") << 1 << 200'000'000LL << false;
    QTest::newRow("200 x 1 MB") << 200 << 1'000'000LL << false;
    QTest::newRow("200 MB at 50 MB/s") << 1 << 200'000'000LL << true;
}

void BenchDownloads::races()
{
    QFETCH(int, count);
    QFETCH(qint64, bytes);
    QFETCH(bool, paced);
    const Clips clips = m_server.makeClips(count, bytes, paced);
    std::map<QString, QList<Usage>> runs;
    const auto race = [&](const QString &name, const Usage &usage) {
        verifyArrived(clips);
        runs[name].append(usage);
    };
    for (int round = 0; round < std::max(3, rounds()); ++round) {
        freshFolder();
        runs[u"(asks alone)"_s].append(runOurs(clips, false));
        race(u"taskreel"_s, runOurs(clips));
        freshFolder();
        race(u"curl"_s, runCurl(clips));
        freshFolder();
        race(u"aria2c"_s, runAria(clips));
    }
    const double curl = median(runs[u"curl"_s]).seconds;
    const Usage asks = median(runs.extract(u"(asks alone)"_s).mapped());
    qInfo("%-18s taskreel without saving: %.2f s, cpu %.2f s", QTest::currentDataTag(),
          asks.seconds, asks.cpu);
    for (const auto &[name, usages] : runs) {
        const Usage usage = median(usages);
        qInfo("%-18s %-8s %6.2f s  %7.1f MB/s  %5.2f x curl  cpu %5.2f s  peak %6.1f MiB",
              QTest::currentDataTag(), qPrintable(name), usage.seconds,
              static_cast<double>(count) * static_cast<double>(bytes) / 1e6 / usage.seconds,
              curl / usage.seconds, usage.cpu, usage.peakMiB);
    }
}

void BenchDownloads::memoryIsFlat()
{
    for (const qint64 bytes : {200'000'000LL, 600'000'000LL}) {
        const Clips clips = m_server.makeClips(1, bytes);
        freshFolder();
        const Usage usage = runOurs(clips);
        verifyArrived(clips);
        qInfo("%4lld MB in one file: peak %.1f MiB, %.2f s", bytes / 1'000'000, usage.peakMiB,
              usage.seconds);
        QVERIFY(QFile::remove(clips.at(0).path));
    }
}

TASKREEL_TEST_MAIN(BenchDownloads, QCoreApplication)
#include "tst_bench_downloads.moc"
