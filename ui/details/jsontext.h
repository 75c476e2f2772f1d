// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

namespace taskreel {

/// A raw answer as people read it. Pure; meant for the pool, since answers may hold megabytes.
class JsonText
{
    Q_DECLARE_TR_FUNCTIONS(taskreel::JsonText)

public:
    static constexpr qsizetype kLongestString = 2'000; ///< characters; images come inline as base64
    static constexpr qsizetype kLongestText = 1'000'000; ///< characters

    /// Indented. Longer strings and the end of a longer text give way to how much more there is.
    [[nodiscard]] static QString readable(const QByteArray &json);
};

} // namespace taskreel
