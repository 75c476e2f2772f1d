// SPDX-License-Identifier: MIT
#pragma once

#include <QSettings>
#include <QString>

namespace taskreel {

// Values of a settings file, which anybody may have edited. Pure.

/// `fallback` for what is no number, or out of range.
[[nodiscard]] inline qint64 numberIn(const QSettings &file, const QString &name, qint64 least,
                                     qint64 most, qint64 fallback)
{
    bool understood = false;
    const qint64 number = file.value(name).toLongLong(&understood);
    return understood && number >= least && number <= most ? number : fallback;
}

/// `fallback` for what is neither yes nor no.
[[nodiscard]] inline bool flagIn(const QSettings &file, const QString &name, bool fallback)
{
    using namespace Qt::StringLiterals;
    const QString word = file.value(name).toString().toLower();
    if (word == "true"_L1 || word == "1"_L1)
        return true;
    if (word == "false"_L1 || word == "0"_L1)
        return false;
    return fallback;
}

} // namespace taskreel
