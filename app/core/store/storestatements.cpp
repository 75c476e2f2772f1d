// SPDX-License-Identifier: MIT
#include "core/store/storestatements.h"

#include "core/store/columns.h"
#include "core/store/downloadrow.h"
#include "core/store/migrations.h"
#include "core/store/taskrow.h"

#include <QDateTime>
#include <QVariant>

#include <utility>

using namespace Qt::StringLiterals;

namespace taskreel {

StoreStatements::StoreStatements(const QSqlDatabase &connection)
    : m_database(connection), m_upsertTask(connection), m_upsertAnswer(connection),
      m_forgetEarlier(connection), m_insertEarlier(connection), m_remove(connection),
      m_restore(connection), m_upsertKept(connection), m_forgetKept(connection),
      m_upsertSaved(connection), m_upsertDownload(connection), m_forgetDownload(connection),
      m_readAnswer(connection), m_readEarlier(connection)
{
}

Result<void> StoreStatements::prepare()
{
    const std::pair<QSqlQuery *, QString> statements[] = {
        {&m_upsertTask, upsertTaskSql()},
        {&m_upsertAnswer,
         u"INSERT OR REPLACE INTO answers (task_id, json, received_at) VALUES (?,?,?)"_s},
        {&m_forgetEarlier, u"DELETE FROM earlier_answers WHERE task_id=?"_s},
        {&m_insertEarlier,
         u"INSERT INTO earlier_answers (task_id, position, json) VALUES (?,?,?)"_s},
        {&m_remove, u"UPDATE tasks SET removed_at=? WHERE id=?"_s},
        {&m_restore, u"UPDATE tasks SET removed_at=NULL WHERE id=?"_s},
        {&m_upsertKept, upsertKeptSql()},
        {&m_forgetKept, u"DELETE FROM kept_files WHERE task_id=? AND media_key=? AND variant=?"_s},
        {&m_upsertSaved, upsertSavedSql()},
        {&m_upsertDownload, upsertDownloadSql()},
        {&m_forgetDownload,
         u"DELETE FROM downloads WHERE task_id=? AND media_key=? AND variant=?"_s},
        {&m_readAnswer, u"SELECT json FROM answers WHERE task_id=?"_s},
        {&m_readEarlier, u"SELECT json FROM earlier_answers WHERE task_id=? ORDER BY position"_s},
    };
    for (const auto &[query, sql] : statements) {
        query->setForwardOnly(true);
        if (!query->prepare(sql))
            return tl::unexpected(databaseError(m_database, *query));
    }
    return {};
}

Result<void> StoreStatements::run(QSqlQuery &query)
{
    if (!query.exec())
        return tl::unexpected(databaseError(m_database, query));
    query.finish();
    return {};
}

Result<void> StoreStatements::write(const StoreBatch &batch)
{
    if (const Result<void> done = writeRows(batch); !done)
        return done;
    for (const StoreBatch::Answer &answer : batch.answers) {
        if (const Result<void> done = writeAnswer(answer); !done)
            return done;
    }
    if (const Result<void> done = writeFiles(batch); !done)
        return done;
    return writeDownloads(batch);
}

Result<void> StoreStatements::writeRows(const StoreBatch &batch)
{
    for (const TaskSummary &row : batch.upserts) {
        bindTask(m_upsertTask, row);
        if (const Result<void> done = run(m_upsertTask); !done)
            return done;
    }
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (const QString &id : batch.removals) {
        m_remove.bindValue(0, now);
        m_remove.bindValue(1, id);
        if (const Result<void> done = run(m_remove); !done)
            return done;
    }
    for (const QString &id : batch.restorals) {
        m_restore.bindValue(0, id);
        if (const Result<void> done = run(m_restore); !done)
            return done;
    }
    return {};
}

Result<void> StoreStatements::writeAnswer(const StoreBatch::Answer &answer)
{
    m_upsertAnswer.bindValue(0, answer.taskId);
    m_upsertAnswer.bindValue(1, qCompress(answer.json));
    m_upsertAnswer.bindValue(2, QDateTime::currentMSecsSinceEpoch());
    if (const Result<void> done = run(m_upsertAnswer); !done)
        return done;
    m_forgetEarlier.bindValue(0, answer.taskId);
    if (const Result<void> done = run(m_forgetEarlier); !done)
        return done;
    for (qsizetype i = 0; i < answer.earlier.size(); ++i) {
        m_insertEarlier.bindValue(0, answer.taskId);
        m_insertEarlier.bindValue(1, i);
        m_insertEarlier.bindValue(2, qCompress(answer.earlier.at(i)));
        if (const Result<void> done = run(m_insertEarlier); !done)
            return done;
    }
    return {};
}

Result<void> StoreStatements::writeFiles(const StoreBatch &batch)
{
    for (const StoredFile &file : batch.kept) {
        bindKept(m_upsertKept, file);
        if (const Result<void> done = run(m_upsertKept); !done)
            return done;
    }
    for (const AssetId &asset : batch.forgottenKept) {
        if (const Result<void> done = forget(m_forgetKept, asset); !done)
            return done;
    }
    for (const StoredFile &file : batch.saved) {
        bindSaved(m_upsertSaved, file);
        if (const Result<void> done = run(m_upsertSaved); !done)
            return done;
    }
    return {};
}

Result<void> StoreStatements::writeDownloads(const StoreBatch &batch)
{
    for (const StoredDownload &download : batch.downloads) {
        bindDownload(m_upsertDownload, download);
        if (const Result<void> done = run(m_upsertDownload); !done)
            return done;
    }
    for (const AssetId &asset : batch.forgottenDownloads) {
        if (const Result<void> done = forget(m_forgetDownload, asset); !done)
            return done;
    }
    return {};
}

Result<void> StoreStatements::forget(QSqlQuery &query, const AssetId &asset)
{
    query.bindValue(0, asset.taskId);
    query.bindValue(1, notNull(asset.mediaKey));
    query.bindValue(2, variantToken(asset.variant));
    return run(query);
}

Result<StoreBatch::Answer> StoreStatements::readAnswer(const QString &taskId)
{
    StoreBatch::Answer answer;
    answer.taskId = taskId;
    const auto damaged = [this, &taskId] {
        return failure(ErrorKind::AnswerBroken, {},
                       m_database.databaseName() + u": answer of "_s + taskId);
    };
    m_readAnswer.bindValue(0, taskId);
    if (!m_readAnswer.exec())
        return tl::unexpected(databaseError(m_database, m_readAnswer));
    if (m_readAnswer.next()) {
        answer.json = qUncompress(m_readAnswer.value(0).toByteArray());
        if (answer.json.isEmpty())
            return damaged();
    }
    m_readAnswer.finish();
    m_readEarlier.bindValue(0, taskId);
    if (!m_readEarlier.exec())
        return tl::unexpected(databaseError(m_database, m_readEarlier));
    while (m_readEarlier.next()) {
        const QByteArray json = qUncompress(m_readEarlier.value(0).toByteArray());
        if (json.isEmpty())
            return damaged();
        answer.earlier += json;
    }
    m_readEarlier.finish();
    return answer;
}

} // namespace taskreel
