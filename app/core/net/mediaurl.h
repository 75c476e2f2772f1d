// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"

#include <QByteArray>
#include <QUrl>

namespace taskreel {

/// Whether a service lives on this machine: then its media may too (demo, tests).
[[nodiscard]] bool isLoopback(const QUrl &url);

/// The URL to request for bytes received from the server: http or https only, no credentials, no
/// literal loopback, link-local or private address unless `loopbackAllowed`. The bytes go out as
/// received (StrictMode; only invalid escapes are mended; QUrl still writes needless escapes of
/// letters, digits and `-._~` as these, which RFC 3986 calls the same address).
[[nodiscard]] Result<QUrl> mediaUrl(const QByteArray &received, bool loopbackAllowed);

} // namespace taskreel
