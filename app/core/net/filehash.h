// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <atomic>
#include <functional>
#include <optional>

namespace taskreel {

class Sha256;

/// Adds what is in a file, in pieces. Any thread but the GUI's.
/// @return its bytes; std::nullopt when it cannot be read to its end, or when `stop` came first
[[nodiscard]] std::optional<qint64> addFile(Sha256 &hash, const QString &path,
                                            const std::atomic_bool &stop,
                                            const std::function<void(qint64)> &read = {});

/// SHA-256 (raw 32 bytes) of a file, read in pieces. Empty when it cannot be read to its end, or
/// when `stop` came first. Any thread but the GUI's.
/// @param read told the bytes of each piece, may be empty
[[nodiscard]] QByteArray sha256Of(const QString &path, const std::atomic_bool &stop,
                                  const std::function<void(qint64)> &read = {});

} // namespace taskreel
