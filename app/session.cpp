// SPDX-License-Identifier: MIT
#include "session.h"

#include "core/secrets/apikey.h"
#include "core/settings/appsettings.h"
#include "core/tasks/intake.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "demo/demoscript.h"
#include "demo/demoservice.h"
#include "ui/desktop/colorscheme.h"
#include "ui/desktop/singleinstance.h"
#include "ui/theme/theme.h"
#include "ui/window/mainwindow.h"

#include <QEvent>
#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcSession, "taskreel.session", QtInfoMsg)
Q_LOGGING_CATEGORY(lcStart, "taskreel.start", QtWarningMsg)

namespace taskreel {

Session::Session(const Profile &own, const Profile &demo, QObject *parent)
    : QObject(parent)
    , m_ownProfile(own)
    , m_demoProfile(demo)
    , m_theme(std::make_unique<Theme>())
    , m_colorScheme(std::make_unique<ColorScheme>())
{
    connect(m_colorScheme.get(), &ColorScheme::changed, m_theme.get(),
            [this](ColorScheme::Preference preference) {
                m_theme->setDesktopPrefersDark(preference == ColorScheme::Preference::Dark);
            });
}

Session::~Session()
{
    close();
    m_demoThread.quit();
    m_demoThread.wait();
}

Session::Start Session::start(bool withDemo, const QStringList &arguments)
{
    const Profile &profile = withDemo ? m_demoProfile : m_ownProfile;
    if (SingleInstance::sendToRunning(profile.dataFolder, arguments))
        return Start::HandedOver;
    if (withDemo)
        return openDemo(arguments) ? Start::Running : Start::Failed;
    open(m_ownProfile, arguments);
    return Start::Running;
}

void Session::openOwn()
{
    close();
    open(m_ownProfile, {});
    if (!m_typedKey.isEmpty() && m_context->key()->origin() == m_typedKeyOrigin)
        m_context->key()->enter(m_typedKey);
}

void Session::tryDemo()
{
    if (!openDemo({}))
        m_window->showProblem(m_problem);
}

bool Session::openDemo(const QStringList &arguments)
{
    if (!startDemoService())
        return false;
    close();
    open(m_demoProfile, arguments);
    return true;
}

void Session::open(const Profile &profile, const QStringList &arguments)
{
    m_context = std::make_unique<AppContext>(profile);
    m_theme->apply(m_context->settings()->appearance());
    m_window = std::make_unique<MainWindow>(*m_context, *m_theme);
    // Queued: the window whose button was pressed is deleted when the session changes.
    connect(m_window.get(), &MainWindow::tryDemoRequested, this, &Session::tryDemo,
            Qt::QueuedConnection);
    connect(m_window.get(), &MainWindow::leaveDemoRequested, this, &Session::openOwn,
            Qt::QueuedConnection);
    connect(m_context.get(), &AppContext::ready, this,
            [this, arguments] { becomeReady(arguments); });
    m_window->installEventFilter(this);
    m_window->show();
    m_context->open();
}

bool Session::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_window.get() && event->type() == QEvent::Paint) {
        watched->removeEventFilter(this);
        qCInfo(lcStart) << "first window"; // the start benchmark waits for this line
    }
    return QObject::eventFilter(watched, event);
}

void Session::becomeReady(const QStringList &arguments)
{
    m_instance = std::make_unique<SingleInstance>(m_context->profile().dataFolder);
    connect(m_instance.get(), &SingleInstance::messageReceived, this, &Session::takeOver);
    QStringList wanted = arguments;
    if (m_context->profile().isDemo && m_context->repository()->count() > 0)
        carryOnDemo(); // what the user removed stays removed
    else if (m_context->profile().isDemo)
        wanted = m_demoTaskIds + arguments;
    if (!wanted.isEmpty())
        m_context->intake()->addArguments(wanted);
}

/// The service listens elsewhere than in the run that filled the list, so the kept answers' links
/// are dead: ask anew, of a service that knows what had ended.
void Session::carryOnDemo()
{
    const QStringList ids = m_context->repository()->ids();
    QStringList ended;
    for (const QString &id : ids) {
        const TaskStatus status = m_context->repository()->find(id)->status;
        if (status == TaskStatus::Completed || status == TaskStatus::Failed)
            ended.append(id);
    }
    QMetaObject::invokeMethod(
        m_demoScript, [script = m_demoScript, ended] { script->setEnded(ended); },
        Qt::QueuedConnection);
    m_context->poller()->checkNow(ids);
}

void Session::takeOver(const QStringList &arguments)
{
    m_window->raiseAndActivate();
    if (!arguments.isEmpty())
        m_context->intake()->addArguments(arguments);
}

/// A key typed in this run wins for the rest of it, also after a look at the demo.
void Session::rememberKey()
{
    const ApiKey *key = m_context->key();
    const bool typed = key->place() == ApiKey::Place::Session || key->place() == ApiKey::Place::Keyring;
    if (m_context->profile().isDemo || !typed)
        return;
    m_ownProfile.environmentKey.clear();
    m_typedKey = key->place() == ApiKey::Place::Session ? key->value() : QString();
    m_typedKeyOrigin = key->origin();
}

void Session::close()
{
    if (m_context)
        rememberKey();
    m_instance.reset();
    if (m_window)
        m_window->saveState(); // nobody closes a window whose session changes
    m_window.reset();
    m_context.reset();
}

bool Session::startDemoService()
{
    if (m_demoService)
        return true;
    // On a thread of its own, so that serving clips does not disturb the window.
    m_demoThread.setObjectName(QStringLiteral("demo service"));
    m_demoThread.start();
    auto *service = new demo::DemoService;
    auto *script = new demo::DemoScript(service);
    m_demoTaskIds = script->taskIds();
    service->moveToThread(&m_demoThread);
    script->moveToThread(&m_demoThread);
    // In this order: the script goes before its service.
    connect(&m_demoThread, &QThread::finished, script, &QObject::deleteLater);
    connect(&m_demoThread, &QThread::finished, service, &QObject::deleteLater);
    bool listening = false;
    QMetaObject::invokeMethod(service, [service, &listening] { listening = service->listen(); },
                              Qt::BlockingQueuedConnection);
    if (!listening) {
        m_problem = tr("The demo cannot start: its service cannot listen on this machine (%1).")
                        .arg(service->errorString());
        qCWarning(lcSession).noquote() << m_problem;
        m_demoThread.quit(); // takes both with it
        m_demoThread.wait();
        return false;
    }
    m_demoProfile.serviceUrl = service->baseUrl();
    m_demoProfile.fixedKey = demo::DemoScript::apiKey();
    m_demoService = service;
    m_demoScript = script;
    return true;
}

} // namespace taskreel
