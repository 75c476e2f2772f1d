// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/formats/mediaprobe.h"
#include "core/net/assetlimits.h"

#include <QNetworkReply>
#include <QUrl>

#include <optional>

namespace taskreel {

// What the answers of media hosts mean. Pure: the requests themselves are in assettransfer.

inline constexpr int kMaxRedirects = 5;

[[nodiscard]] qint64 byteCap(const AssetLimits &limits, MediaKind kind);
/// The error of an answer that is not the file: its body is never written.
[[nodiscard]] Error errorForStatus(int httpStatus, const QByteArray &reason,
                                   const QByteArray &retryAfter);
/// The error of a request that ended without an answer, or within it.
[[nodiscard]] Error errorForReply(QNetworkReply::NetworkError error, const QString &words);
/// Where a redirect may lead: the same rules as for any address, and never from https to http.
[[nodiscard]] Result<QUrl> redirectTarget(const QUrl &from, const QByteArray &location,
                                          bool loopbackAllowed);
/// Why a complete file is not what was expected; std::nullopt when it is.
[[nodiscard]] std::optional<Error> contentProblem(const MediaProbe &probe, MediaKind expected);
/// How long to wait before the next try of an address that failed `tries` times, last with `error`;
/// std::nullopt: no further try. A 404 of a fresh result is tried for a while. The server's Retry-After counts, unless it asks for too much.
[[nodiscard]] std::optional<std::chrono::milliseconds> retryDelay(const Error &error, int tries,
                                                                  const AssetLimits &limits,
                                                                  bool fresh = false);
/// What proves later that a file is still the same: a strong ETag, else a Last-Modified that is
/// certainly older than the answer (RFC 9110 §8.8.2.2). Empty: nothing does.
[[nodiscard]] QByteArray strongValidator(const QByteArray &etag, const QByteArray &lastModified,
                                         const QByteArray &date);
/// Where the part of a 206 ends, in bytes from the file's beginning. -1: it does not say.
[[nodiscard]] qint64 rangeEnd(const QByteArray &contentRange);
/// Whether a 206 continues at exactly `offset` of a file of `total` bytes (-1: not known).
[[nodiscard]] bool continuesAt(const QByteArray &contentRange, qint64 offset, qint64 total);

} // namespace taskreel
