// SPDX-License-Identifier: MIT
#pragma once

#include "core/appcontext.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "demo/demoscript.h"
#include "demo/demoservice.h"
#include "support/framecounter.h"
#include "support/patience.h"
#include "support/profile.h"
#include "ui/common/actionregistry.h"
#include "ui/common/thumbnailcache.h"
#include "ui/details/detailpane.h"
#include "ui/list/taskselection.h"
#include "ui/stage/transport.h"
#include "ui/stage/videostage.h"
#include "ui/theme/theme.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

namespace taskreel::test {

/// A pane on its own over real services and a service on loopback, with the demo's clips and tasks of
/// each test's own making.
class PaneFixture final
{
public:
    PaneFixture()
    {
        using namespace Qt::StringLiterals;
        script.setSpeed(1000);
        if (!service.listen())
            qFatal("%s", qPrintable(service.errorString()));
        theme.apply(Appearance::Light);
        Profile profile = test::profileIn(folder.path());
        profile.serviceUrl = service.baseUrl();
        profile.fixedKey = demo::DemoScript::apiKey();
        context = std::make_unique<AppContext>(profile);
        QSignalSpy ready(context.get(), &AppContext::ready);
        context->open();
        if (ready.isEmpty() && !ready.wait(kPatienceMs))
            qFatal("the services do not get ready");
        makeActions();
        thumbnails = std::make_unique<ThumbnailCache>(context->media(), context->repository());
        pane = std::make_unique<DetailPane>(DetailPane::Services{
            &theme, context->repository(), context->media(), context->settings(), &selection,
            &actions, thumbnails.get(), context->poller()});
        pane->resize(840, 820);
    }

    void show()
    {
        pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(pane.get(), kPatienceMs));
    }

    /// Adds the task and waits for its first answer.
    void fetch(const QString &id)
    {
        context->repository()->add({id});
        SOON_VERIFY(context->repository()->find(id)->answeredAt.isValid());
    }

    /// Serves a task of the test's own making.
    void serveTask(const QString &id, const QJsonObject &data)
    {
        QJsonObject task = data;
        task[QLatin1StringView("task_id")] = id;
        if (!task.contains(QLatin1StringView("model")))
            task[QLatin1StringView("model")] = QLatin1StringView("kling");
        if (!task.contains(QLatin1StringView("status")))
            task[QLatin1StringView("status")] = QLatin1StringView("completed");
        const QJsonObject envelope{{QLatin1StringView("code"), 200}, {QLatin1StringView("data"), task}};
        demo::Response response;
        response.headers.emplaceBack("Content-Type", "application/json");
        response.body = QJsonDocument(envelope).toJson();
        service.handle("/api/v1/task/" + id.toLatin1(),
                       [response](const demo::Request &) { return response; });
    }

    /// Serves a file of the demo below a path of its own.
    void serveFile(const QByteArray &path, const QString &demoFile, demo::Response response = {})
    {
        QFile file(QLatin1StringView(":/demo/") + demoFile);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("%s", qPrintable(demoFile));
        response.body = file.readAll();
        service.handle(path, [response](const demo::Request &) { return response; });
    }

    [[nodiscard]] QString url(const QString &path) const { return service.baseUrl().toString() + path; }

    [[nodiscard]] VideoStage *stage() const { return static_cast<VideoStage *>(pane->stage()); }
    [[nodiscard]] QString words() const { return stage()->accessibleDescription(); }
    [[nodiscard]] int counter() const
    {
        return stage()->showsVideo() ? readFrameCounter(stage()->picture()) : -1;
    }
    template<typename Widget>
    [[nodiscard]] Widget *find(const char *objectName) const
    {
        return pane->findChild<Widget *>(QLatin1StringView(objectName));
    }

    QTemporaryDir folder;
    demo::DemoService service;
    demo::DemoScript script{&service};
    Theme theme;
    TaskSelection selection;
    ActionRegistry actions;
    std::unique_ptr<AppContext> context;
    std::unique_ptr<ThumbnailCache> thumbnails;
    std::unique_ptr<DetailPane> pane;
    QStringList triggered; ///< ids of actions, in order

private:
    void makeActions()
    {
        using namespace Qt::StringLiterals;
        actions.setIconSource([this](const QString &name) { return theme.icon(name); });
        const auto add = [this](QLatin1StringView id, const QString &text, const QString &icon,
                                std::function<void()> then = {}) {
            actions.add({id, text, icon}, &theme, [this, id, then] {
                triggered.append(id);
                if (then)
                    then();
            });
        };
        add(paneaction::kDownload, u"&Download"_s, u"document-save"_s);
        add(paneaction::kCopyLink, u"Copy &link"_s, u"edit-copy"_s);
        add(paneaction::kShowInFolder, u"Show in &folder"_s, u"folder-open"_s);
        add(paneaction::kOpenInBrowser, u"Open in &browser"_s, u"internet-web-browser"_s);
        add(transportaction::kPlay, u"Play"_s, {}, [this] { pane->togglePlaying(); });
        add(transportaction::kPreviousWork, u"Previous work"_s, {}, [this] { pane->previousWork(); });
        add(transportaction::kNextWork, u"Next work"_s, {}, [this] { pane->nextWork(); });
        add(transportaction::kLoop, u"Loop"_s, {});
        add(transportaction::kMute, u"Mute"_s, {});
        add(transportaction::kFullScreen, u"Full screen"_s, {}, [this] { pane->toggleFullScreen(); });
    }
};

/// One work of a Kling task in its classic form. Empty addresses are left out.
[[nodiscard]] inline QJsonObject klingWork(const QString &marked, const QString &clean,
                                           const QString &cover)
{
    const auto medium = [](const QString &resource, const QString &without) {
        return QJsonObject{{QLatin1StringView("resource"), resource},
                           {QLatin1StringView("resource_without_watermark"), without},
                           {QLatin1StringView("width"), 1280},
                           {QLatin1StringView("height"), 720},
                           {QLatin1StringView("duration"), 5100}};
    };
    return {{QLatin1StringView("status"), 99},
            {QLatin1StringView("type"), QLatin1StringView("m2v_txt2video")},
            {QLatin1StringView("cover"), medium(cover, {})},
            {QLatin1StringView("video"), medium(marked, clean)}};
}

[[nodiscard]] inline QJsonObject klingTask(const QJsonArray &works)
{
    return {{QLatin1StringView("output"),
             QJsonObject{{QLatin1StringView("type"), QLatin1StringView("m2v_txt2video")},
                         {QLatin1StringView("status"), 99},
                         {QLatin1StringView("works"), works}}}};
}

} // namespace taskreel::test
