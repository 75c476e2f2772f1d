// SPDX-License-Identifier: MIT
#pragma once

#include "core/appcontext.h"
#include "support/loopwatch.h"
#include "support/profile.h"
#include "ui/list/tasktableview.h"
#include "ui/theme/theme.h"
#include "ui/window/mainwindow.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>

namespace taskreel::test {

/// The real window over a library of its own, for benches. Header only.
struct BenchWindow
{
    /// @param library of which it gets a copy; empty: a new one
    explicit BenchWindow(const QUrl &service, const QString &library = {})
    {
        profile = profileIn(folder.path());
        profile.serviceUrl = service;
        profile.fixedKey = QStringLiteral("bench");
        QDir().mkpath(profile.dataFolder);
        if (!library.isEmpty())
            QFile::copy(library, profile.dataFolder + QStringLiteral("/library.sqlite"));
        context = std::make_unique<AppContext>(profile);
        window = std::make_unique<MainWindow>(*context, theme);
        table = window->findChild<TaskTableView *>();
        window->resize(1440, 900);
    }
    ~BenchWindow()
    {
        window.reset();
        context.reset();
    }
    /// The caller sets isReady when it has what it waits for.
    void open()
    {
        window->show();
        context->open();
        QVERIFY(loopUntil([this] { return isReady; }));
    }
    /// @return with the library open and the window on the screen
    void openWhole()
    {
        QObject::connect(context.get(), &AppContext::ready, context.get(),
                         [this] { isReady = true; });
        open();
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
    }

    QTemporaryDir folder;
    Profile profile;
    Theme theme;
    std::unique_ptr<AppContext> context;
    std::unique_ptr<MainWindow> window;
    TaskTableView *table = nullptr;
    bool isReady = false;
};

} // namespace taskreel::test
