// SPDX-License-Identifier: MIT
#pragma once

#include "core/appcontext.h"

#include <QObject>
#include <QStringList>
#include <QThread>
#include <memory>

namespace taskreel {

namespace demo {
class DemoScript;
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

    enum class Start {
        Running,
        HandedOver, ///< another process has the library and has taken the arguments: leave
        Failed, ///< problem() says why
    };
    /// Opens the window and hands it the arguments.
    [[nodiscard]] Start start(bool withDemo, const QStringList &arguments);
    [[nodiscard]] QString problem() const { return m_problem; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void openOwn();
    bool openDemo(const QStringList &arguments);
    void tryDemo();
    void open(const Profile &profile, const QStringList &arguments);
    void becomeReady(const QStringList &arguments);
    void carryOnDemo();
    void rememberKey();
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
    demo::DemoScript *m_demoScript = nullptr; ///< as well
    QStringList m_demoTaskIds;
    QString m_problem;
    /// Typed in this run, with no keyring to keep it: it holds until the run ends.
    QString m_typedKey;
    QString m_typedKeyOrigin;
};

} // namespace taskreel
