// SPDX-License-Identifier: MIT
#pragma once

#include "core/store/store.h"

#include <QSqlDatabase>
#include <QSqlQuery>

namespace taskreel {

/// The prepared statements of an open library, and what is done with them. Store thread; must be
/// gone before its connection closes.
class StoreStatements final
{
    Q_DISABLE_COPY_MOVE(StoreStatements)

public:
    explicit StoreStatements(const QSqlDatabase &connection);

    [[nodiscard]] Result<void> prepare();
    /// Inside a transaction of the caller's.
    [[nodiscard]] Result<void> write(const StoreBatch &batch);
    /// Empty: none is kept.
    [[nodiscard]] Result<StoreBatch::Answer> readAnswer(const QString &taskId);

private:
    [[nodiscard]] Result<void> run(QSqlQuery &query);
    [[nodiscard]] Result<void> writeRows(const StoreBatch &batch);
    [[nodiscard]] Result<void> writeAnswer(const StoreBatch::Answer &answer);
    [[nodiscard]] Result<void> writeFiles(const StoreBatch &batch);
    [[nodiscard]] Result<void> writeDownloads(const StoreBatch &batch);
    [[nodiscard]] Result<void> forget(QSqlQuery &query, const AssetId &asset);

    QSqlDatabase m_database;
    QSqlQuery m_upsertTask;
    QSqlQuery m_upsertAnswer;
    QSqlQuery m_forgetEarlier;
    QSqlQuery m_insertEarlier;
    QSqlQuery m_remove;
    QSqlQuery m_restore;
    QSqlQuery m_upsertKept;
    QSqlQuery m_forgetKept;
    QSqlQuery m_upsertSaved;
    QSqlQuery m_upsertDownload;
    QSqlQuery m_forgetDownload;
    QSqlQuery m_readAnswer;
    QSqlQuery m_readEarlier;
};

} // namespace taskreel
