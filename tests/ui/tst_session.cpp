// SPDX-License-Identifier: MIT
#include "support/isolation.h"
#include "ui/sessionfixture.h"
#include "ui/details/detailpane.h"
#include "ui/list/taskselection.h"
#include "ui/window/actionids.h"

#include <QApplication>
#include <QDirIterator>
#include <QFile>
#include <QLineEdit>
#include <QLoggingCategory>
#include <QDialog>
#include <QMutex>
#include <QProcess>
#include <QScopeGuard>

using namespace Qt::StringLiterals;
using namespace taskreel;
using namespace taskreel::test;

namespace {

QMutex logMutex;
QByteArray logLines;

void keepLine(QtMsgType, const QMessageLogContext &, const QString &line)
{
    const QMutexLocker lock(&logMutex);
    logLines += line.toUtf8() + '\n';
}

} // namespace

// The program's sessions as main() starts them: the user's list, the demo and back, and where the key goes.
class SessionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void triesAndLeavesTheDemo();
    void theOldListIsBackAfterTheDemo();
    void startsWithTheDemo();
    void argumentsBecomeTasks();
    void aSecondStartHandsOver();
    void startedProgramsDoNotGetTheKey();
    void aTypedKeyIsWrittenNowhere();

private:
    [[nodiscard]] CommandLine line() const { return commandLineFor(m_folder->path(), m_service.baseUrl()); }
    [[nodiscard]] std::unique_ptr<Session> makeSession(const QString &key) const
    {
        return std::make_unique<Session>(profileFor(line(), key), demoProfile(line()));
    }
    static QStringList filesWith(const QString &folder, const QByteArray &text);
    [[nodiscard]] QString clipTask() const;

    demo::DemoService m_service;
    std::unique_ptr<demo::DemoScript> m_script;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void SessionTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    if (m_script)
        return;
    m_script = std::make_unique<demo::DemoScript>(&m_service);
    m_script->setSpeed(1000);
    QVERIFY(m_service.listen());
}

/// One video with both variants.
QString SessionTest::clipTask() const
{
    return u"74c48533-ede1-41cf-9f7f-de96e71fa9cb"_s;
}

void SessionTest::triesAndLeavesTheDemo()
{
    const std::unique_ptr<Session> session = makeSession({});
    QCOMPARE(session->start(false, {}), Session::Start::Running);
    SOON_COMPARE(sessionTitle(), u"Taskreel"_s);
    SOON_VERIFY(sessionButton("Try the demo"));
    QTest::mouseClick(sessionButton("Try the demo"), Qt::LeftButton);
    SOON_COMPARE(sessionTitle(), u"Demo – Taskreel"_s);
    SOON_VERIFY(sessionRows() > 10);
    SOON_VERIFY(sessionButton("Leave demo"));
    QTest::mouseClick(sessionButton("Leave demo"), Qt::LeftButton);
    SOON_COMPARE(sessionTitle(), u"Taskreel"_s);
    SOON_VERIFY(sessionButton("Try the demo"));
    QCOMPARE(sessionRows(), -1); // nothing of the demo stays
}

void SessionTest::theOldListIsBackAfterTheDemo()
{
    const std::unique_ptr<Session> session = makeSession(demo::DemoScript::apiKey());
    QCOMPARE(session->start(false, {clipTask()}), Session::Start::Running);
    SOON_COMPARE(sessionRows(), 1);
    sessionWindow()->actions()->action(actionid::kTryDemo)->trigger();
    SOON_COMPARE(sessionTitle(), u"Demo – Taskreel"_s);
    SOON_VERIFY(sessionRows() > 10);
    QTest::mouseClick(sessionButton("Leave demo"), Qt::LeftButton);
    SOON_COMPARE(sessionTitle(), u"Taskreel"_s);
    SOON_COMPARE(sessionRows(), 1);
}

void SessionTest::startsWithTheDemo()
{
    const int all = int(m_script->taskIds().size());
    {
        const std::unique_ptr<Session> session = makeSession({});
        QCOMPARE(session->start(true, {}), Session::Start::Running);
        SOON_COMPARE(sessionTitle(), u"Demo – Taskreel"_s);
        SOON_COMPARE(sessionRows(), all);
        const QString id = m_script->taskIds().at(3);
        sessionWindow()->selection()->set(id, {id});
        sessionWindow()->actions()->action(actionid::kRemove)->trigger();
        SOON_COMPARE(sessionRows(), all - 1);
    }
    const std::unique_ptr<Session> session = makeSession({});
    QCOMPARE(session->start(true, {}), Session::Start::Running);
    SOON_COMPARE(sessionRows(), all - 1); // what was removed stays removed
}

void SessionTest::argumentsBecomeTasks()
{
    QFile file(m_folder->filePath(u"ids.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(m_script->taskIds().mid(0, 3).join(u'\n').toUtf8());
    file.close();
    const std::unique_ptr<Session> session = makeSession(demo::DemoScript::apiKey());
    QCOMPARE(session->start(false, {file.fileName(), m_script->taskIds().at(5)}), Session::Start::Running);
    SOON_COMPARE(sessionRows(), 4);
}

void SessionTest::aSecondStartHandsOver()
{
    // The window, as another process would have it.
    const std::unique_ptr<Session> first = makeSession(demo::DemoScript::apiKey());
    QCOMPARE(first->start(false, {m_script->taskIds().at(0)}), Session::Start::Running);
    SOON_COMPARE(sessionRows(), 1);
    QProcess second;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s); // no keyring of anybody
    second.setProcessEnvironment(environment);
    second.start(QStringLiteral(TASKREEL_PROGRAM),
                 {u"--data-dir"_s, m_folder->path(), m_script->taskIds().at(1)});
    const QSignalSpy finished(&second, &QProcess::finished);
    SOON_COMPARE(finished.count(), 1);
    QCOMPARE(second.exitStatus(), QProcess::NormalExit);
    QCOMPARE(second.exitCode(), 0);
    SOON_COMPARE(sessionRows(), 2);

    // Without a window it runs beside, and says that nothing is kept.
    QProcess beside;
    environment.insert(u"PIAPI_API_KEY"_s, demo::DemoScript::apiKey());
    beside.setProcessEnvironment(environment);
    beside.start(QStringLiteral(TASKREEL_PROGRAM),
                 {u"--no-window"_s, u"--data-dir"_s, m_folder->path(), u"--api-url"_s,
                  m_service.baseUrl().toString(), clipTask()});
    const QSignalSpy ended(&beside, &QProcess::finished);
    SOON_COMPARE(ended.count(), 1);
    const QByteArray errors = beside.readAllStandardError();
    QVERIFY2(beside.exitCode() == 0, errors.constData());
    QVERIFY2(errors.contains("keeps nothing"), errors.constData());
    QVERIFY(beside.readAllStandardOutput().contains("\tcompleted\t"));
    QCOMPARE(sessionRows(), 2);
}

void SessionTest::startedProgramsDoNotGetTheKey()
{
    const QByteArray key = demo::DemoScript::apiKey().toUtf8();
    QFile script(m_folder->filePath(u"xdg-open"_s));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\ncd \"$(dirname \"$0\")\"\n{ echo \"$@\"; env; } >new\nmv new environment\n");
    script.close();
    QVERIFY(script.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    const QByteArray path = qgetenv("PATH");
    const auto restore = qScopeGuard([&path] { qputenv("PATH", path); });
    qputenv("PATH", QFile::encodeName(m_folder->path()) + ':' + path);

    qputenv("PIAPI_API_KEY", key);
    const std::unique_ptr<Session> session = makeSession(takeEnvironmentKey());
    QCOMPARE(session->start(false, {clipTask()}), Session::Start::Running);
    SOON_VERIFY(sessionCounter() >= 0); // so the key was good
    QAction *open = sessionWindow()->actions()->action(paneaction::kOpenInBrowser);
    SOON_VERIFY(open->isEnabled());
    open->trigger();
    QFile environment(m_folder->filePath(u"environment"_s));
    SOON_VERIFY(environment.exists());
    QVERIFY(environment.open(QIODevice::ReadOnly));
    const QByteArray given = environment.readAll();
    QVERIFY2(given.contains("/media/videos/") && given.contains("PATH="), given.constData());
    QVERIFY(!given.contains(key));
    QVERIFY(!given.contains("PIAPI_API_KEY"));
}

/// The files below a folder that hold it, whatever they are.
QStringList SessionTest::filesWith(const QString &folder, const QByteArray &text)
{
    QStringList found;
    for (QDirIterator it(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
         it.hasNext();) {
        QFile file(it.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(text))
            found.append(file.fileName());
    }
    return found;
}

void SessionTest::aTypedKeyIsWrittenNowhere()
{
    const QByteArray key = demo::DemoScript::apiKey().toUtf8();
    logLines.clear();
    const QtMessageHandler before = qInstallMessageHandler(keepLine);
    QLoggingCategory::setFilterRules(u"*=true\nqt.*=false"_s);
    const auto restore = qScopeGuard([before] {
        QLoggingCategory::setFilterRules({});
        qInstallMessageHandler(before);
    });
    {
        const std::unique_ptr<Session> session = makeSession({});
        QCOMPARE(session->start(false, {}), Session::Start::Running);
        SOON_VERIFY(sessionButton("Enter API key"));
        QTest::mouseClick(sessionButton("Enter API key"), Qt::LeftButton);
        SOON_VERIFY(sessionWindow()->findChild<QLineEdit *>(u"keyField"_s));
        auto *field = sessionWindow()->findChild<QLineEdit *>(u"keyField"_s);
        SOON_VERIFY(field->isVisible());
        QTest::keyClicks(field, u"Bearer "_s + QString::fromUtf8(key));
        QTest::keyClick(field, Qt::Key_Return);
        auto *dialog = sessionWindow()->findChild<QDialog *>(u"keyDialog"_s);
        SOON_VERIFY(dialog->findChild<QAbstractButton *>(u"keyForget"_s)->isEnabled());
        dialog->close();
        auto *box = findByName<QLineEdit>(sessionWindow(), u"Task IDs"_s);
        QVERIFY(box);
        box->setText(clipTask());
        QTest::mouseClick(sessionButton("Add tasks"), Qt::LeftButton);
        SOON_VERIFY(sessionCounter() >= 0); // so the key was good
        QCOMPARE(filesWith(m_folder->path(), key), QStringList()); // while it runs: the journal, too
        QVERIFY(!filesWith(m_folder->path(), clipTask().toUtf8()).isEmpty()); // the search finds things
        sessionWindow()->close();
    }
    QCOMPARE(filesWith(m_folder->path(), key), QStringList());
    const QMutexLocker lock(&logMutex);
    QVERIFY(!logLines.isEmpty());
    QVERIFY(!logLines.contains(key));
}

TASKREEL_TEST_MAIN(SessionTest, QApplication)
#include "tst_session.moc"
