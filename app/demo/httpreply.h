// SPDX-License-Identifier: MIT
#pragma once

#include "demo/demoservice.h"

#include <QByteArray>

namespace taskreel::demo {

/// A Response settled for one request: the head as it goes out, and which bytes follow it.
struct HttpReply
{
    QByteArray head;
    QByteArray body; ///< what would be sent; a cut or a stall may keep some of it back
    bool chunked = false;
    bool closes = false; ///< the connection ends after it
};

/// Resolves ranges, lengths and lies.
[[nodiscard]] HttpReply settle(const Request &request, const Response &response);

} // namespace taskreel::demo
