// SPDX-License-Identifier: MIT
#include "commandline.h"
#include "support/isolation.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using namespace taskreel;

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepted();
    void variants_data();
    void variants();
    void refused_data();
    void refused();
    void dataDirHoldsEverything();
    void demoHasItsOwnLibraryAndNoKey();
    void stateFollowsXdg();
    void environmentKeyIsTaken();
};

void TestCommandLine::accepted()
{
    const Result<CommandLine> parsed = parseCommandLine(
        {u"taskreel"_s, u"--no-window"_s, u"--json"_s, u"--once"_s, u"--api-url"_s,
         u"http://127.0.0.1:8080"_s, u"--data-dir"_s, u"/tmp/x/../y"_s, u"id-1"_s, u"list.txt"_s});
    QVERIFY(parsed);
    QVERIFY(parsed->noWindow && parsed->json && parsed->once);
    QCOMPARE(parsed->serviceUrl, QUrl(u"http://127.0.0.1:8080"_s));
    QCOMPARE(parsed->dataFolder, u"/tmp/y"_s);
    QCOMPARE(parsed->arguments, (QStringList{u"id-1"_s, u"list.txt"_s}));
    QCOMPARE(parseCommandLine({u"taskreel"_s, u"--help"_s})->action, CommandLine::Action::ShowHelp);
    QCOMPARE(parseCommandLine({u"taskreel"_s, u"--version"_s})->action,
             CommandLine::Action::ShowVersion);
    QVERIFY(helpText().contains(u"--no-window"_s));
    for (const QString &typed : {u"https://api.piapi.ai/"_s, u" https://api.piapi.ai"_s})
        QCOMPARE(parseCommandLine({u"taskreel"_s, u"--api-url"_s, typed})->serviceUrl,
                 QUrl(u"https://api.piapi.ai"_s));
}

void TestCommandLine::variants_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<std::optional<VariantWish>>("wish");
    const auto row = [](const char *name, const QStringList &arguments,
                        std::optional<VariantWish> wish) {
        QTest::newRow(name) << arguments << wish;
    };
    row("as the setting says", {}, std::nullopt);
    row("unwatermarked", {u"--variant"_s, u"unwatermarked"_s}, VariantWish::Unwatermarked);
    row("watermarked", {u"--variant"_s, u"watermarked"_s}, VariantWish::Watermarked);
    row("both", {u"--variant=both"_s}, VariantWish::Both);
}

void TestCommandLine::variants()
{
    QFETCH(QStringList, arguments);
    QFETCH(std::optional<VariantWish>, wish);
    const Result<CommandLine> parsed = parseCommandLine(
        QStringList{u"taskreel"_s, u"--no-window"_s, u"--download"_s, u"id"_s} + arguments);
    QVERIFY(parsed);
    QVERIFY(parsed->download);
    QCOMPARE(parsed->variant, wish);
}

void TestCommandLine::refused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("word");
    QTest::newRow("unknown option") << QStringList{u"--frob"_s} << u"frob"_s;
    QTest::newRow("plain http elsewhere") << QStringList{u"--api-url"_s, u"http://example.org"_s}
                                          << u"--api-url"_s;
    QTest::newRow("json alone") << QStringList{u"--json"_s} << u"--no-window"_s;
    QTest::newRow("once alone") << QStringList{u"--once"_s} << u"--no-window"_s;
    QTest::newRow("download with a window") << QStringList{u"--download"_s} << u"--no-window"_s;
    QTest::newRow("variant of nothing")
        << QStringList{u"--no-window"_s, u"--variant"_s, u"both"_s, u"id"_s} << u"--download"_s;
    QTest::newRow("unknown variant")
        << QStringList{u"--no-window"_s, u"--download"_s, u"--variant"_s, u"clean"_s, u"id"_s}
        << u"unwatermarked, watermarked, both"_s;
    QTest::newRow("no tasks") << QStringList{u"--no-window"_s} << u"task ID"_s;
    QTest::newRow("demo elsewhere")
        << QStringList{u"--demo"_s, u"--api-url"_s, u"https://example.org"_s} << u"--demo"_s;
}

void TestCommandLine::refused()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, word);
    const Result<CommandLine> parsed = parseCommandLine(QStringList{u"taskreel"_s} + arguments);
    QVERIFY(!parsed);
    QVERIFY2(parsed.error().message.contains(word), qPrintable(parsed.error().message));
    QVERIFY(!parsed.error().message.contains(u'\n'));
}

void TestCommandLine::dataDirHoldsEverything()
{
    CommandLine commandLine;
    commandLine.dataFolder = u"/srv/reel"_s;
    const Profile profile = ownProfile(commandLine, u"k"_s);
    for (const QString &path :
         {profile.configFile, profile.dataFolder, profile.stateFolder, profile.cacheFolder})
        QVERIFY2(path == u"/srv/reel"_s || path.startsWith(u"/srv/reel/"_s), qPrintable(path));
    QCOMPARE(profile.environmentKey, u"k"_s);
    QVERIFY(profile.useKeyring);
}

void TestCommandLine::demoHasItsOwnLibraryAndNoKey()
{
    const CommandLine commandLine;
    const Profile own = ownProfile(commandLine, u"secret"_s);
    const Profile demo = demoProfile(commandLine);
    QVERIFY(demo.isDemo);
    QVERIFY(!demo.useKeyring);
    QVERIFY(demo.environmentKey.isEmpty());
    QVERIFY(demo.dataFolder != own.dataFolder);
    QVERIFY(demo.configFile != own.configFile);
    QVERIFY(demo.cacheFolder != own.cacheFolder);
}

void TestCommandLine::stateFollowsXdg()
{
    qputenv("XDG_STATE_HOME", "/tmp/states");
    QCOMPARE(ownProfile({}, {}).stateFolder, u"/tmp/states/taskreel"_s);
    qputenv("XDG_STATE_HOME", "relative");
    QVERIFY(ownProfile({}, {}).stateFolder.endsWith(u"/.local/state/taskreel"_s));
    qunsetenv("XDG_STATE_HOME");
}

void TestCommandLine::environmentKeyIsTaken()
{
    qputenv("PIAPI_API_KEY", "abc");
    QCOMPARE(takeEnvironmentKey(), u"abc"_s);
    QVERIFY(!qEnvironmentVariableIsSet("PIAPI_API_KEY"));
    QVERIFY(takeEnvironmentKey().isEmpty());
}

TASKREEL_TEST_MAIN(TestCommandLine, QCoreApplication)
#include "tst_commandline.moc"
