// SPDX-License-Identifier: MIT
#pragma once

#include "demo/demoservice.h"
#include "demo/httpreply.h"
#include "demo/httprequestparser.h"

#include <QObject>
#include <QTimer>

class QTcpSocket;

namespace taskreel::demo {

/// One client of the DemoService: reads its requests, gives the answers in order, as slowly and as
/// badly as each Response asks for. Owned by the service, deletes itself when the link is gone.
class DemoConnection final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DemoConnection)

public:
    /// @param socket becomes this object's
    DemoConnection(QTcpSocket *socket, DemoService::Handler answer, QObject *parent);

    void abort(); ///< closed() comes before it returns, unless the link was gone already

Q_SIGNALS:
    void bodySent(const QByteArray &path, qint64 bytes);
    void answered(); ///< once for each request that `answer` was asked about
    void closed();

private:
    void readMore();
    void refuse(int status);
    void begin(const Request &request);
    void send();
    void sendBody();
    void writePiece(const QByteArray &piece);
    void bodyAtItsEnd();
    void finish();
    void endConnection();
    void leave();

    QTcpSocket *const m_socket;
    const DemoService::Handler m_answer;
    HttpRequestParser m_parser;
    QTimer m_delay;
    QTimer m_pace;

    Request m_request;
    Response m_response;
    HttpReply m_reply;
    qint64 m_sent = 0; ///< body bytes
    qint64 m_limit = 0; ///< body bytes that will go out at all
    bool m_answering = false;
    bool m_counted = false; ///< `answered` is owed
    bool m_bodyGoing = false;
    bool m_ending = false;
};

} // namespace taskreel::demo
