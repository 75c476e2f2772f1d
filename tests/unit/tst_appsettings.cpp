// SPDX-License-Identifier: MIT
#include "core/settings/appsettings.h"
#include "support/isolation.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using taskreel::AppSettings;
using taskreel::ConflictPolicy;
using taskreel::UnfinishedDownloads;

class TestAppSettings final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void outlivesTheProgram()
    {
        {
            AppSettings settings(ini());
            settings.setServiceUrl(QUrl(u"https://proxy.piapi.ai/"_s));
            settings.setDownloadFolder(u"/tmp/clips/"_s);
            settings.setMuted(false);
            QVERIFY(!settings.saveCovers() && !settings.saveDetails());
            QVERIFY(!settings.saveWhenCompleted());
            settings.setSaveCovers(true);
            settings.setSaveDetails(true);
            settings.setSaveWhenCompleted(true);
            settings.setKeptBudget(5'000'000'000);
            settings.setAppearance(taskreel::Appearance::Dark);
            settings.setWindowState(u"main"_s, QByteArray("\0\1\2", 3));
        }
        const AppSettings settings(ini());
        QCOMPARE(settings.serviceUrl(), QUrl(u"https://proxy.piapi.ai"_s));
        QCOMPARE(settings.downloadFolder(), u"/tmp/clips"_s);
        QVERIFY(!settings.muted());
        QVERIFY(settings.saveCovers() && settings.saveDetails() && settings.saveWhenCompleted());
        QCOMPARE(settings.keptBudget(), 5'000'000'000);
        QCOMPARE(settings.appearance(), taskreel::Appearance::Dark);
        QCOMPARE(settings.windowState(u"main"_s), QByteArray("\0\1\2", 3));
    }

    void windowStateStaysOutOfTheSettingsFile()
    {
        AppSettings settings(ini());
        settings.setVolume(12);
        settings.setWindowState(u"main"_s, "geometry-bytes");
        settings.sync();
        QFile file(ini());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("geometry-bytes"));
    }

    void fallsBackOnNonsense_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QVariant>("written");
        QTest::newRow("parallel: none") << u"service/parallelRequests"_s << QVariant(0);
        QTest::newRow("parallel: many") << u"service/parallelRequests"_s << QVariant(7);
        QTest::newRow("per minute: word") << u"service/requestsPerMinute"_s << QVariant(u"fast"_s);
        QTest::newRow("budget: negative") << u"kept/budget"_s << QVariant(-5);
        QTest::newRow("volume: over") << u"playback/volume"_s << QVariant(101);
        QTest::newRow("flag: word") << u"playback/muted"_s << QVariant(u"perhaps"_s);
        QTest::newRow("appearance") << u"window/appearance"_s << QVariant(u"neon"_s);
        QTest::newRow("folder: relative") << u"downloads/folder"_s << QVariant(u"clips"_s);
        QTest::newRow("downloads: none") << u"downloads/parallel"_s << QVariant(0);
        QTest::newRow("downloads of a host: many") << u"downloads/perHost"_s << QVariant(7);
        QTest::newRow("speed: negative") << u"downloads/speedLimit"_s << QVariant(-1);
        QTest::newRow("name in use: word") << u"downloads/nameInUse"_s << QVariant(u"burn"_s);
        QTest::newRow("unfinished: word") << u"downloads/unfinished"_s << QVariant(u"forget"_s);
        QTest::newRow("service: plain http")
            << u"service/url"_s << QVariant(u"http://example.com"_s);
        QTest::newRow("template: unknown field")
            << u"downloads/nameTemplate"_s << QVariant(u"{nonsense}"_s);
    }

    void fallsBackOnNonsense()
    {
        QFETCH(QString, name);
        QFETCH(QVariant, written);
        {
            QSettings file(ini(), QSettings::IniFormat);
            file.setValue(name, written);
        }
        const AppSettings broken(ini());
        const AppSettings fresh(m_folder->filePath(u"other/fresh.ini"_s));
        QCOMPARE(broken.parallelRequests(), fresh.parallelRequests());
        QCOMPARE(broken.requestsPerMinute(), fresh.requestsPerMinute());
        QCOMPARE(broken.keptBudget(), fresh.keptBudget());
        QCOMPARE(broken.volume(), fresh.volume());
        QCOMPARE(broken.muted(), fresh.muted());
        QCOMPARE(broken.appearance(), fresh.appearance());
        QCOMPARE(broken.downloadFolder(), fresh.downloadFolder());
        QCOMPARE(broken.serviceUrl(), fresh.serviceUrl());
        QCOMPARE(broken.nameTemplate(), fresh.nameTemplate());
        QCOMPARE(broken.parallelDownloads(), 3);
        QCOMPARE(broken.downloadsPerHost(), 3);
        QCOMPARE(broken.speedLimit(), 0);
        QCOMPARE(broken.conflictPolicy(), ConflictPolicy::SkipIdentical);
        QCOMPARE(broken.unfinishedDownloads(), UnfinishedDownloads::Continue);
    }

    void downloadChoicesAreKept()
    {
        {
            AppSettings settings(ini());
            const QSignalSpy changed(&settings, &AppSettings::conflictPolicyChanged);
            settings.setParallelDownloads(9);
            settings.setDownloadsPerHost(2);
            settings.setSpeedLimit(1'500'000);
            settings.setConflictPolicy(ConflictPolicy::Overwrite);
            settings.setConflictPolicy(ConflictPolicy::Overwrite);
            settings.setUnfinishedDownloads(UnfinishedDownloads::Ask);
            QCOMPARE(changed.count(), 1);
        }
        const AppSettings again(ini());
        QCOMPARE(again.parallelDownloads(), 6); // the most
        QCOMPARE(again.downloadsPerHost(), 2);
        QCOMPARE(again.speedLimit(), 1'500'000);
        QCOMPARE(again.conflictPolicy(), ConflictPolicy::Overwrite);
        QCOMPARE(again.unfinishedDownloads(), UnfinishedDownloads::Ask);
    }

    void announcesOnlyChanges()
    {
        AppSettings settings(ini());
        const QSignalSpy muted(&settings, &AppSettings::mutedChanged);
        const QSignalSpy service(&settings, &AppSettings::serviceUrlChanged);
        settings.setMuted(settings.muted());
        settings.setServiceUrl(AppSettings::defaultServiceUrl());
        QCOMPARE(muted.count(), 0);
        QCOMPARE(service.count(), 0);
        settings.setMuted(false);
        QCOMPARE(muted.count(), 1);
    }

    void serviceAddress_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        QTest::newRow("https") << u"https://api.piapi.ai"_s << true;
        QTest::newRow("with blanks around") << u"  https://api.piapi.ai/ "_s << true;
        QTest::newRow("with port and path") << u"https://api.example.com:8443/v2"_s << true;
        QTest::newRow("loopback v4") << u"http://127.0.0.1:8080"_s << true;
        QTest::newRow("loopback net") << u"http://127.9.9.9:1"_s << true;
        QTest::newRow("loopback v6") << u"http://[::1]:8080"_s << true;
        QTest::newRow("localhost") << u"http://LocalHost:8080"_s << true;
        QTest::newRow("plain http") << u"http://api.piapi.ai"_s << false;
        QTest::newRow("plain http, private") << u"http://192.168.0.1"_s << false;
        QTest::newRow("looks like loopback") << u"http://127.0.0.1.example.com"_s << false;
        QTest::newRow("looks like localhost") << u"http://localhost.example.com"_s << false;
        QTest::newRow("credentials") << u"https://me:pw@api.piapi.ai"_s << false;
        QTest::newRow("query") << u"https://api.piapi.ai?x=1"_s << false;
        QTest::newRow("fragment") << u"https://api.piapi.ai#top"_s << false;
        QTest::newRow("no scheme") << u"api.piapi.ai"_s << false;
        QTest::newRow("other scheme") << u"ftp://api.piapi.ai"_s << false;
        QTest::newRow("file") << u"file:///etc/passwd"_s << false;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("words") << u"my service"_s << false;
    }

    void serviceAddress()
    {
        QFETCH(QString, text);
        QFETCH(bool, good);
        const QString problem = AppSettings::serviceUrlProblem(text);
        QVERIFY2(problem.isEmpty() == good, qPrintable(problem));
    }

private:
    [[nodiscard]] QString ini() const { return m_folder->filePath(u"settings.ini"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

TASKREEL_TEST_MAIN(TestAppSettings, QCoreApplication)
#include "tst_appsettings.moc"
