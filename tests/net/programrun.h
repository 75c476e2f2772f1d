// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QStringList>

#include <functional>

namespace taskreel::test {

/// How a run of the real program ended, and what it said.
struct Outcome
{
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
    [[nodiscard]] QList<QByteArray> lines() const; ///< of `out`
    [[nodiscard]] QList<QJsonObject>
    objects() const; ///< of `out`; null ones where a line is no JSON
};

struct RunOptions
{
    QByteArray key = "test-key"; ///< empty: none
    QString loggingRules = {};
    std::function<void()> inChild = {}; ///< between fork and exec
};

/// Runs `program` to its end, away from the keyring of the person who runs the tests. The event
/// loop goes round: a service of this thread may be the one that is asked.
[[nodiscard]] Outcome runProgram(const QString &program, const QStringList &arguments,
                                 const RunOptions &options = {});

} // namespace taskreel::test
