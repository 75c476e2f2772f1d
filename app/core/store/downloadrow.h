// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/download.h"

class QSqlQuery;

namespace taskreel {

// How a file that was asked for is laid out in the table `downloads`. Store thread.

[[nodiscard]] QString selectDownloadsSql(); ///< in the queue's order
[[nodiscard]] StoredDownload readDownload(const QSqlQuery &query);
[[nodiscard]] QString upsertDownloadSql();
void bindDownload(QSqlQuery &query, const StoredDownload &download);

} // namespace taskreel
