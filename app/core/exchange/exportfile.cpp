// SPDX-License-Identifier: MIT
#include "core/exchange/exportfile.h"

#include "core/store/libraryfile.h"
#include "core/store/migrations.h"

#include <QFile>
#include <QSqlQuery>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace taskreel {

QStringList exportedTables()
{
    return {u"tasks"_s, u"answers"_s, u"earlier_answers"_s, u"saved_files"_s};
}

Result<int> exportVersionOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::CannotRead, file.errorString(), path);
    const std::optional<int> version = libraryVersionOf(path);
    if (!version || *version < 1 || applicationIdOf(path) != kExportApplicationId)
        return failure(ErrorKind::NotMedia, {}, path);
    if (*version > libraryVersion())
        return failure(ErrorKind::LibraryTooNew, {}, path);
    return *version;
}

SqliteFile::SqliteFile(const QString &path)
    : m_path(path), m_connection(u"exchange-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
{
}

SqliteFile::~SqliteFile()
{
    if (!m_database.isValid())
        return;
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

Result<void> SqliteFile::open()
{
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
    m_database.setDatabaseName(m_path);
    m_database.setConnectOptions(u"QSQLITE_OPEN_URI"_s); // for what is attached read-only
    if (!m_database.open())
        return tl::unexpected<Error>(errorOf(QSqlQuery(m_database)));
    return {};
}

Result<void> SqliteFile::exec(const QString &statement)
{
    QSqlQuery query(m_database);
    if (!query.exec(statement))
        return tl::unexpected<Error>(errorOf(query));
    return {};
}

Result<void> SqliteFile::exec(const QStringList &statements)
{
    for (const QString &statement : statements) {
        if (const Result<void> done = exec(statement); !done)
            return done;
    }
    return {};
}

Error SqliteFile::errorOf(const QSqlQuery &query) const
{
    return databaseError(m_database, query);
}

} // namespace taskreel
