// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"

#include <QSqlDatabase>
#include <QString>
#include <QStringList>

class QSqlQuery;

namespace taskreel {

// An exported library is one SQLite file: the library's own tables at its own version (kept_files is
// empty), and beside them
//   exchange_info (key, value): `version` of what is said here
//   clips (number, task_id, media_key, variant, bytes, sha256, at, last_shown_at)
//   clip_parts (id, data): a clip's bytes in parts of kClipPartBytes, id = clipPartId()
// Its header carries kExportApplicationId, so that `file` and we know it.

inline constexpr quint32 kExportApplicationId = 0x54524C58; ///< "TRLX"
inline constexpr int kExportVersion = 1;
inline constexpr qint64 kClipPartBytes = 1024 * 1024;
/// The library's tables that are exported and imported.
[[nodiscard]] QStringList exportedTables();
/// Parts of one clip are neighbours; a clip has room for 1 TiB.
[[nodiscard]] constexpr qint64 clipPartId(qint64 clip, qint64 position)
{
    return (clip << 20) + position;
}

/// Refuses what is no export, or one of a newer Taskreel. Reads only the header. @return the
/// library's version in it
[[nodiscard]] Result<int> exportVersionOf(const QString &path);

/// One SQLite connection that closes with this object, when its queries are gone. Exchange thread.
class SqliteFile final
{
    Q_DISABLE_COPY_MOVE(SqliteFile)

public:
    explicit SqliteFile(const QString &path);
    ~SqliteFile();

    [[nodiscard]] Result<void> open();
    [[nodiscard]] Result<void> exec(const QString &statement);
    [[nodiscard]] Result<void> exec(const QStringList &statements);
    /// What the connection or a query of it says.
    [[nodiscard]] Error errorOf(const QSqlQuery &query) const;
    [[nodiscard]] QSqlDatabase &database() { return m_database; }
    [[nodiscard]] const QString &path() const { return m_path; }

private:
    QString m_path;
    QString m_connection;
    QSqlDatabase m_database;
};

} // namespace taskreel
