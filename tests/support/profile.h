// SPDX-License-Identifier: MIT
#pragma once

#include "core/appcontext.h"

#include <QDir>

namespace taskreel::test {

/// A profile that lives in `folder` alone, without the user's keyring. Service and key are the caller's.
[[nodiscard]] inline Profile profileIn(const QString &folder)
{
    const QDir dir(folder);
    Profile profile;
    profile.configFile = dir.filePath(QStringLiteral("settings.ini"));
    profile.dataFolder = dir.filePath(QStringLiteral("data"));
    profile.stateFolder = dir.filePath(QStringLiteral("state"));
    profile.cacheFolder = dir.filePath(QStringLiteral("cache"));
    profile.downloadFolder = dir.filePath(QStringLiteral("downloads"));
    profile.useKeyring = false;
    return profile;
}

} // namespace taskreel::test
