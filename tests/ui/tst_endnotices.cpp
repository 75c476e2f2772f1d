// SPDX-License-Identifier: MIT
#include "core/formats/answerreader.h"
#include "core/settings/appsettings.h"
#include "core/tasks/taskrepository.h"
#include "fakenotifications.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "ui/window/endnotices.h"

#include <QApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QWidget>

using namespace Qt::StringLiterals;
using namespace taskreel;
using taskreel::test::FakeNotifications;

// Words on the desktop of a private bus, of tasks that end while nobody looks.
class TestEndNotices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void summaries();
    void silentWithoutAService(); // before any service was there
    void oneForABatch();
    void theBodyIsEscaped();
    void oneForEach();
    void none();
    void silentWhileTheWindowIsActive();
    void aNewerOneJoinsTheFormer();
    void clickedItShowsThem();
    void lookingTakesItAway();
    void aForeignNumberIsNotOurs();

private:
    void answer(const QStringList &ids, const QString &word, const QString &prompt = u"Paper boats"_s);
    void end(const QStringList &ready, const QStringList &failed = {});

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AppSettings> m_settings;
    std::unique_ptr<TaskRepository> m_repository;
    std::unique_ptr<QWidget> m_window;
    EndNotices *m_notices = nullptr; ///< the window's
    std::unique_ptr<FakeNotifications> m_desktop;
};

void TestEndNotices::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<AppSettings>(m_folder->filePath(u"settings.ini"_s));
    m_repository = std::make_unique<TaskRepository>(nullptr);
    m_window = std::make_unique<QWidget>();
    m_notices = new EndNotices(m_repository.get(), m_settings.get(), m_window.get());
    if (QLatin1StringView(QTest::currentTestFunction()) == "silentWithoutAService"_L1)
        return;
    m_desktop = std::make_unique<FakeNotifications>();
    QVERIFY(m_desktop->isRegistered());
}

void TestEndNotices::cleanup()
{
    m_window.reset();
    m_repository.reset();
    m_settings.reset();
    m_desktop.reset();
}

void TestEndNotices::answer(const QStringList &ids, const QString &word, const QString &prompt)
{
    QSignalSpy added(m_repository.get(), &TaskRepository::tasksAdded);
    QSignalSpy changed(m_repository.get(), &TaskRepository::tasksChanged);
    for (const QString &id : ids) {
        const QJsonObject task{{u"task_id"_s, id},
                               {u"status"_s, word},
                               {u"input"_s, QJsonObject{{u"prompt"_s, prompt}}}};
        m_repository->merge(readAnswersInText(QJsonDocument(task).toJson()).constFirst(), true);
    }
    if (!ids.isEmpty())
        SOON_VERIFY(added.count() + changed.count() > 0);
}

void TestEndNotices::end(const QStringList &ready, const QStringList &failed)
{
    answer(ready + failed, u"processing"_s);
    answer(failed, u"failed"_s);
    answer(ready, u"completed"_s);
}

void TestEndNotices::summaries()
{
    QCOMPARE(EndNotices::summary(28, 2), u"28 ready, 2 failed"_s);
    QCOMPARE(EndNotices::summary(1, 0), u"1 ready"_s);
    QCOMPARE(EndNotices::summary(0, 3), u"3 failed"_s);
}

void TestEndNotices::silentWithoutAService()
{
    QVERIFY(QDBusConnection::sessionBus().isConnected());
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    end({u"a"_s, u"b"_s});
    QTest::qWait(200); // the bus has refused by now, and nothing is said of it
    end({u"c"_s});
    QTest::qWait(100);
}

void TestEndNotices::oneForABatch()
{
    QStringList ready;
    for (int i = 0; i < 28; ++i)
        ready.append(u"ready-%1"_s.arg(i));
    end(ready, {u"failed-1"_s, u"failed-2"_s});
    SOON_COMPARE(m_desktop->shown.size(), 1);
    QCOMPARE(m_desktop->shown.first().title, u"28 ready, 2 failed"_s);
    QCOMPARE(m_desktop->shown.first().body, u"Paper boats and 29 more"_s);
    QVERIFY(m_desktop->shown.first().actions.contains(u"default"_s));
    QTest::qWait(50);
    QCOMPARE(m_desktop->shown.size(), 1);
}

void TestEndNotices::theBodyIsEscaped()
{
    answer({u"a"_s}, u"processing"_s);
    answer({u"a"_s}, u"completed"_s, u"<img src=\"file:///x\"> & %1 %n <b>"_s);
    SOON_COMPARE(m_desktop->shown.size(), 1);
    QCOMPARE(m_desktop->shown.first().body,
             u"&lt;img src=&quot;file:///x&quot;&gt; &amp; %1 %n &lt;b&gt;"_s);
}

void TestEndNotices::oneForEach()
{
    m_settings->setNotifications(Notifications::Each);
    end({u"a"_s, u"b"_s}, {u"c"_s});
    SOON_COMPARE(m_desktop->shown.size(), 3);
    int failed = 0;
    QSet<uint> numbers;
    for (const FakeNotifications::Shown &one : std::as_const(m_desktop->shown)) {
        failed += one.title == u"Failed"_s;
        numbers.insert(one.number);
    }
    QCOMPARE(failed, 1);
    QCOMPARE(numbers.size(), 3);
}

void TestEndNotices::none()
{
    m_settings->setNotifications(Notifications::None);
    end({u"a"_s, u"b"_s});
    QTest::qWait(200);
    QCOMPARE(m_desktop->shown.size(), 0);
}

void TestEndNotices::silentWhileTheWindowIsActive()
{
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    end({u"a"_s});
    QTest::qWait(200);
    QCOMPARE(m_desktop->shown.size(), 0);
}

void TestEndNotices::aNewerOneJoinsTheFormer()
{
    end({u"a"_s, u"b"_s});
    SOON_COMPARE(m_desktop->shown.size(), 1);
    const uint number = m_desktop->shown.first().number;
    QTest::qWait(50); // its number has come back
    end({u"c"_s}, {u"d"_s});
    SOON_COMPARE(m_desktop->shown.size(), 2);
    QCOMPARE(m_desktop->shown.last().replaced, number);
    QCOMPARE(m_desktop->shown.last().title, u"3 ready, 1 failed"_s);
}

void TestEndNotices::clickedItShowsThem()
{
    QSignalSpy wanted(m_notices, &EndNotices::showRequested);
    end({u"a"_s, u"b"_s}, {u"c"_s});
    SOON_COMPARE(m_desktop->shown.size(), 1);
    QTest::qWait(50);
    m_repository->remove({u"b"_s});
    Q_EMIT m_desktop->ActionInvoked(m_desktop->shown.first().number, u"default"_s);
    SOON_COMPARE(wanted.count(), 1);
    QCOMPARE(wanted.first().first().toStringList(), (QStringList{u"a"_s, u"c"_s}));
}

void TestEndNotices::lookingTakesItAway()
{
    end({u"a"_s});
    SOON_COMPARE(m_desktop->shown.size(), 1);
    QTest::qWait(50);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    SOON_COMPARE(m_desktop->closed, QList<uint>{m_desktop->shown.first().number});
    m_window->hide();
    SOON_VERIFY(!m_window->isActiveWindow());
    end({u"b"_s});
    SOON_COMPARE(m_desktop->shown.size(), 2);
    QCOMPARE(m_desktop->shown.last().title, u"1 ready"_s); // the former one was seen
}

void TestEndNotices::aForeignNumberIsNotOurs()
{
    QSignalSpy wanted(m_notices, &EndNotices::showRequested);
    end({u"a"_s});
    SOON_COMPARE(m_desktop->shown.size(), 1);
    QTest::qWait(50);
    Q_EMIT m_desktop->ActionInvoked(m_desktop->shown.first().number + 1, u"default"_s);
    Q_EMIT m_desktop->ActionInvoked(m_desktop->shown.first().number, u"other"_s);
    QTest::qWait(100);
    QCOMPARE(wanted.count(), 0);
}

TASKREEL_TEST_MAIN(TestEndNotices, QApplication)
#include "tst_endnotices.moc"
