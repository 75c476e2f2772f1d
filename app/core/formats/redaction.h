// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <optional>

class QJsonObject;

namespace taskreel {

/// The task object without `config.webhook_config.secret` and anything like a key. Inline base64 is
/// replaced by `sha256:HEX (N bytes)`.
[[nodiscard]] QJsonObject redactedTask(const QJsonObject &task);
/// The first half of it: no secret any more, inline base64 still there. Takes an envelope too.
[[nodiscard]] QJsonObject withoutSecrets(const QJsonObject &object);
/// The second half: inline base64 as markers.
[[nodiscard]] QJsonObject withoutInlineData(const QJsonObject &object);
/// The bytes of inline base64, with or without `data:…;base64,` before it; nothing if the text is
/// something else. Short texts count only in a field that is known to hold base64.
[[nodiscard]] std::optional<QByteArray> inlineData(const QString &text, bool fieldSaysSo = false);
[[nodiscard]] bool isInlineDataField(const QString &name); ///< `image_base64`, `image_b64`, …
[[nodiscard]] bool isInlineDataMarker(const QString &text); ///< `sha256:HEX (N bytes)`
/// An address for logs: without user info, query and fragment.
[[nodiscard]] QString urlForLog(const QUrl &url);

} // namespace taskreel
