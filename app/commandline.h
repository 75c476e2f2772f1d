// SPDX-License-Identifier: MIT
#pragma once

#include "core/appcontext.h"
#include "core/domain/result.h"
#include "core/domain/variantchoice.h"

#include <QStringList>
#include <QUrl>

#include <optional>

namespace taskreel {

/// What the command line says (DESIGN: one page, `taskreel --help`).
struct CommandLine
{
    enum class Action { Run, ShowVersion, ShowHelp };

    Action action = Action::Run;
    bool demo = false;
    bool noWindow = false;
    bool json = false;
    bool once = false;
    bool download = false;
    std::optional<VariantWish> variant; ///< empty: the setting
    QUrl serviceUrl; ///< empty: the setting
    QString dataFolder; ///< absolute; empty: the XDG folders
    QString downloadFolder; ///< absolute; empty: the setting
    QStringList arguments; ///< task ids and files

    bool operator==(const CommandLine &) const = default;
};

/// @param arguments with the program's name first. Error::message is one line for standard error. Pure.
[[nodiscard]] Result<CommandLine> parseCommandLine(const QStringList &arguments);
[[nodiscard]] QString helpText();

/// The user's own profile by the XDG rules, or within --data-dir.
[[nodiscard]] Profile ownProfile(const CommandLine &commandLine, const QString &environmentKey);
/// The demo's: a library of its own below the same folders, no keyring, no environment key.
[[nodiscard]] Profile demoProfile(const CommandLine &commandLine);

/// PIAPI_API_KEY, removed from the environment, so that started programs do not inherit it. Before any
/// thread is started.
[[nodiscard]] QString takeEnvironmentKey();

} // namespace taskreel
