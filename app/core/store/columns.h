// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QString>
#include <QVariant>

#include <optional>

namespace taskreel {

// How values stand in the columns of the library's tables.

[[nodiscard]] QVariant fromTime(const QDateTime &utc); ///< ms since 1970, UTC; invalid: NULL
[[nodiscard]] QDateTime toTime(const QVariant &value);
[[nodiscard]] QVariant fromNumber(const std::optional<double> &value);
[[nodiscard]] std::optional<double> toNumber(const QVariant &value);
/// A null QString would be bound as NULL, which the columns refuse.
[[nodiscard]] QString notNull(const QString &text);
[[nodiscard]] QString placeholders(qsizetype count); ///< `?,?,?`

} // namespace taskreel
