// SPDX-License-Identifier: MIT
#pragma once

#include <QMetaType>
#include <QString>
#include <QStringList>

namespace taskreel {

/// What a text holds: UUIDs; of addresses and JSON only what names a task; other ids one a line.
struct ScanResult
{
    QStringList ids; ///< in order, each once (compared without case), as written
    QStringList offered; ///< `origin_task_id` values: shown, not added
    QStringList notUnderstood; ///< near misses: wrong length, 32 hex digits
    bool operator==(const ScanResult &) const = default;
};

enum class ScanOrigin { Text, CommandLineArgument };

/// Pure, any thread, linear in the text's length.
[[nodiscard]] ScanResult scanTaskIds(const QString &text, ScanOrigin origin = ScanOrigin::Text);

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::ScanResult)
