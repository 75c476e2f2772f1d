// SPDX-License-Identifier: MIT
#include "core/appcontext.h"
#include "core/downloads/downloadqueue.h"
#include "core/settings/appsettings.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "demo/demoscript.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "support/profile.h"
#include "support/servicethread.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace taskreel;

// What is changed in the settings reaches the services of the running session.
class TestSettingsFollow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void requestsAtOnce();
    void requestsAMinute();
    void nameAndFolder();
    void downloadsAtOnce();

private:
    void open(const QUrl &service);
    void fetch(const QStringList &ids);
    void fetchAnswered(const QStringList &ids);
    void save(const QString &id);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AppContext> m_context;
};

void TestSettingsFollow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestSettingsFollow::cleanup()
{
    m_context.reset();
}

void TestSettingsFollow::open(const QUrl &service)
{
    Profile profile = test::profileIn(m_folder->path());
    profile.downloadFolder.clear(); // the setting counts
    profile.serviceUrl = service;
    profile.fixedKey = demo::DemoScript::apiKey();
    m_context = std::make_unique<AppContext>(profile);
    const QSignalSpy ready(m_context.get(), &AppContext::ready);
    m_context->open();
    SOON_COMPARE(ready.count(), 1);
}

void TestSettingsFollow::fetch(const QStringList &ids)
{
    m_context->repository()->add(ids);
    for (const QString &id : ids) {
        SOON_VERIFY(m_context->repository()->find(id));
        SOON_COMPARE(m_context->repository()->find(id)->status, TaskStatus::Completed);
    }
}

void TestSettingsFollow::fetchAnswered(const QStringList &ids)
{
    m_context->repository()->add(ids);
    for (const QString &id : ids) {
        SOON_VERIFY(m_context->repository()->find(id)
                    && m_context->repository()->find(id)->answeredAt.isValid());
    }
}

void TestSettingsFollow::save(const QString &id)
{
    m_context->downloads()->saveTasks({id}, VariantWish::Unwatermarked);
    SOON_COMPARE(m_context->repository()->find(id)->saveState, SaveState::Saved);
}

void TestSettingsFollow::requestsAtOnce()
{
    test::ServiceThread service(400);
    open(service.baseUrl());
    m_context->settings()->setParallelRequests(1);
    const QStringList ids = test::ServiceThread::taskIds(9);
    fetch(ids.mid(0, 4));
    QCOMPARE(service.service().mostAtOnce(), 1);
    m_context->settings()->setParallelRequests(3);
    fetch(ids.mid(4));
    QVERIFY(service.service().mostAtOnce() > 1);
    QVERIFY(service.service().mostAtOnce() <= 3);
}

void TestSettingsFollow::requestsAMinute()
{
    test::ServiceThread service(0);
    open(service.baseUrl());
    m_context->settings()->setRequestsPerMinute(1);
    const QStringList ids = test::ServiceThread::taskIds(60);
    fetch(ids); // the first question of each is not counted
    m_context->poller()->checkNow(ids);
    const auto waits = [this] {
        const QDateTime due = m_context->poller()->nextDue();
        return due.isValid() ? QDateTime::currentDateTimeUtc().msecsTo(due) : -1;
    };
    SOON_VERIFY(waits() > 20'000);
    // A higher rate is used at once, not after the minute.
    m_context->settings()->setRequestsPerMinute(600);
    const qsizetype asked = service.service().requestsTo("/api/v1/task/").size();
    SOON_VERIFY(service.service().requestsTo("/api/v1/task/").size() > asked);
    QVERIFY(waits() < 5'000);
}

void TestSettingsFollow::nameAndFolder()
{
    demo::DemoService service;
    demo::DemoScript script(&service);
    script.setSpeed(1000);
    QVERIFY(service.listen());
    open(service.baseUrl());
    QStringList ids;
    for (const QString &id : script.taskIds()) {
        m_context->repository()->add({id});
        SOON_VERIFY(m_context->repository()->find(id)
                    && m_context->repository()->find(id)->answeredAt.isValid());
        const TaskSummary *row = m_context->repository()->find(id);
        if (row->status == TaskStatus::Completed && row->kind == MediaKind::Video
            && row->resultCount == 1)
            ids.append(id);
        if (ids.size() == 2)
            break;
    }
    QCOMPARE(ids.size(), 2);
    const QString first = m_folder->filePath(u"first"_s);
    const QString second = m_folder->filePath(u"second"_s);
    m_context->settings()->setDownloadFolder(first);
    m_context->settings()->setNameTemplate(u"one_{model}"_s);
    save(ids.at(0));
    QCOMPARE(m_context->repository()->find(ids.at(0))->savedPath, first + u"/one_kling.mp4"_s);
    m_context->settings()->setDownloadFolder(second);
    m_context->settings()->setNameTemplate(u"two_{model}"_s);
    save(ids.at(1));
    QCOMPARE(m_context->repository()->find(ids.at(1))->savedPath, second + u"/two_kling.mp4"_s);
}

static int loading(const DownloadList &list)
{
    return static_cast<int>(std::ranges::count_if(list.order(), [&list](const AssetId &asset) {
        const DownloadItem *item = list.find(asset);
        return item->isActive() && item->job && !item->job->isVerifying();
    }));
}

/// One download at a time, since the setting says so: while one loads, the others wait. What has
/// all its bytes is checked beside it.
void TestSettingsFollow::downloadsAtOnce()
{
    demo::DemoService service;
    demo::DemoScript script(&service);
    script.setSpeed(1000);
    QVERIFY(service.listen());
    open(service.baseUrl());
    m_context->settings()->setParallelDownloads(1);
    m_context->settings()->setSaveDetails(true);
    fetchAnswered(script.taskIds());
    QStringList completed;
    for (const QString &id : script.taskIds()) {
        if (m_context->repository()->find(id)->status == TaskStatus::Completed)
            completed.append(id);
    }
    QVERIFY(completed.size() > 3);
    int most = 0;
    QTimer look; // each turn: more often than anything is announced
    connect(&look, &QTimer::timeout, this,
            [this, &most] { most = std::max(most, loading(*m_context->downloads()->list())); });
    look.start(0);
    const QSignalSpy finished(m_context->downloads(), &DownloadQueue::finished);
    m_context->settings()->setDownloadFolder(m_folder->filePath(u"all"_s));
    m_context->downloads()->saveTasks(completed, VariantWish::Unwatermarked);
    SOON_COMPARE(finished.count(), 1);
    QCOMPARE(most, 1);
    const QDir folder(m_folder->filePath(u"all"_s));
    SOON_VERIFY(!folder.entryList({u"*.json"_s}).isEmpty()); // the details beside them
}

TASKREEL_TEST_MAIN(TestSettingsFollow, QCoreApplication)
#include "tst_settingsfollow.moc"
