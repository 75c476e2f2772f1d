// SPDX-License-Identifier: MIT
#include "core/store/taskrow.h"

#include "core/store/columns.h"
#include "core/store/tokens.h"

#include <QSqlQuery>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

const QStringList &taskColumns()
{
    static const QStringList columns{
        u"id"_s,
        u"sequence"_s,
        u"added_at"_s,
        u"answered_at"_s,
        u"next_check_at"_s,
        u"model"_s,
        u"task_type"_s,
        u"status"_s,
        u"raw_status"_s,
        u"prompt"_s,
        u"error_text"_s,
        u"created_at"_s,
        u"ended_at"_s,
        u"percent"_s,
        u"cost"_s,
        u"kind"_s,
        u"width"_s,
        u"height"_s,
        u"duration_ms"_s,
        u"result_count"_s,
        u"has_watermarked"_s,
        u"has_unwatermarked"_s,
        u"has_cover"_s,
        u"failed_tries"_s,
        u"last_error"_s,
        u"last_error_http"_s,
        u"last_error_message"_s,
        u"last_error_detail"_s,
        u"save_state"_s,
        u"save_error"_s,
        u"saved_path"_s,
        u"starred"_s,
        u"rejected"_s,
        u"note"_s,
        u"tags"_s,
        u"started_at"_s,
        u"expires_at"_s,
    };
    return columns;
}

int bindFile(QSqlQuery &query, const StoredFile &file)
{
    int column = 0;
    query.bindValue(column++, file.asset.taskId);
    query.bindValue(column++, notNull(file.asset.mediaKey));
    query.bindValue(column++, variantToken(file.asset.variant));
    query.bindValue(column++, notNull(file.path));
    query.bindValue(column++, file.bytes);
    query.bindValue(column++, file.sha256);
    query.bindValue(column++, fromTime(file.at));
    return column;
}

} // namespace

static QString selectTasksBy(const QString &order)
{
    return u"SELECT %1, removed_at FROM tasks ORDER BY %2"_s.arg(taskColumns().join(u','), order);
}

QString selectTasksSql()
{
    return selectTasksBy(u"sequence, id"_s);
}

QString selectNewestTasksSql()
{
    return selectTasksBy(u"added_at DESC, sequence, id"_s);
}

QString selectLastSequenceSql()
{
    return u"SELECT MAX(sequence) FROM tasks"_s;
}

bool isRemoved(const QSqlQuery &query)
{
    return !query.value(static_cast<int>(taskColumns().size())).isNull();
}

TaskSummary readTask(const QSqlQuery &query)
{
    int column = 0;
    const auto next = [&query, &column] { return query.value(column++); };
    TaskSummary row;
    row.id = next().toString();
    row.sequence = next().toLongLong();
    row.addedAt = toTime(next());
    row.answeredAt = toTime(next());
    row.nextCheckAt = toTime(next());
    row.model = next().toString();
    row.taskType = next().toString();
    row.status = statusFromToken(next().toString());
    row.rawStatus = next().toString();
    row.prompt = next().toString();
    row.errorText = next().toString();
    row.createdAt = toTime(next());
    row.endedAt = toTime(next());
    row.percent = toNumber(next());
    row.cost = toNumber(next());
    row.kind = mediaKindFromToken(next().toString());
    const int width = next().toInt();
    row.size = QSize(width, next().toInt());
    row.durationMs = next().toLongLong();
    row.resultCount = next().toInt();
    row.hasWatermarked = next().toBool();
    row.hasUnwatermarked = next().toBool();
    row.hasCover = next().toBool();
    row.failedTries = next().toInt();
    row.lastError.kind = errorKindFromToken(next().toString());
    row.lastError.httpStatus = next().toInt();
    row.lastError.message = next().toString();
    row.lastError.detail = next().toString();
    row.saveState = saveStateFromToken(next().toString());
    row.saveError = next().toString();
    row.savedPath = next().toString();
    row.marks.starred = next().toBool();
    row.marks.rejected = next().toBool();
    row.marks.note = next().toString();
    row.marks.tags = next().toString().split(u'\n', Qt::SkipEmptyParts);
    row.startedAt = toTime(next());
    row.expiresAt = toTime(next());
    return row;
}

QString upsertTaskSql()
{
    QStringList assignments;
    for (const QString &column : taskColumns().mid(1))
        assignments += u"%1=excluded.%1"_s.arg(column);
    return u"INSERT INTO tasks (%1) VALUES (%2) ON CONFLICT (id) DO UPDATE SET %3"_s.arg(
        taskColumns().join(u','), placeholders(taskColumns().size()), assignments.join(u','));
}

void bindTask(QSqlQuery &query, const TaskSummary &row)
{
    int column = 0;
    const auto bind = [&query, &column](const QVariant &value) {
        query.bindValue(column++, value);
    };
    bind(row.id);
    bind(row.sequence);
    bind(row.addedAt.isValid() ? fromTime(row.addedAt) : QVariant(0));
    bind(fromTime(row.answeredAt));
    bind(fromTime(row.nextCheckAt));
    bind(notNull(row.model));
    bind(notNull(row.taskType));
    bind(token(row.status));
    bind(notNull(row.rawStatus));
    bind(notNull(row.prompt));
    bind(notNull(row.errorText));
    bind(fromTime(row.createdAt));
    bind(fromTime(row.endedAt));
    bind(fromNumber(row.percent));
    bind(fromNumber(row.cost));
    bind(token(row.kind));
    bind(row.size.width());
    bind(row.size.height());
    bind(row.durationMs);
    bind(row.resultCount);
    bind(row.hasWatermarked);
    bind(row.hasUnwatermarked);
    bind(row.hasCover);
    bind(row.failedTries);
    bind(token(row.lastError.kind));
    bind(row.lastError.httpStatus);
    bind(notNull(row.lastError.message));
    bind(notNull(row.lastError.detail));
    bind(token(row.saveState));
    bind(notNull(row.saveError));
    bind(notNull(row.savedPath));
    bind(row.marks.starred);
    bind(row.marks.rejected);
    bind(notNull(row.marks.note));
    bind(notNull(row.marks.tags.join(u'\n')));
    bind(fromTime(row.startedAt));
    bind(fromTime(row.expiresAt));
}

QString selectKeptSql()
{
    return u"SELECT task_id, media_key, variant, path, bytes, sha256, at, last_shown_at "
           "FROM kept_files"_s;
}

QString selectSavedSql()
{
    return u"SELECT task_id, media_key, variant, path, bytes, sha256, at, NULL "
           "FROM saved_files ORDER BY at"_s;
}

StoredFile readFile(const QSqlQuery &query)
{
    int column = 0;
    const auto next = [&query, &column] { return query.value(column++); };
    StoredFile file;
    file.asset.taskId = next().toString();
    file.asset.mediaKey = next().toString();
    file.asset.variant = variantFromToken(next().toString());
    file.path = next().toString();
    file.bytes = next().toLongLong();
    file.sha256 = next().toByteArray();
    file.at = toTime(next());
    file.lastShownAt = toTime(next());
    return file;
}

QString upsertKeptSql()
{
    return u"INSERT OR REPLACE INTO kept_files "
           "(task_id, media_key, variant, path, bytes, sha256, at, last_shown_at) VALUES (%1)"_s
               .arg(placeholders(8));
}

QString upsertSavedSql()
{
    return u"INSERT OR REPLACE INTO saved_files "
           "(task_id, media_key, variant, path, bytes, sha256, at) VALUES (%1)"_s.arg(
               placeholders(7));
}

void bindKept(QSqlQuery &query, const StoredFile &file)
{
    query.bindValue(bindFile(query, file), fromTime(file.lastShownAt));
}

void bindSaved(QSqlQuery &query, const StoredFile &file)
{
    bindFile(query, file);
}

} // namespace taskreel
