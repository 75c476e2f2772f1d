// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/download.h"
#include "core/domain/result.h"
#include "core/net/assetfetcher.h"
#include "core/store/store.h"

#include <QSet>

#include <atomic>
#include <optional>

namespace taskreel {

// Which name a file gets, and how it gets it. Blocking: file work of the fetcher. What reads whole
// files, or waits for the disk, is for AssetFetcher::runApart(); `stop` ends the reading.

/// What is asked of choosePlace().
struct PlaceWish
{
    QString wanted; ///< absolute
    qint64 bytes = 0; ///< known to be needed; 0: not known
    QSet<QString> taken; ///< names that others have decided on
    ConflictPolicy policy = ConflictPolicy::SkipIdentical;
};

struct Place
{
    QString target; ///< absolute
    bool replaces = false;
    bool inUse = false; ///< with ConflictPolicy::Ask: somebody must say what to do
};

/// Short.
[[nodiscard]] Result<Place> choosePlace(const PlaceWish &wish);

/// Whether a saved file is there with the content of its record. Reads all of it.
[[nodiscard]] bool isStillSaved(const StoredFile &file, const std::atomic_bool &stop);

/// The name of a complete file: as decided, with the extension of its content, not in use by
/// another file unless that is to be replaced. `same`: a file of just this content has it, or the
/// name that was wished for.
/// @param wished absolute; empty: whether the same content is there is not looked at
struct FinalName
{
    QString path;
    bool same = false;
    bool replaces = false; ///< just what was decided on
};
[[nodiscard]] FinalName finalName(const QString &target, const FetchedAsset &file, bool replaces,
                                  const QString &wished, const std::atomic_bool &stop);
/// Gives the part file exactly that name. ErrorKind::NameTaken: it is in use by now.
[[nodiscard]] Result<QString> placeAt(const QString &partPath, const QString &path, bool replaces);

/// What a download that broke off between its check and its name left: the file under its final
/// name, or its part file, complete. std::nullopt: neither.
struct Remains
{
    bool placed = false;
    FetchedAsset file; ///< of the part file
};
[[nodiscard]] std::optional<Remains> findRemains(const StoredDownload &record,
                                                 const std::atomic_bool &stop);

} // namespace taskreel
