// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QDateTime>

namespace taskreel {

/// Retry-After as ms from `now`: seconds or an HTTP date. -1 when it says nothing usable; at most a
/// day.
[[nodiscard]] qint64 retryAfterMs(const QByteArray &header, const QDateTime &now);
/// Any of the three forms of RFC 9110; invalid if it is none.
[[nodiscard]] QDateTime httpDate(const QByteArray &header);
/// When a signed link says that it ends: `Expires=`, `X-Amz-Date` + `X-Amz-Expires`. Invalid if it
/// does not say; never a guess.
[[nodiscard]] QDateTime linkExpiry(const QByteArray &url);
/// RFC 3339 with up to nine fractional digits; the unset forms of the service give an invalid time.
[[nodiscard]] QDateTime apiTime(const QString &text);

} // namespace taskreel
