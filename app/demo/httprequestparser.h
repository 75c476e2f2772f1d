// SPDX-License-Identifier: MIT
#pragma once

#include "demo/demoservice.h"

#include <QByteArray>

namespace taskreel::demo {

/// Takes requests out of a stream of bytes, one after the other; knows no sockets.
class HttpRequestParser final
{
public:
    enum class State {
        NeedsMore,
        Ready, ///< take() has a request
        Malformed, ///< nothing after this can be understood
        HeaderTooLarge,
        BodyTooLarge,
        LengthMissing, ///< a body in a form that this server does not read
    };

    static constexpr qsizetype kHeaderLimit = 32 * 1024;
    static constexpr qint64 kBodyLimit = 1024 * 1024;

    void append(const QByteArray &bytes) { m_buffer += bytes; }
    [[nodiscard]] State advance();
    [[nodiscard]] Request take(); ///< after Ready; what follows stays for the next advance()

private:
    [[nodiscard]] State readHead(qsizetype end);
    [[nodiscard]] bool readRequestLine(const QByteArray &line);
    [[nodiscard]] State readBodyLength();

    QByteArray m_buffer;
    Request m_request;
    qint64 m_bodyLength = 0;
    bool m_headRead = false;
};

/// Whether the client wants this connection kept after the answer.
[[nodiscard]] bool wantsKeepAlive(const Request &request);

} // namespace taskreel::demo
