// SPDX-License-Identifier: MIT
#pragma once

#include "core/store/store.h"

class QSqlQuery;

namespace taskreel {

// Rows of the library's tables to values and back. Columns are read by position: the lists here and
// the functions below belong together. Store thread.

[[nodiscard]] QString selectTasksSql(); ///< columns as readTask() expects, then removed_at
[[nodiscard]] QString selectNewestTasksSql(); ///< the same rows, newest batch first
[[nodiscard]] QString selectLastSequenceSql();
[[nodiscard]] TaskSummary readTask(const QSqlQuery &query);
[[nodiscard]] bool isRemoved(const QSqlQuery &query);
[[nodiscard]] QString upsertTaskSql();
void bindTask(QSqlQuery &query, const TaskSummary &row);

[[nodiscard]] QString selectKeptSql();
[[nodiscard]] QString selectSavedSql();
[[nodiscard]] StoredFile readFile(const QSqlQuery &query); ///< of either
[[nodiscard]] QString upsertKeptSql();
[[nodiscard]] QString upsertSavedSql();
void bindKept(QSqlQuery &query, const StoredFile &file);
void bindSaved(QSqlQuery &query, const StoredFile &file);

} // namespace taskreel
