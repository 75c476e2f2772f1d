// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

class QJsonObject;

namespace taskreel {

/// The task object without `config.webhook_config.secret` and anything like a key. Inline base64 is
/// replaced by `sha256:HEX (N bytes)`.
[[nodiscard]] QJsonObject redactedTask(const QJsonObject &task);
/// An address for logs: without user info, query and fragment.
[[nodiscard]] QString urlForLog(const QUrl &url);

} // namespace taskreel
