// SPDX-License-Identifier: MIT
#pragma once

#include "core/appcontext.h"

#include <QObject>
#include <QStringList>
#include <QThread>
#include <memory>

namespace taskreel {

namespace demo {
class DemoService;
}
class ColorScheme;
class MainWindow;
class SingleInstance;
class Theme;

/// One session after the other in one process: the user's own library, or the demo with its built-in
/// service. Builds the AppContext and the window of each. GUI thread; owned by main().
class Session final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Session)

public:
    /// @param own the profile of the user's library (not the demo's)
    /// @param demo the profile of the demo; its service address is set when its service listens
    Session(const Profile &own, const Profile &demo, QObject *parent = nullptr);
    ~Session() override;

    /// Opens the window and hands it the arguments. False: another process has the library and has
    /// taken them over; this one should leave.
    bool start(bool withDemo, const QStringList &arguments);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void openOwn();
    void openDemo(const QStringList &arguments);
    void open(const Profile &profile, const QStringList &arguments);
    void becomeReady(const QStringList &arguments);
    void close();
    bool startDemoService();
    void takeOver(const QStringList &arguments);

    Profile m_ownProfile;
    Profile m_demoProfile;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<ColorScheme> m_colorScheme;
    std::unique_ptr<SingleInstance> m_instance;
    std::unique_ptr<AppContext> m_context;
    std::unique_ptr<MainWindow> m_window;
    QThread m_demoThread;
    demo::DemoService *m_demoService = nullptr; ///< lives on m_demoThread
    QStringList m_demoTaskIds;
};

} // namespace taskreel
