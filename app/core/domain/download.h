// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"
#include "core/domain/media.h"

#include <QDateTime>
#include <QString>

namespace taskreel {

/// Where a file that was asked for stands.
enum class DownloadState {
    Waiting, ///< its turn will come, or its next try (nextTryAt)
    Running,
    Verifying, ///< all bytes are here; length, content and disk are checked
    Paused, ///< by the user, or left from an earlier run until he says
    Done,
    Failed,
};

/// What a name that is in use already means for a file to save. Decided before bytes flow.
enum class ConflictPolicy {
    SkipIdentical, ///< the same content is there: nothing to do; another one: both are kept
    KeepBoth, ///< always a new, numbered name
    Overwrite,
    Ask, ///< once for all that wait
};

/// A file that was asked for and is not saved yet, as the library keeps it: enough to go on after
/// the end of the program, whenever that comes. Values only.
struct StoredDownload
{
    AssetId asset;
    qint64 position = 0; ///< order in the queue; grows
    DownloadState state = DownloadState::Waiting; ///< Waiting, Paused or Failed
    MediaKind kind = MediaKind::Unknown;
    Source source; ///< without inline bytes
    QString relativePath; ///< the name as planned; its extension is a guess
    // Once the name is decided
    QString targetPath; ///< absolute
    bool replaces = false; ///< what has that name now is to be replaced
    // Of the part file beside the target, from before its first byte
    QByteArray url; ///< that the bytes come from, as received
    QByteArray validator; ///< strong ETag or Last-Modified; empty: no going on after a break
    qint64 total = -1; ///< bytes; -1: not known
    // Once the part file is complete and checked, from before it gets its name
    QString finalPath;
    QByteArray sha256; ///< raw 32 bytes
    Error error; ///< of the last try

    bool operator==(const StoredDownload &) const = default;
    [[nodiscard]] QString partPath() const; ///< empty until the name is decided
};

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::StoredDownload)
Q_DECLARE_METATYPE(taskreel::DownloadState)
