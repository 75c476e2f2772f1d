// SPDX-License-Identifier: MIT
#pragma once

#include "core/formats/mediaprobe.h"
#include "core/store/store.h"

#include <QHash>
#include <QSet>
#include <QString>

#include <optional>

namespace taskreel {

/// The index of the files that stay (DATA/kept): what was shown, and small covers. In memory; the
/// files themselves are moved by MediaLibrary, the records go to the Store. GUI thread.
class KeptStore final
{
public:
    struct Entry
    {
        StoredFile file;
        std::optional<MediaProbe> probe; ///< known once the content was looked at in this run
    };

    explicit KeptStore(const QString &folder);

    /// Replaces what is known. Records that point out of the folder are left out.
    void load(const QList<StoredFile> &files);
    void insert(const StoredFile &file, const MediaProbe &probe);
    void setProbe(const AssetId &asset, const MediaProbe &probe);
    void setShown(const AssetId &asset, const QDateTime &at);
    void remove(const AssetId &asset);

    [[nodiscard]] const Entry *find(const AssetId &asset) const;
    [[nodiscard]] QSet<QString> fileKeys() const;
    [[nodiscard]] QList<StoredFile> files() const;
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    [[nodiscard]] const QString &folder() const { return m_folder; }
    /// Where a file is to be, or is: absolute.
    [[nodiscard]] QString pathFor(const AssetId &asset, const QString &extension) const;
    [[nodiscard]] QString absolutePath(const StoredFile &file) const;
    /// As it stands in the record: relative to the data folder.
    [[nodiscard]] QString recordPath(const QString &absolutePath) const;
    /// Whether the file is there with the recorded size: one stat.
    [[nodiscard]] bool isIntact(const StoredFile &file) const;

private:
    QString m_folder;
    QHash<AssetId, Entry> m_entries;
    qint64 m_bytes = 0;
};

} // namespace taskreel
