// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QTcpSocket>
#include <QUrl>

#include <utility>

namespace taskreel::test {

/// An answer as it came, nothing hidden by an HTTP library.
struct RawAnswer
{
    int status = 0;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body; ///< chunks put together
    bool complete = false; ///< as long as Content-Length or the last chunk says
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
};

/// Speaks to a service over a bare socket: what a well-behaved client library would never send.
class RawClient final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RawClient)

public:
    explicit RawClient(const QUrl &service, QObject *parent = nullptr);

    void send(const QByteArray &bytes);
    [[nodiscard]] bool closed() const { return m_closed; } ///< by the other side
    [[nodiscard]] QByteArray received() const { return m_received; }
    /// The first answer among what was received and not yet taken, as far as it came.
    [[nodiscard]] RawAnswer peek(bool headOnly = false) const;
    RawAnswer take(bool headOnly = false); ///< the first one, removed

    /// One GET, or another method, on a connection of its own; waits until it is complete or
    /// closed.
    [[nodiscard]] static RawAnswer ask(const QUrl &url, const QByteArray &headerLines = {},
                                       const QByteArray &method = "GET");

Q_SIGNALS:
    void changed(); ///< more came, or the other side closed

private:
    [[nodiscard]] std::pair<RawAnswer, qsizetype> parse(bool headOnly) const;

    QTcpSocket m_socket;
    QByteArray m_received;
    bool m_closed = false;
};

} // namespace taskreel::test
