// SPDX-License-Identifier: MIT
#pragma once

#include <QMetaType>
#include <QString>

namespace taskreel {

/// What went wrong, to decide by. The words for people come from core/text/errortext alone.
enum class ErrorKind {
    None,
    // The key and the account
    NoKey, ///< no key is known for this service
    KeyRefused, ///< 401, or 403 before anything was answered
    Forbidden, ///< 403 for one task (not in the plan)
    OutOfCredit, ///< 402
    // The task
    NotFound, ///< 400 or 404 for a task id
    // Passing: tried again
    RateLimited, ///< 429
    ServerFault, ///< 5xx or a gateway page
    BadAnswer, ///< empty, cut or not JSON
    Unreachable, ///< refused, no route, no name
    ConnectionLost,
    Timeout,
    // Address and transport
    TlsFailed,
    Redirected, ///< the API answered 3xx; detail holds the new place
    RefusedAddress, ///< not http(s), private, or with credentials
    TooLarge, ///< over a byte cap
    // Result files
    LinkDead, ///< 401, 403, 404 or 410 for a file
    LinkGone, ///< ended, and the service has no fresh one
    NotMedia, ///< HTML, a playlist, JSON instead of media
    Incomplete, ///< cut: the length or the container says so
    CannotDecode, ///< complete, but no decoder or broken inside
    NoMedia, ///< the task has no such result
    // This machine
    DiskFull,
    CannotWrite, ///< detail holds the path and the system's words
    NameTaken, ///< another program writes a file of this name
    CannotRead,
    AnswerBroken, ///< the kept answer of one task cannot be read
    LibraryBroken,
    LibraryTooNew,
    Cancelled,
    Other,
};

/// An error as a value. `message` is the server's or the system's own text (plain text, shown as
/// such), `detail` what helps to understand it further. Never holds the key or a signed query.
struct Error
{
    ErrorKind kind = ErrorKind::None;
    int httpStatus = 0; ///< 0 when there was none
    QString message;
    QString detail;
    qint64 retryAfterMs = -1; ///< from Retry-After; -1 when the server did not say

    bool operator==(const Error &) const = default;
};

/// True for errors that the passing of time may mend: these are asked again.
[[nodiscard]] constexpr bool isPassing(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::RateLimited:
    case ErrorKind::ServerFault:
    case ErrorKind::BadAnswer:
    case ErrorKind::Unreachable:
    case ErrorKind::ConnectionLost:
    case ErrorKind::Timeout:
        return true;
    default:
        return false;
    }
}

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::Error)
