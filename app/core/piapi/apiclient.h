// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/formats/answerreader.h"
#include "core/formats/historyreader.h"
#include "core/piapi/apicall.h"
#include "core/piapi/apirequest.h"

#include <QHash>
#include <QObject>
#include <QUrl>

#include <functional>

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
    [[nodiscard]] int running() const; ///< calls of any sort

    /// `GET /api/v1/task/{id}`. taskFinished() follows exactly once, never inside this call. One
    /// call an id at a time: asking again for a running one does nothing.
    void fetchTask(const QString &taskId);
    /// `DELETE /api/v1/task/{id}`. cancelFinished() follows exactly once, never inside this call.
    /// One an id at a time.
    void cancelTask(const QString &taskId);
    /// One page of the account's history. historyFinished() with the returned number follows exactly
    /// once, never inside this call.
    [[nodiscard]] quint64 fetchHistory(const HistoryQuery &query);
    void abortHistory(quint64 number); ///< historyFinished() with ErrorKind::Cancelled

    void setLimits(const ApiLimits &limits) { m_limits = limits; } ///< for calls from now on
    void abortAll(); ///< each ends with ErrorKind::Cancelled

Q_SIGNALS:
    void taskStarted(const QString &taskId);
    void taskFinished(const QString &taskId, const taskreel::Result<taskreel::ReadAnswer> &result);
    /// The service's own words, perhaps none, or why it was not cancelled.
    void cancelFinished(const QString &taskId, const taskreel::Result<QString> &words);
    void historyFinished(quint64 number, const taskreel::Result<taskreel::HistoryPage> &page);

private:
    using Arrived = std::function<void(const Result<ApiBody> &)>;
    /// Begins a call; `arrived` comes later, also when there is no call because the request cannot
    /// be made. @return null then
    ApiCall *begin(ApiCall::Verb verb, const Result<QByteArray> &path, const Arrived &arrived);

    void bodyArrived(const QString &taskId, const Result<ApiBody> &body);
    void answerRead(const QString &taskId, const ApiBody &body, Result<ReadAnswer> answer);
    void report(const QString &taskId, const Result<ReadAnswer> &result);
    void cancelArrived(const QString &taskId, const Result<ApiBody> &body);
    void historyArrived(quint64 number, const Result<ApiBody> &body);
    void historyRead(quint64 number, const ApiBody &body, Result<HistoryPage> page);
    void reportHistory(quint64 number, const Result<HistoryPage> &page);

    QNetworkAccessManager *m_network;
    QUrl m_serviceUrl;
    ApiKey *m_key;
    ApiLimits m_limits;
    // From the call until it has been reported. Owned (children); null: there is no request.
    QHash<QString, ApiCall *> m_calls; ///< one a task id
    QHash<QString, ApiCall *> m_cancels;
    QHash<quint64, ApiCall *> m_pages;
    quint64 m_lastNumber = 0;
};

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::Result<QString>)
Q_DECLARE_METATYPE(taskreel::Result<taskreel::HistoryPage>)
