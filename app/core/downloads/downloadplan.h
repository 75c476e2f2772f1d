// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/task.h"
#include "core/domain/variantchoice.h"
#include "core/formats/safename.h"

#include <QSet>

#include <optional>

namespace taskreel {

/// One file to save: which asset, from where, under which name inside the download folder.
struct PlannedFile
{
    AssetId asset;
    Source source;
    MediaKind kind = MediaKind::Unknown;
    QString relativePath; ///< its extension is a guess until the content is here
    bool operator==(const PlannedFile &) const = default;
};

/// What a person asked for.
struct DownloadWish
{
    DownloadWish() = default;
    /// A version alone is a wish, too.
    DownloadWish(VariantWish wished, bool withCovers = false) : variant(wished), covers(withCovers)
    {
    }
    VariantWish variant = VariantWish::Unwatermarked;
    bool covers = false; ///< the cover image beside the results of its work
    bool operator==(const DownloadWish &) const = default;
};

/// What of a task is saved for a wish: its results (no intermediates, links), each variant by the
/// one rule of chooseSources(), and one cover a work when asked, under the name of the results with
/// `_cover`. No two files of a plan have the same name, also where case or composition of letters
/// do not count. Pure.
/// @param workKey one work alone; std::nullopt: all
/// @param pathRoom of pathRoomIn(the download folder)
[[nodiscard]] QList<PlannedFile> planDownload(const Task &task,
                                              const std::optional<QString> &workKey,
                                              const DownloadWish &wish, const QString &nameTemplate,
                                              qsizetype pathRoom = kUsualPathRoom);

/// The extension of a kind whose content is not known yet, without a dot.
[[nodiscard]] QString usualExtension(MediaKind kind);

/// The works with a result that this wish would save and that is not among the saved ones, in
/// order. Pure.
[[nodiscard]] QStringList unsavedWorks(const Task &task, const QSet<AssetId> &saved,
                                       VariantWish wish);

} // namespace taskreel
