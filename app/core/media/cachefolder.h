// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/assetid.h"
#include "core/formats/mediaprobe.h"

#include <QHash>
#include <QSet>
#include <QString>

#include <optional>

namespace taskreel {

/// The index of the files that may vanish (CACHE/media): fetched ahead, not yet shown. A file is
/// there under its final name only once it was checked. GUI thread, but for scan().
class CacheFolder final
{
public:
    struct Entry
    {
        QString path; ///< absolute
        qint64 bytes = 0;
        QByteArray sha256; ///< empty for files of an earlier run
        std::optional<MediaProbe> probe; ///< known once the content was looked at in this run
    };
    using Index = QHash<QString, Entry>; ///< by AssetId::fileKey()

    explicit CacheFolder(const QString &folder) : m_folder(folder) { }

    /// Reads the folder, removes old parts and files whose key is in `keptKeys`, and the
    /// oldest files over the limit. Blocking: the transfer thread.
    [[nodiscard]] static Index scan(const QString &folder, const QSet<QString> &keptKeys,
                                    qint64 limit = kLimit);
    void load(const Index &index);

    void insert(const AssetId &asset, const Entry &entry)
    {
        m_entries.insert(asset.fileKey(), entry);
    }
    void setProbe(const AssetId &asset, const MediaProbe &probe);
    void remove(const AssetId &asset) { m_entries.remove(asset.fileKey()); }
    [[nodiscard]] const Entry *find(const AssetId &asset) const;
    /// Whether the file is there with its size: one stat.
    [[nodiscard]] static bool isIntact(const Entry &entry);

    [[nodiscard]] QString pathFor(const AssetId &asset, const QString &extension) const;
    [[nodiscard]] QString partPathFor(const AssetId &asset) const;
    [[nodiscard]] const QString &folder() const { return m_folder; }

    static constexpr qint64 kLimit = 4LL * 1024 * 1024 * 1024;

private:
    QString m_folder;
    Index m_entries;
};

} // namespace taskreel
