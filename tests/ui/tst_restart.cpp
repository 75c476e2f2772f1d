// SPDX-License-Identifier: MIT
#include "support/isolation.h"
#include "ui/sessionfixture.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QProcess>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace taskreel;
using namespace taskreel::test;

// A session in a process of its own is killed; the next one, with the service gone, has the list, the answers, the
// kept clips and the settings.
class RestartTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allIsThereAfterAKill();
};

static const QString kClip = u"74c48533-ede1-41cf-9f7f-de96e71fa9cb"_s; // a video with both variants
static const QString kFailed = u"9ba8bf16-81ca-4e73-a4f5-788fd9afddf4"_s;

/// What the process does that is killed: shows the clip, presses the switch, and stays.
static int runVictim(QApplication &app, const QString &folder, const QUrl &service)
{
    const CommandLine line = commandLineFor(folder, service);
    Session session(profileFor(line, demo::DemoScript::apiKey()), demoProfile(line));
    if (session.start(false, {kClip, kFailed}) != Session::Start::Running)
        return 1;
    QTimer look;
    bool pressed = false;
    QObject::connect(&look, &QTimer::timeout, &app, [&pressed] {
        if (sessionCounter() < 0 || pressed)
            return;
        QTest::mouseClick(sessionButton("Without watermark"), Qt::LeftButton);
        pressed = true;
    });
    look.start(50);
    return QApplication::exec();
}

static bool holds(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.readAll().contains(text);
}

void RestartTest::allIsThereAfterAKill()
{
    const QTemporaryDir folder;
    auto service = std::make_unique<demo::DemoService>();
    auto script = std::make_unique<demo::DemoScript>(service.get());
    script->setSpeed(1000);
    QVERIFY(service->listen());
    const QUrl address = service->baseUrl();
    const CommandLine line = commandLineFor(folder.path(), address);
    const Profile profile = profileFor(line, demo::DemoScript::apiKey());

    QProcess victim;
    victim.setProcessChannelMode(QProcess::ForwardedChannels);
    victim.start(QCoreApplication::applicationFilePath(), {u"victim"_s, folder.path(), address.toString()});
    const auto kept = [&profile] {
        return QDir(profile.dataFolder + u"/kept"_s).entryList({u"*.mp4"_s}, QDir::Files).size();
    };
    SOON_COMPARE(kept(), 2); // both variants
    SOON_VERIFY(holds(profile.configFile, "ithoutWatermark=false"));
    QCOMPARE(victim.state(), QProcess::Running);
    const QSignalSpy ended(&victim, &QProcess::finished);
    victim.kill();
    SOON_COMPARE(ended.count(), 1);
    script.reset();
    service.reset();

    Session session(profile, demoProfile(line));
    QCOMPARE(session.start(false, {}), Session::Start::Running);
    SOON_COMPARE(sessionRows(), 2);
    const auto *list = findByName<QAbstractItemView>(sessionWindow(), u"Tasks"_s);
    QString shown;
    for (int row = 0; row < 2; ++row) {
        for (int column = 0; column < list->model()->columnCount(); ++column)
            shown += list->model()->index(row, column).data(Qt::AccessibleTextRole).toString() + u'\n';
    }
    QVERIFY2(shown.contains(u"Completed"_s) && shown.contains(u"Failed"_s), qPrintable(shown));
    QVERIFY(!sessionButton("Without watermark")->isChecked());
    for (int row = 0; row < 2; ++row) {
        const QModelIndex index = list->model()->index(row, 1);
        if (list->model()->index(row, 1).data(Qt::AccessibleTextRole).toString().contains(u"Completed"_s)) {
            QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(index).center());
        }
    }
    SOON_VERIFY(sessionCounter() >= 0);
    const int first = sessionCounter();
    SOON_VERIFY(sessionCounter() != first); // and plays
    const auto *stage = sessionWindow()->findChild<VideoStage *>(u"stage"_s);
    QVERIFY(showsWatermark(stage->picture())); // as the switch was left
}

int main(int argc, char *argv[])
{
    isolate();
    QApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"victim"_s)
        return runVictim(app, arguments.value(2), QUrl(arguments.value(3)));
    RestartTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_restart.moc"
