// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/formats/answerreader.h"
#include "core/piapi/apicall.h"

#include <QHash>
#include <QObject>
#include <QUrl>

class QNetworkAccessManager;

namespace taskreel {

class ApiKey;

/// Asks the service about tasks over a QNetworkAccessManager of its own use. GUI thread. The key
/// goes into the header of these requests alone; no redirect is followed; no proxy for loopback.
class ApiClient final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ApiClient)

public:
    /// @param network borrowed; its limits and policies are set per request
    /// @param key borrowed; must be State::Available when a request starts
    ApiClient(QNetworkAccessManager *network, const QUrl &serviceUrl, ApiKey *key,
              QObject *parent = nullptr);

    [[nodiscard]] QUrl serviceUrl() const { return m_serviceUrl; }
    [[nodiscard]] int running() const { return static_cast<int>(m_calls.size()); }

    /// `GET /api/v1/task/{id}`. taskFinished() follows exactly once, never inside this call. One
    /// call an id at a time: asking again for a running one does nothing.
    void fetchTask(const QString &taskId);
    void setLimits(const ApiLimits &limits) { m_limits = limits; } ///< for calls from now on
    void abortAll(); ///< taskFinished() with ErrorKind::Cancelled for each

Q_SIGNALS:
    void taskStarted(const QString &taskId);
    void taskFinished(const QString &taskId, const taskreel::Result<taskreel::ReadAnswer> &result);

private:
    [[nodiscard]] Result<QNetworkRequest> taskRequest(const QString &taskId) const;
    void bodyArrived(const QString &taskId, const Result<ApiBody> &body);
    void answerRead(const QString &taskId, const ApiBody &body, Result<ReadAnswer> answer);
    void report(const QString &taskId, const Result<ReadAnswer> &result);
    void reportSoon(const QString &taskId, const Error &error);

    QNetworkAccessManager *m_network;
    QUrl m_serviceUrl;
    ApiKey *m_key;
    ApiLimits m_limits;
    /// One a task id, from fetchTask() until its taskFinished(). Owned (children).
    QHash<QString, ApiCall *> m_calls;
};

} // namespace taskreel
