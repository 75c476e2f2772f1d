// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"

#include <QByteArray>
#include <QNetworkReply>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

class QNetworkAccessManager;

namespace taskreel {

/// What one call may take.
struct ApiLimits
{
    std::chrono::milliseconds idle{30'000}; ///< without a byte
    std::chrono::milliseconds total{60'000};
    qint64 bytes = 16 * 1024 * 1024;
};

/// What came back, whatever the status: the body is read first, since a task may come with any.
struct ApiBody
{
    int httpStatus = 0;
    QByteArray bytes;
    qint64 retryAfterMs = -1;
    /// Why the body may not be whole; None: it is. Counts only if no task is in the bytes.
    Error cut;
    bool operator==(const ApiBody &) const = default;
};

/// One request to the service on its way. Owned by ApiClient, GUI thread. Ends in exactly one
/// finished(), never inside the constructor or abort(); none once it is deleted.
class ApiCall final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ApiCall)

public:
    enum class Verb { Get, Delete };

    ApiCall(QNetworkAccessManager *network, Verb verb, const QNetworkRequest &request,
            const ApiLimits &limits, QObject *parent);
    ~ApiCall() override;

    void abort(); ///< finished() follows with ErrorKind::Cancelled
    [[nodiscard]] bool isAborted() const { return m_aborted; }

Q_SIGNALS:
    void finished(const taskreel::Result<taskreel::ApiBody> &body);

private:
    void stop(const Error &outcome);
    void take();
    void noteTlsErrors(const QList<QSslError> &errors);
    void replyFinished();
    [[nodiscard]] Result<ApiBody> outcome();
    [[nodiscard]] Error redirected(int status) const;
    [[nodiscard]] Error transportError() const;

    struct LaterDelete
    {
        void operator()(QNetworkReply *reply) const { reply->deleteLater(); }
    };
    std::unique_ptr<QNetworkReply, LaterDelete> m_reply;
    ApiLimits m_limits;
    QTimer m_idle;
    QTimer m_total;
    QByteArray m_body;
    QStringList m_tlsWords;
    std::optional<Error> m_stopped; ///< set before our own abort of the reply: the reason is ours
    bool m_aborted = false;
    bool m_reported = false;
};

} // namespace taskreel
