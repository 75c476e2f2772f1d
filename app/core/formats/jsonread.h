// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QSize>
#include <QString>

#include <optional>

namespace taskreel {

// Reading values whose type the service does not keep to: numbers come as strings. Pure.

/// The value as text: strings trimmed, numbers and booleans as written, objects and lists as
/// compact JSON, null as nothing.
[[nodiscard]] QString jsonText(const QJsonValue &value);
/// Numbers, and strings that hold one (a `%` at the end is allowed).
[[nodiscard]] std::optional<double> jsonNumber(const QJsonValue &value);
[[nodiscard]] qint64 jsonInteger(const QJsonValue &value);
/// The object, also when it comes as JSON in a string; else an empty one.
[[nodiscard]] QJsonObject jsonObject(const QJsonValue &value);
/// `width` and `height`; invalid unless both make sense.
[[nodiscard]] QSize jsonSize(const QJsonObject &object);
/// True for strings that are JSON objects or lists by their ends.
[[nodiscard]] bool looksLikeJson(const QString &text);
/// True when the whole text is an http(s) address; a sentence that contains one is not.
[[nodiscard]] bool isWebAddress(const QString &text);

} // namespace taskreel
