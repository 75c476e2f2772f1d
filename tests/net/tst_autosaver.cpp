// SPDX-License-Identifier: MIT
#include "core/appcontext.h"
#include "core/downloads/autosaver.h"
#include "core/downloads/downloadqueue.h"
#include "core/formats/answerreader.h"
#include "core/settings/appsettings.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "demo/demoscript.h"
#include "support/isolation.h"
#include "support/mediaserver.h"
#include "support/patience.h"
#include "support/profile.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace taskreel;
using namespace taskreel::test;

// The whole row of services over the demo's account, and answers of the test's own making.
class TestAutoSaver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void savesWhatCompletesInThisRun();
    void offByDefault();
    void completedAtStartIsLeftAlone();
    void eachOnce();
    void alsoWhileTheQueueIsBusy();
    void theDemosTasksAreSavedByThemselves();

private:
    void open();
    void merge(const QString &id, TaskStatus status, const QByteArray &path = "/clip") const;
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_folder->filePath(u"downloads"_s)).entryList(QDir::Files, QDir::Name);
    }
    [[nodiscard]] SaveState saveState(const QString &id) const
    {
        return m_context->repository()->find(id)->saveState;
    }
    static QString idOf(int n)
    {
        return u"b3efc0ab-3fdb-4b88-b20a-%1"_s.arg(n, 12, 16, QChar(u'0'));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MediaServer> m_server;
    std::unique_ptr<demo::DemoScript> m_script;
    std::unique_ptr<AppContext> m_context;
    std::unique_ptr<AutoSaver> m_saver;
};

void TestAutoSaver::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<MediaServer>();
    m_script = std::make_unique<demo::DemoScript>(&m_server->service());
    m_script->setSpeed(20);
    m_server->serveBytes("/clip", clipBytes());
    open();
    m_context->settings()->setSaveWhenCompleted(true);
    m_context->settings()->setNameTemplate(u"{id}"_s);
}

void TestAutoSaver::open()
{
    Profile profile = profileIn(m_folder->path());
    profile.serviceUrl = m_server->service().baseUrl();
    profile.fixedKey = demo::DemoScript::apiKey();
    m_context = std::make_unique<AppContext>(profile);
    m_saver = std::make_unique<AutoSaver>(m_context->repository(), m_context->downloads(),
                                          m_context->settings());
    QSignalSpy ready(m_context.get(), &AppContext::ready);
    m_context->open();
    SOON_COMPARE(ready.count(), 1);
}

void TestAutoSaver::cleanup()
{
    m_saver.reset();
    m_context.reset();
    m_script.reset();
    m_server.reset();
}

/// An answer as the service gives it: the library reads it again after a restart.
void TestAutoSaver::merge(const QString &id, TaskStatus status, const QByteArray &path) const
{
    const QByteArray word = status == TaskStatus::Completed ? "completed"
        : status == TaskStatus::Failed                      ? "failed"
                                                            : "processing";
    QByteArray json = R"({"code":200,"data":{"task_id":")" + id.toLatin1()
        + R"(","model":"hailuo","task_type":"video_generation","status":")" + word + '"';
    if (status == TaskStatus::Completed)
        json += R"(,"output":{"video_url":")" + m_server->url(path) + "\"}";
    const Result<ReadAnswer> answer = readAnswer(json + "}}", 200);
    QVERIFY(answer);
    m_context->repository()->merge(*answer, true);
    // Merged, perhaps on the pool, and announced: the next answer is another one.
    SOON_VERIFY(m_context->repository()->find(id)->status == status);
    QSignalSpy told(m_context->repository(), &TaskRepository::answerReady);
    m_context->repository()->requestAnswer(id);
    SOON_VERIFY(told.count() > 0);
}

void TestAutoSaver::savesWhatCompletesInThisRun()
{
    merge(idOf(1), TaskStatus::Processing);
    merge(idOf(2), TaskStatus::Processing);
    merge(idOf(1), TaskStatus::Completed);
    merge(idOf(2), TaskStatus::Failed);
    SOON_COMPARE(saveState(idOf(1)), SaveState::Saved);
    QCOMPARE(files(), QStringList{idOf(1) + u".mp4"_s});
}

void TestAutoSaver::offByDefault()
{
    m_context->settings()->setSaveWhenCompleted(false);
    merge(idOf(1), TaskStatus::Processing);
    merge(idOf(1), TaskStatus::Completed);
    QCOMPARE(m_context->downloads()->totals(), DownloadTotals());
    // Switched on later, it is for what comes then.
    m_context->settings()->setSaveWhenCompleted(true);
    merge(idOf(2), TaskStatus::Processing);
    merge(idOf(2), TaskStatus::Completed);
    SOON_COMPARE(saveState(idOf(2)), SaveState::Saved);
    QCOMPARE(saveState(idOf(1)), SaveState::NotSaved);
}

void TestAutoSaver::completedAtStartIsLeftAlone()
{
    m_context->settings()->setSaveWhenCompleted(false);
    merge(idOf(1), TaskStatus::Completed);
    merge(idOf(2), TaskStatus::Processing);
    bool written = false;
    m_context->repository()->whenWritten(this, [&written](bool) { written = true; });
    SOON_VERIFY(written);
    m_context->settings()->setSaveWhenCompleted(true);
    m_context->settings()->sync();
    m_saver.reset();
    m_context.reset();
    open(); // the next start
    SOON_COMPARE(m_context->repository()->count(), 2);
    merge(idOf(1), TaskStatus::Completed); // asked again, the same answer
    merge(idOf(2), TaskStatus::Completed);
    SOON_COMPARE(saveState(idOf(2)), SaveState::Saved);
    QCOMPARE(saveState(idOf(1)), SaveState::NotSaved);
    QCOMPARE(files(), QStringList{idOf(2) + u".mp4"_s});
}

void TestAutoSaver::eachOnce()
{
    merge(idOf(1), TaskStatus::Processing);
    merge(idOf(1), TaskStatus::Completed);
    SOON_COMPARE(saveState(idOf(1)), SaveState::Saved);
    const int asked = m_server->asked("/clip");
    QVERIFY(QFile::remove(m_folder->filePath(u"downloads/"_s + idOf(1) + u".mp4"_s)));
    // Its row changes again, even by another answer: what was taken away stays away.
    m_context->repository()->setMarks(idOf(1), {true, false, {}, {}});
    merge(idOf(1), TaskStatus::Completed);
    QCOMPARE(m_context->downloads()->totals(), DownloadTotals());
    QCOMPARE(m_server->asked("/clip"), asked);
}

void TestAutoSaver::alsoWhileTheQueueIsBusy()
{
    demo::Response stall;
    stall.body = clipBytes();
    stall.stallAfter = 20'000;
    m_server->serve("/stall", stall);
    for (int n = 0; n < 3; ++n)
        merge(idOf(n), TaskStatus::Processing);
    merge(idOf(0), TaskStatus::Completed, "/stall");
    SOON_VERIFY(m_context->downloads()->totals().running == 1);
    merge(idOf(1), TaskStatus::Completed);
    merge(idOf(2), TaskStatus::Completed);
    SOON_COMPARE(saveState(idOf(1)), SaveState::Saved);
    SOON_COMPARE(saveState(idOf(2)), SaveState::Saved);
    QCOMPARE(saveState(idOf(0)), SaveState::Saving);
    m_context->downloads()->cancelAll();
}

void TestAutoSaver::theDemosTasksAreSavedByThemselves()
{
    // Known by their ids alone, completed at some answer: the poller's, not the test's.
    m_context->repository()->add(m_script->taskIds());
    const auto allSaved = [this] {
        int completed = 0;
        const QStringList ids = m_context->repository()->ids();
        for (const QString &id : ids) {
            const TaskSummary *row = m_context->repository()->find(id);
            if (row->status != TaskStatus::Completed || row->resultCount == 0)
                continue;
            ++completed;
            if (row->saveState == SaveState::NotSaved || row->saveState == SaveState::Saving)
                return false;
        }
        return completed > 5;
    };
    SOON_VERIFY(allSaved());
    QVERIFY(files().size() > 5);
}

TASKREEL_TEST_MAIN(TestAutoSaver, QCoreApplication)
#include "tst_autosaver.moc"
