// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/task.h"
#include "core/domain/variantchoice.h"

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

/// What of a task is saved for a wish: its results (no covers, intermediates, links), each variant
/// by the one rule of chooseSources(). No two files of a plan have the same name, also where case
/// does not count. Pure.
/// @param workKey one work alone; std::nullopt: all
[[nodiscard]] QList<PlannedFile> planDownload(const Task &task,
                                              const std::optional<QString> &workKey,
                                              VariantWish wish, const QString &nameTemplate);

} // namespace taskreel
