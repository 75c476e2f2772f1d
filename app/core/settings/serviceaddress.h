// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QUrl>

namespace taskreel {

/// Whether the host is this machine by name or literal: `localhost`, 127.0.0.0/8, ::1. Pure: no
/// name is looked up.
[[nodiscard]] bool isLoopbackHost(const QUrl &url);
/// The address as it is kept: scheme and host in lower case, no slash at the end.
[[nodiscard]] QUrl cleanedServiceUrl(const QString &text);
/// Empty when `url` may be asked with a key: https, or http on loopback; else why not, in words.
[[nodiscard]] QString serviceUrlProblem(const QUrl &url);

} // namespace taskreel
