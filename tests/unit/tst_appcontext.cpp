// SPDX-License-Identifier: MIT
#include "core/appcontext.h"
#include "core/store/librarylock.h"
#include "core/models/taskfilter.h"
#include "core/settings/appsettings.h"
#include "core/tasks/intake.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "support/profile.h"

#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace taskreel;

static const QString kId = u"cccccccc-0000-4000-8000-000000000001"_s;

class TestAppContext : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void opensAndRemembers();
    void aPasteBeforeTheLibraryIsReadTakesNothingAway();
    void thePaceFollowsTheSetting();
    void runsWithoutALibrary();
    void oneProcessALibrary();
    void aLockOfNobodyIsNone();
    void saysThatTheLibraryWasSetAside();
    void saysThatTheFolderCannotBeUsed();
    void theCommandLineHoldsForItsRun();

private:
    [[nodiscard]] Profile profile() const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestAppContext::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

/// Without any key, so that nothing is asked.
Profile TestAppContext::profile() const
{
    Profile profile = test::profileIn(m_folder->path());
    profile.downloadFolder.clear(); // the setting counts
    profile.serviceUrl = QUrl(u"http://127.0.0.1:1"_s);
    return profile;
}

void TestAppContext::opensAndRemembers()
{
    {
        AppContext context(profile());
        QSignalSpy ready(&context, &AppContext::ready);
        context.open();
        QCOMPARE(ready.size(), 0);
        SOON_COMPARE(ready.size(), 1);
        QSignalSpy finished(context.intake(), &Intake::finished);
        context.intake()->addText(kId);
        SOON_COMPARE(finished.size(), 1);
        SOON_COMPARE(context.filter()->rowCount(), 1);
        SOON_COMPARE(context.poller()->hold(), TaskPoller::Hold::NoKey);
    }
    AppContext context(profile());
    QSignalSpy ready(&context, &AppContext::ready);
    context.open();
    SOON_COMPARE(ready.size(), 1);
    QCOMPARE(context.repository()->ids(), QStringList{kId});
    QCOMPARE(context.filter()->rowCount(), 1);
}

void TestAppContext::aPasteBeforeTheLibraryIsReadTakesNothingAway()
{
    const QString other = u"cccccccc-0000-4000-8000-000000000002"_s;
    {
        AppContext context(profile());
        QSignalSpy ready(&context, &AppContext::ready);
        context.open();
        SOON_COMPARE(ready.size(), 1);
        QSignalSpy finished(context.intake(), &Intake::finished);
        context.intake()->addText(u"[{\"task_id\":\""_s + kId
                                  + u"\",\"status\":\"completed\",\"model\":\"kling\"}]"_s);
        SOON_COMPARE(finished.size(), 1);
        context.repository()->setMarks(kId, {.starred = true});
    }
    for (int run = 0; run < 2; ++run) {
        AppContext context(profile());
        QSignalSpy finished(context.intake(), &Intake::finished);
        context.intake()->addText(kId + u'\n' + other);
        context.open();
        context.intake()->addText(other);
        SOON_COMPARE(finished.size(), 2);
        QCOMPARE(finished.at(0).at(0).value<IntakeReport>().known.size(), run == 0 ? 1 : 2);
        QCOMPARE(context.repository()->ids(), (QStringList{kId, other}));
        QCOMPARE(context.repository()->find(kId)->status, TaskStatus::Completed);
        QVERIFY(context.repository()->find(kId)->marks.starred);
    }
}

void TestAppContext::thePaceFollowsTheSetting()
{
    AppContext context(profile());
    QCOMPARE(context.poller()->requestsPerMinute(), 120);
    context.settings()->setRequestsPerMinute(30);
    QCOMPARE(context.poller()->requestsPerMinute(), 30);
}

void TestAppContext::runsWithoutALibrary()
{
    Profile without = profile();
    without.withLibrary = false;
    AppContext context(without);
    QSignalSpy ready(&context, &AppContext::ready);
    context.open();
    QCOMPARE(ready.size(), 0);
    SOON_COMPARE(ready.size(), 1);
    context.repository()->add({kId});
    SOON_COMPARE(context.filter()->rowCount(), 1);
    QVERIFY(!QFile::exists(without.dataFolder));
}

void TestAppContext::oneProcessALibrary()
{
    QVERIFY(!LibraryLock::isTaken(profile().dataFolder));
    {
        AppContext first(profile());
        QSignalSpy ready(&first, &AppContext::ready);
        first.open();
        SOON_COMPARE(ready.size(), 1);
        QVERIFY(LibraryLock::isTaken(profile().dataFolder));

        AppContext second(profile());
        QSignalSpy failed(&second, &AppContext::openFailed);
        QSignalSpy secondReady(&second, &AppContext::ready);
        second.open();
        SOON_COMPARE(failed.size(), 1);
        QCOMPARE(secondReady.size(), 0);
        QVERIFY(failed.at(0).at(0).value<Error>().message.contains(u"Another Taskreel"_s));
    }
    QVERIFY(!LibraryLock::isTaken(profile().dataFolder));
    AppContext third(profile());
    QSignalSpy ready(&third, &AppContext::ready);
    third.open();
    SOON_COMPARE(ready.size(), 1);
}

/// A killed program's lock may name a process number that is in use again, by a program of our name.
void TestAppContext::aLockOfNobodyIsNone()
{
    const QString folder = profile().dataFolder;
    const QString path = folder + u"/library.lock"_s;
    QByteArray content;
    {
        LibraryLock lock(folder);
        QVERIFY(lock.take());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        content = file.readAll(); // of this very process, which lives
    }
    QFile left(path);
    QVERIFY(left.open(QIODevice::WriteOnly));
    left.write(content);
    left.close();
    QVERIFY(!QLockFile(path).tryLock(0)); // so it would be taken for held
    QVERIFY(!LibraryLock::isTaken(folder));
    LibraryLock lock(folder);
    QVERIFY(lock.take());
    LibraryLock second(folder);
    QVERIFY(!second.take());
}

void TestAppContext::saysThatTheLibraryWasSetAside()
{
    QVERIFY(QDir().mkpath(profile().dataFolder));
    QFile library(profile().dataFolder + u"/library.sqlite"_s);
    QVERIFY(library.open(QIODevice::WriteOnly));
    QVERIFY(library.write("not a database") > 0);
    library.close();
    AppContext context(profile());
    QSignalSpy ready(&context, &AppContext::ready);
    QSignalSpy aside(&context, &AppContext::librarySetAside);
    context.open();
    SOON_COMPARE(ready.size(), 1);
    QCOMPARE(aside.size(), 1);
    QVERIFY(QFile::exists(aside.at(0).at(0).toString()));
}

void TestAppContext::saysThatTheFolderCannotBeUsed()
{
    QFile file(m_folder->filePath(u"data"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    AppContext context(profile());
    QSignalSpy failed(&context, &AppContext::openFailed);
    context.open();
    SOON_COMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<Error>().kind, ErrorKind::CannotWrite);
}

void TestAppContext::theCommandLineHoldsForItsRun()
{
    AppContext plain(profile());
    plain.settings()->setDownloadFolder(u"/from/settings"_s);
    QCOMPARE(plain.downloadFolder(), u"/from/settings"_s);
    Profile given = profile();
    given.downloadFolder = u"/from/command/line"_s;
    AppContext context(given);
    context.settings()->setDownloadFolder(u"/changed"_s);
    QCOMPARE(context.downloadFolder(), u"/from/command/line"_s);
    QCOMPARE(context.serviceUrl(), given.serviceUrl);
}

TASKREEL_TEST_MAIN(TestAppContext, QCoreApplication)

#include "tst_appcontext.moc"
