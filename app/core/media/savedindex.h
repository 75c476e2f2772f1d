// SPDX-License-Identifier: MIT
#pragma once

#include "core/formats/mediaprobe.h"
#include "core/store/store.h"

#include <QHash>

#include <optional>

namespace taskreel {

/// What the user saved, newest file an asset: it may stand in for a kept one, once it was looked
/// into. The files are the user's: they move, change and go at any time, so each look is checked.
class SavedIndex final
{
public:
    struct Entry
    {
        StoredFile file;
        std::optional<MediaProbe> probe; ///< of this run; empty: not looked into yet
    };

    void load(const QList<StoredFile> &saved);
    void insert(const StoredFile &file);
    void remove(const AssetId &asset) { m_entries.remove(asset); }
    void setProbe(const AssetId &asset, const MediaProbe &probe);
    [[nodiscard]] const Entry *find(const AssetId &asset) const; ///< null if unknown
    /// Whether it is there with its length. Asks the file system: a folder on the network may take
    /// long, so only for files that were looked into in this run, or on the transfer thread.
    [[nodiscard]] static bool isThere(const StoredFile &file);

private:
    QHash<AssetId, Entry> m_entries;
};

} // namespace taskreel
