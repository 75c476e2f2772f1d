// SPDX-License-Identifier: MIT
#include "core/media/savedindex.h"

#include <QFileInfo>

namespace taskreel {

void SavedIndex::load(const QList<StoredFile> &saved)
{
    m_entries.clear();
    for (const StoredFile &file : saved)
        insert(file);
}

void SavedIndex::insert(const StoredFile &file)
{
    const auto it = m_entries.constFind(file.asset);
    if (it == m_entries.cend() || it->file.at <= file.at)
        m_entries.insert(file.asset, {file, std::nullopt});
}

void SavedIndex::setProbe(const AssetId &asset, const MediaProbe &probe)
{
    if (const auto it = m_entries.find(asset); it != m_entries.end())
        it->probe = probe;
}

const SavedIndex::Entry *SavedIndex::find(const AssetId &asset) const
{
    const auto it = m_entries.constFind(asset);
    return it == m_entries.cend() ? nullptr : &*it;
}

bool SavedIndex::isThere(const StoredFile &file)
{
    const QFileInfo info(file.path);
    return info.isFile() && info.size() == file.bytes;
}

} // namespace taskreel
