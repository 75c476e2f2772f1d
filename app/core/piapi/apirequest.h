// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QNetworkRequest>
#include <QString>
#include <QUrl>

namespace taskreel {

class ApiKey;

/// One page of the account's history that is asked for.
struct HistoryQuery
{
    static constexpr int kLargestPage = 100; ///< the service gives no more rows at once

    QDateTime from = {}; ///< UTC; invalid: from the beginning
    QDateTime to = {}; ///< UTC; invalid: until now
    QString model = {}; ///< empty: any
    int page = 1;
    int pageSize = kLargestPage;
    bool operator==(const HistoryQuery &) const = default;
};

/// Path below the service address; fails for an id that no escape keeps from being another path.
[[nodiscard]] Result<QByteArray> taskPath(const QString &taskId);
[[nodiscard]] QByteArray historyPath(const HistoryQuery &query);
/// The request with the key in its header: only to a service address that may have it, only a key of
/// that origin; no redirect, cookie, cache or stored login takes part.
[[nodiscard]] Result<QNetworkRequest> apiRequest(const QUrl &serviceUrl, const ApiKey &key,
                                                 const QByteArray &path);

} // namespace taskreel
