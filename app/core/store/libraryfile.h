// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"

#include <optional>

namespace taskreel {

/// The version in a library's own header, read without opening the database: opening alone would
/// write beside a newer library. std::nullopt: there is no file, or it is not a database.
[[nodiscard]] std::optional<int> libraryVersionOf(const QString &path);
/// The application id in the header; std::nullopt as above.
[[nodiscard]] std::optional<quint32> applicationIdOf(const QString &path);
/// Renames a broken library, with its -wal and -shm, to a free name beside it. @return the new path
[[nodiscard]] Result<QString> setLibraryAside(const QString &path);

} // namespace taskreel
