// SPDX-License-Identifier: MIT
#pragma once

#include "commandline.h"
#include "demo/demoscript.h"
#include "demo/demoservice.h"
#include "session.h"
#include "support/byname.h"
#include "support/framecounter.h"
#include "support/patience.h"
#include "ui/common/actionregistry.h"
#include "ui/stage/videostage.h"
#include "ui/window/mainwindow.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QTemporaryDir>
#include <QtTest>

namespace taskreel::test {

/// The one window of the session that runs in this process; null between two sessions.
[[nodiscard]] inline MainWindow *sessionWindow()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *window = qobject_cast<MainWindow *>(widget); window && window->isVisible())
            return window;
    }
    return nullptr;
}

[[nodiscard]] inline QString sessionTitle()
{
    const MainWindow *window = sessionWindow();
    return window ? window->windowTitle() : QString();
}

/// -1: no list is shown.
[[nodiscard]] inline int sessionRows()
{
    const MainWindow *window = sessionWindow();
    const auto *list = window ? findByName<QAbstractItemView>(window, QStringLiteral("Tasks")) : nullptr;
    return list ? list->model()->rowCount() : -1;
}

[[nodiscard]] inline QAbstractButton *sessionButton(const char *name)
{
    const MainWindow *window = sessionWindow();
    return window ? findByName<QAbstractButton>(window, QString::fromLatin1(name)) : nullptr;
}

/// The frame on the stage, from its pixels; -1: no video.
[[nodiscard]] inline int sessionCounter()
{
    const MainWindow *window = sessionWindow();
    const auto *stage = window ? window->findChild<VideoStage *>(QStringLiteral("stage")) : nullptr;
    return stage && stage->showsVideo() ? readFrameCounter(stage->picture()) : -1;
}

/// As the program is started with these, with folders below `folder` and no keyring.
[[nodiscard]] inline CommandLine commandLineFor(const QString &folder, const QUrl &service)
{
    CommandLine line;
    line.dataFolder = folder;
    line.downloadFolder = folder + QStringLiteral("/downloads");
    line.serviceUrl = service;
    return line;
}

[[nodiscard]] inline Profile profileFor(const CommandLine &line, const QString &key)
{
    Profile profile = ownProfile(line, key);
    profile.useKeyring = false;
    return profile;
}

} // namespace taskreel::test
