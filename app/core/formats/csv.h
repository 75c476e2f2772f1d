// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QStringList>

namespace taskreel {

/// One cell of a CSV file that spreadsheets show as text: what would begin a formula (`= + - @`, also
/// behind blanks, and in their wide forms) or starts with a tab or a line break gets a `'` before it.
/// Quoted unless it is plain. Pure.
[[nodiscard]] QString csvCell(const QString &text);
/// One record with its line end (CRLF), UTF-8.
[[nodiscard]] QByteArray csvRecord(const QStringList &cells);

} // namespace taskreel
