// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"

#include <QSet>
#include <QString>

namespace taskreel {

// How a complete part file gets its final name. Blocking: the transfer thread.

/// `path` if nothing has that name, else the first free `name (2).ext`, `name (3).ext` …
/// @param taken names to treat as in use although no file has them yet
[[nodiscard]] QString freePath(const QString &path, const QSet<QString> &taken = {});
/// Renames `partPath` to `wantedPath`, or to the next free numbered name. Never replaces a file,
/// not even one that appears meanwhile. The folder is synced. @return the name it got
[[nodiscard]] Result<QString> placeWithoutClobber(const QString &partPath,
                                                  const QString &wantedPath);
/// Renames `partPath` to just that name. ErrorKind::NameTaken when it is in use. The folder is synced.
[[nodiscard]] Result<QString> placeExactly(const QString &partPath, const QString &path);
/// Renames within one file system and replaces what is there: for files named by content only.
[[nodiscard]] Result<QString> placeReplacing(const QString &partPath, const QString &path);
/// Gives a file a second name; where file systems cannot, its only one. Fails across file systems.
[[nodiscard]] Result<QString> linkOrMove(const QString &from, const QString &to);
/// Makes the folder and those above it.
[[nodiscard]] Result<QString> makeFolder(const QString &folder);

/// An errno as DiskFull or CannotWrite, with the path and the system's words.
[[nodiscard]] Error writeError(const QString &path, int systemError);

} // namespace taskreel
