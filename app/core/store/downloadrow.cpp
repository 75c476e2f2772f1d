// SPDX-License-Identifier: MIT
#include "core/store/downloadrow.h"

#include "core/store/columns.h"
#include "core/store/tokens.h"

#include <QSqlQuery>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace taskreel {

static QString columns()
{
    return u"task_id, media_key, variant, position, state, kind, source_url, source_mirrors, "
           "source_expires_at, relative_path, target_path, replaces, url, validator, total, "
           "final_path, sha256, error, error_http, error_message, error_detail"_s;
}

QString selectDownloadsSql()
{
    return u"SELECT %1 FROM downloads ORDER BY position"_s.arg(columns());
}

QString upsertDownloadSql()
{
    return u"INSERT OR REPLACE INTO downloads (%1) VALUES (%2)"_s.arg(
        columns(), placeholders(columns().count(u',') + 1));
}

// No address that may be requested holds a line break.
static QByteArray joined(const QByteArrayList &mirrors)
{
    return mirrors.join('\n');
}

static QByteArrayList split(const QByteArray &mirrors)
{
    return mirrors.isEmpty() ? QByteArrayList() : mirrors.split('\n');
}

StoredDownload readDownload(const QSqlQuery &query)
{
    int column = 0;
    const auto next = [&query, &column] { return query.value(column++); };
    StoredDownload download;
    download.asset.taskId = next().toString();
    download.asset.mediaKey = next().toString();
    download.asset.variant = variantFromToken(next().toString());
    download.position = next().toLongLong();
    download.state = downloadStateFromToken(next().toString());
    download.kind = mediaKindFromToken(next().toString());
    download.source.variant = download.asset.variant;
    download.source.url = next().toByteArray();
    download.source.mirrors = split(next().toByteArray());
    download.source.expiresAt = toTime(next());
    download.relativePath = next().toString();
    download.targetPath = next().toString();
    download.replaces = next().toBool();
    download.url = next().toByteArray();
    download.validator = next().toByteArray();
    download.total = next().toLongLong();
    download.finalPath = next().toString();
    download.sha256 = next().toByteArray();
    download.error.kind = errorKindFromToken(next().toString());
    download.error.httpStatus = next().toInt();
    download.error.message = next().toString();
    download.error.detail = next().toString();
    return download;
}

void bindDownload(QSqlQuery &query, const StoredDownload &download)
{
    int column = 0;
    const auto bind = [&query, &column](const QVariant &value) {
        query.bindValue(column++, value);
    };
    const auto bytes = [](const QByteArray &value) { return value.isNull() ? ""_ba : value; };
    bind(download.asset.taskId);
    bind(notNull(download.asset.mediaKey));
    bind(variantToken(download.asset.variant));
    bind(download.position);
    bind(token(download.state));
    bind(token(download.kind));
    bind(bytes(download.source.url));
    bind(bytes(joined(download.source.mirrors)));
    bind(fromTime(download.source.expiresAt));
    bind(notNull(download.relativePath));
    bind(notNull(download.targetPath));
    bind(download.replaces);
    bind(bytes(download.url));
    bind(bytes(download.validator));
    bind(download.total);
    bind(notNull(download.finalPath));
    bind(bytes(download.sha256));
    bind(token(download.error.kind));
    bind(download.error.httpStatus);
    bind(notNull(download.error.message));
    bind(notNull(download.error.detail));
}

} // namespace taskreel
