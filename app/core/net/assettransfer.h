// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/assetjob.h"
#include "core/net/assetlimits.h"
#include "core/net/speedlimit.h"

#include <QNetworkReply>
#include <QTimer>
#include <QUrl>

#include <array>

class QNetworkAccessManager;

namespace taskreel {

/// Fetches one asset: its address, then its mirrors, each with the redirects and the bounded tries
/// of assetrules. A cut answer goes on where it was when the server proves that the file is the
/// same.
class AssetTransfer final : public AssetJob
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AssetTransfer)

public:
    /// @param network borrowed, without key, cookies and cache
    /// @param speed borrowed, for requests that share the limit
    AssetTransfer(const AssetRequest &request, const AssetLimits &limits,
                  QNetworkAccessManager *network, SpeedLimit *speed, FileWork *files,
                  QObject *parent);
    ~AssetTransfer() override;

    void start() override;
    void proceed() override;

Q_SIGNALS:
    void headArrived(const taskreel::AssetHead &head); ///< of a durable request; see AssetFetcher

protected:
    void stop() override;
    void checkFailed(const Error &error) override;
    [[nodiscard]] bool isPartOfUse() const override;

private:
    struct Address
    {
        QByteArray received;
        int tries = 0;
        Error error; ///< of the last try
        bool given = true; ///< worth a try in this round
    };
    /// What of the part file a later try may build on.
    struct ResumePoint
    {
        qint64 offset = 0;
        qint64 total = -1;
        QByteArray validator; ///< a strong ETag, else Last-Modified
        qsizetype address = -1;
    };

    void takeUp(const PartRemains &remains);
    void tryAddress();
    void nextAddress();
    void endRound();
    void addressFailed(const Error &error);

    void send(const QUrl &url);
    void dropReply();
    void readHead();
    void followRedirect();
    void acceptBody(int status);
    void acceptRest();
    void acceptWhole();
    void startOver();
    void readBody();
    /// @return bytes read; 0: nothing is there, or may be taken, now
    [[nodiscard]] qint64 readBlock();
    void endReply();
    void bodyEnded();
    void stalled();
    void rememberResumePoint();
    [[nodiscard]] std::optional<Error> bodyProblem(int status) const;
    [[nodiscard]] QByteArray validatorOfReply() const;
    [[nodiscard]] std::optional<Error> checkSpace(qint64 bytes);

    AssetRequest m_request;
    AssetLimits m_limits;
    QNetworkAccessManager *m_network;
    SpeedLimit *m_speed; ///< null: none
    QList<Address> m_addresses;
    qsizetype m_current = 0;
    int m_hops = 0;
    QNetworkReply *m_reply = nullptr; ///< owned; at most one
    bool m_takingUp = false; ///< what is checked is an earlier transfer's part
    bool m_accepted = false; ///< the head is that of the file: its body is written
    bool m_awaitingLeave = false; ///< the head was told; see proceed()
    qint64 m_total = -1;
    ResumePoint m_resume;
    QTimer m_stallTimer;
    QTimer m_retryTimer;
    QTimer m_throttle; ///< until the speed limit gives more
    qint64 m_nextSpaceCheck = 0; ///< at so many bytes
    QByteArray m_block;
};

} // namespace taskreel
