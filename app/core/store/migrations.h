// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"

class QSqlDatabase;
class QSqlQuery;

namespace taskreel {

/// The version of the library that this program writes: the number of migrations.
[[nodiscard]] int libraryVersion();
/// Brings an open library from its `user_version` to libraryVersion(): one function and one
/// transaction a version, so that a kill in between leaves a whole older version. Store thread.
[[nodiscard]] Result<void> migrateLibrary(QSqlDatabase &database);
/// The same up to an older version: for libraries that are read table by table.
[[nodiscard]] Result<void> migrateLibrary(QSqlDatabase &database, int upTo);
/// What SQLite said, by what can be done about it: DiskFull and CannotWrite may pass, LibraryBroken
/// is damage, Other is a statement that can never succeed. `detail` names the file and SQLite's
/// words.
[[nodiscard]] Error databaseError(const QSqlDatabase &database, const QSqlQuery &query);

} // namespace taskreel
