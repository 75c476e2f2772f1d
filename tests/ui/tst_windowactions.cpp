// SPDX-License-Identifier: MIT
#include "core/appcontext.h"
#include "core/store/store.h"
#include "core/tasks/taskrepository.h"
#include "demo/demoscript.h"
#include "demo/demoservice.h"
#include "support/byname.h"
#include "support/isolation.h"
#include "support/patience.h"
#include "support/profile.h"
#include "ui/common/actionregistry.h"
#include "ui/details/detailpane.h"
#include "ui/list/taskselection.h"
#include "ui/theme/theme.h"
#include "ui/window/actionids.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace taskreel;
using namespace taskreel::test;
using namespace Qt::StringLiterals;

namespace {
constexpr int kPatience = 20'000; // ms: a busy machine under sanitizers
const QString kTask = u"b3efc0ab-3fdb-4b88-b20a-000000000001"_s;
} // namespace

// What the window's own actions do and say.
class WindowActionsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void f10OpensTheMenu();
    void aSavedFileThatIsGoneIsSaid();
    void aLinkThatNoBrowserTakesIsSaid();

private:
    void serveResult(const QString &url);
    [[nodiscard]] QString message() const;
    [[nodiscard]] QAction *action(const QString &id) const { return m_window->actions()->action(id); }

    Theme m_theme;
    std::unique_ptr<demo::DemoService> m_service;
    std::unique_ptr<demo::DemoScript> m_script;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AppContext> m_context;
    std::unique_ptr<MainWindow> m_window;
};

void WindowActionsTest::init()
{
    m_theme.apply(Appearance::Light);
    m_service = std::make_unique<demo::DemoService>();
    QVERIFY(m_service->listen());
    m_script = std::make_unique<demo::DemoScript>(m_service.get());
    m_folder = std::make_unique<QTemporaryDir>();
    Profile profile = test::profileIn(m_folder->path());
    profile.serviceUrl = m_service->baseUrl();
    profile.fixedKey = demo::DemoScript::apiKey();
    profile.withLibrary = false;
    m_context = std::make_unique<AppContext>(profile);
    m_window = std::make_unique<MainWindow>(*m_context, m_theme);
    QSignalSpy ready(m_context.get(), &AppContext::ready);
    m_context->open();
    m_window->resize(1300, 800);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), kPatience));
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, kPatience);
}

void WindowActionsTest::cleanup()
{
    m_window.reset();
    m_context.reset();
    m_script.reset();
    m_service.reset();
}

/// The shown task is completed with a result at this address.
void WindowActionsTest::serveResult(const QString &url)
{
    demo::Response response;
    response.headers.emplaceBack("Content-Type", "application/json");
    response.body = u"{\"code\":200,\"data\":{\"task_id\":\"%1\",\"model\":\"kling\",\"status\":\"completed\","
                    u"\"output\":{\"video_url\":\"%2\"}}}"_s.arg(kTask, url)
                            .toUtf8();
    m_service->handle("/api/v1/task/" + kTask.toLatin1(), [response](const demo::Request &) { return response; });
    m_context->repository()->add({kTask});
    QTRY_COMPARE_WITH_TIMEOUT(m_context->repository()->find(kTask)->status, TaskStatus::Completed, kPatience);
    m_window->selection()->set(kTask, {kTask});
}

QString WindowActionsTest::message() const
{
    QWidget *label = findByName(m_window.get(), u"Message"_s);
    return label ? descriptionOf(label) : QString();
}

void WindowActionsTest::f10OpensTheMenu()
{
    QTest::keyClick(m_window.get(), Qt::Key_F10);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QCOMPARE(menu->objectName(), u"allMenu"_s);
    const QWidget *button = findByName(m_window.get(), u"Menu"_s);
    QVERIFY(button);
    const int right = button->mapToGlobal(QPoint(button->width(), 0)).x();
    QVERIFY2(std::abs(menu->geometry().right() - right) < 12, qPrintable(QString::number(menu->geometry().right())));
    menu->close();
}

void WindowActionsTest::aSavedFileThatIsGoneIsSaid()
{
    serveResult(m_service->baseUrl().toString() + u"/none.mp4"_s);
    StoredFile file;
    file.asset = {kTask, u"video_url"_s, Variant::Unstated};
    file.path = m_folder->filePath(u"gone.mp4"_s);
    file.at = QDateTime::currentDateTimeUtc();
    m_context->repository()->recordSaved(file);
    QTRY_VERIFY_WITH_TIMEOUT(action(paneaction::kShowInFolder)->isEnabled(), kPatience);
    action(paneaction::kShowInFolder)->trigger();
    SOON_VERIFY(message().contains(u"no longer there"_s));
}

void WindowActionsTest::aLinkThatNoBrowserTakesIsSaid()
{
    serveResult(u"http://user:word@media.example/a.mp4"_s);
    QTRY_VERIFY_WITH_TIMEOUT(action(paneaction::kOpenInBrowser)->isEnabled(), kPatience);
    action(paneaction::kOpenInBrowser)->trigger();
    SOON_VERIFY(message().contains(u"could not be opened"_s));
}

TASKREEL_TEST_MAIN(WindowActionsTest, QApplication)
#include "tst_windowactions.moc"
