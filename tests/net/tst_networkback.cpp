// SPDX-License-Identifier: MIT
#include "core/appcontext.h"
#include "core/downloads/downloadqueue.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "demo/demoscript.h"
#include "support/isolation.h"
#include "support/mediaserver.h"
#include "support/patience.h"
#include "support/profile.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <memory>

using namespace Qt::StringLiterals;
using namespace taskreel;

static const QString kReady = u"b3efc0ab-3fdb-4b88-b20a-000000000001"_s;
static const QString kRunning = u"b3efc0ab-3fdb-4b88-b20a-000000000002"_s;

// A download that waits a long time for its next try goes on as soon as the service is reached
// again.
class NetworkBackTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitingDownloadsDoNotWaitForTheirTime();
};

static demo::Response answerOf(const QString &id, const QString &status, const QString &output)
{
    demo::Response response;
    response.headers.emplaceBack("Content-Type", "application/json");
    response.body =
        u"{\"code\":200,\"data\":{\"task_id\":\"%1\",\"status\":\"%2\",\"output\":%3}}"_s
            .arg(id, status, output)
            .toUtf8();
    return response;
}

void NetworkBackTest::waitingDownloadsDoNotWaitForTheirTime()
{
    demo::DemoService service;
    QVERIFY(service.listen());
    const QString clip = service.baseUrl().toString() + u"/clip.mp4"_s;
    service.handle("/api/v1/task/" + kReady.toLatin1(), [clip](const demo::Request &) {
        return answerOf(kReady, u"completed"_s, u"{\"video_url\":\"%1\"}"_s.arg(clip));
    });
    service.handle("/api/v1/task/" + kRunning.toLatin1(), [](const demo::Request &) {
        return answerOf(kRunning, u"processing"_s, u"{}"_s);
    });
    const auto reached = std::make_shared<bool>(false);
    service.handle("/clip.mp4", [reached](const demo::Request &) {
        demo::Response response;
        response.closeWithoutAnswer = !*reached;
        response.body = test::clipBytes();
        return response;
    });

    const QTemporaryDir folder;
    Profile profile = test::profileIn(folder.path());
    profile.serviceUrl = service.baseUrl();
    profile.fixedKey = demo::DemoScript::apiKey();
    AppContext context(profile);
    constexpr qint64 kHourMs = 3'600'000;
    context.downloads()->setPatience({.firstMs = kHourMs, .longestMs = 2 * kHourMs});
    const QSignalSpy ready(&context, &AppContext::ready);
    context.open();
    SOON_COMPARE(ready.count(), 1);
    context.repository()->add({kReady, kRunning});
    for (const QString &id : {kReady, kRunning})
        SOON_VERIFY(context.repository()->find(id)
                    && context.repository()->find(id)->answeredAt.isValid());

    context.downloads()->saveTasks({kReady}, VariantWish::Unwatermarked);
    const DownloadList *list = context.downloads()->list();
    SOON_VERIFY(list->size() == 1 && list->find(list->order().constFirst())->nextTryAt.isValid());
    const DownloadItem *item = list->find(list->order().constFirst());
    QVERIFY(QDateTime::currentDateTimeUtc().secsTo(item->nextTryAt) > 3'000);

    context.poller()->setNetwork(ConnectionWatch::Network::Down);
    SOON_COMPARE(context.poller()->hold(), TaskPoller::Hold::Offline);
    QVERIFY(item->nextTryAt.isValid());
    *reached = true;
    context.poller()->setNetwork(ConnectionWatch::Network::Up);
    SOON_COMPARE(context.repository()->find(kReady)->saveState, SaveState::Saved);
}

TASKREEL_TEST_MAIN(NetworkBackTest, QCoreApplication)
#include "tst_networkback.moc"
