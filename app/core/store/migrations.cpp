// SPDX-License-Identifier: MIT
#include "core/store/migrations.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

using Statements = QStringList;

// Times are ms since 1970, UTC. Answers are apart from the rows, so that start-up never reads them.
// kept_files and saved_files have no foreign key: the files outlive a purged row, and so must the
// knowledge of them.
Statements toVersion1()
{
    return {
        u"CREATE TABLE tasks ("
        "id TEXT PRIMARY KEY NOT NULL, sequence INTEGER NOT NULL, added_at INTEGER NOT NULL, "
        "removed_at INTEGER, answered_at INTEGER, next_check_at INTEGER, "
        "model TEXT NOT NULL, task_type TEXT NOT NULL, status TEXT NOT NULL, "
        "raw_status TEXT NOT NULL, prompt TEXT NOT NULL, error_text TEXT NOT NULL, "
        "created_at INTEGER, ended_at INTEGER, percent REAL, cost REAL, kind TEXT NOT NULL, "
        "width INTEGER NOT NULL, height INTEGER NOT NULL, duration_ms INTEGER NOT NULL, "
        "result_count INTEGER NOT NULL, has_watermarked INTEGER NOT NULL, "
        "has_unwatermarked INTEGER NOT NULL, has_cover INTEGER NOT NULL, "
        "failed_tries INTEGER NOT NULL, last_error TEXT NOT NULL, last_error_http INTEGER NOT "
        "NULL, "
        "last_error_message TEXT NOT NULL, last_error_detail TEXT NOT NULL, "
        "save_state TEXT NOT NULL, save_error TEXT NOT NULL, saved_path TEXT NOT NULL, "
        "starred INTEGER NOT NULL)"_s,
        u"CREATE INDEX tasks_by_sequence ON tasks (sequence)"_s,
        u"CREATE TABLE answers ("
        "task_id TEXT PRIMARY KEY NOT NULL REFERENCES tasks (id) ON DELETE CASCADE, "
        "json BLOB NOT NULL, received_at INTEGER NOT NULL)"_s,
        u"CREATE TABLE earlier_answers ("
        "task_id TEXT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE, "
        "position INTEGER NOT NULL, json BLOB NOT NULL, PRIMARY KEY (task_id, position))"_s,
        u"CREATE TABLE kept_files ("
        "task_id TEXT NOT NULL, media_key TEXT NOT NULL, variant TEXT NOT NULL, "
        "path TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 BLOB, at INTEGER, "
        "last_shown_at INTEGER, PRIMARY KEY (task_id, media_key, variant))"_s,
        u"CREATE TABLE saved_files ("
        "task_id TEXT NOT NULL, media_key TEXT NOT NULL, variant TEXT NOT NULL, "
        "path TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 BLOB, at INTEGER, "
        "PRIMARY KEY (task_id, media_key, variant, path))"_s,
    };
}

// Marks of the user's beyond the star, and times that the list shows. Rows of version 1 learn their
// times with their next answer.
Statements toVersion2()
{
    return {
        u"ALTER TABLE tasks ADD COLUMN rejected INTEGER NOT NULL DEFAULT 0"_s,
        u"ALTER TABLE tasks ADD COLUMN note TEXT NOT NULL DEFAULT ''"_s,
        u"ALTER TABLE tasks ADD COLUMN tags TEXT NOT NULL DEFAULT ''"_s, // one a line
        u"ALTER TABLE tasks ADD COLUMN started_at INTEGER"_s,
        u"ALTER TABLE tasks ADD COLUMN expires_at INTEGER"_s,
    };
}

// What was asked for and is not saved yet, so that it goes on after a restart.
Statements toVersion3()
{
    return {
        u"CREATE TABLE downloads ("
        "task_id TEXT NOT NULL, media_key TEXT NOT NULL, variant TEXT NOT NULL, "
        "position INTEGER NOT NULL, state TEXT NOT NULL, kind TEXT NOT NULL, "
        "source_url BLOB NOT NULL, source_mirrors BLOB NOT NULL, source_expires_at INTEGER, "
        "relative_path TEXT NOT NULL, target_path TEXT NOT NULL, replaces INTEGER NOT NULL, "
        "url BLOB NOT NULL, validator BLOB NOT NULL, total INTEGER NOT NULL, "
        "final_path TEXT NOT NULL, sha256 BLOB NOT NULL, error TEXT NOT NULL, "
        "error_http INTEGER NOT NULL, error_message TEXT NOT NULL, error_detail TEXT NOT NULL, "
        "PRIMARY KEY (task_id, media_key, variant))"_s,
    };
}

using Migration = Statements (*)();
constexpr std::array<Migration, 3> kMigrations{toVersion1, toVersion2, toVersion3};

Result<void> run(QSqlDatabase &database, const QStringList &statements)
{
    QSqlQuery query(database);
    for (const QString &statement : statements) {
        if (!query.exec(statement)) {
            const Error error = databaseError(database, query);
            query.exec(u"ROLLBACK"_s);
            return tl::unexpected(error);
        }
    }
    return {};
}

ErrorKind kindOfNativeCode(int code)
{
    // sqlite.org/rescode.html; the header itself is not needed for anything else.
    enum : int {
        LogicError = 1, // a missing table or column: not our library
        Corrupt = 11,
        Full = 13,
        TooBig = 18,
        Constraint = 19,
        Mismatch = 20,
        Misuse = 21,
        OutOfRange = 25,
        NotADatabase = 26,
    };
    switch (code) {
    case Full:
        return ErrorKind::DiskFull;
    case LogicError:
    case Corrupt:
    case NotADatabase:
        return ErrorKind::LibraryBroken;
    case TooBig:
    case Constraint:
    case Mismatch:
    case Misuse:
    case OutOfRange:
        return ErrorKind::Other;
    default:
        return ErrorKind::CannotWrite;
    }
}

} // namespace

int libraryVersion()
{
    return static_cast<int>(kMigrations.size());
}

Result<void> migrateLibrary(QSqlDatabase &database)
{
    return migrateLibrary(database, libraryVersion());
}

Result<void> migrateLibrary(QSqlDatabase &database, int upTo)
{
    QSqlQuery query(database);
    if (!query.exec(u"PRAGMA user_version"_s) || !query.next())
        return tl::unexpected(databaseError(database, query));
    const int from = query.value(0).toInt();
    query.finish();
    for (int version = from; version < std::min(upTo, libraryVersion()); ++version) {
        QStringList statements{u"BEGIN IMMEDIATE"_s};
        statements += kMigrations.at(static_cast<size_t>(version))();
        statements += u"PRAGMA user_version = %1"_s.arg(version + 1);
        statements += u"COMMIT"_s;
        if (const Result<void> done = run(database, statements); !done)
            return done;
    }
    return {};
}

Error databaseError(const QSqlDatabase &database, const QSqlQuery &query)
{
    const QSqlError sqlError =
        query.lastError().isValid() ? query.lastError() : database.lastError();
    // The low byte is the primary code; the rest only refines it.
    const int code = sqlError.nativeErrorCode().toInt() & 0xff;
    Error error;
    error.kind = kindOfNativeCode(code);
    error.message = sqlError.databaseText();
    error.detail = database.databaseName() + u": "_s + sqlError.databaseText();
    return error;
}

} // namespace taskreel
