// SPDX-License-Identifier: MIT
#include "core/media/keptstore.h"

#include <QDir>
#include <QFileInfo>

namespace taskreel {

KeptStore::KeptStore(const QString &folder) : m_folder(QDir::cleanPath(folder)) { }

void KeptStore::load(const QList<StoredFile> &files)
{
    m_entries.clear();
    m_bytes = 0;
    m_entries.reserve(files.size());
    for (const StoredFile &file : files) {
        const QString name = QFileInfo(file.path).fileName();
        if (file.path != recordPath(m_folder + u'/' + name) || m_entries.contains(file.asset))
            continue;
        m_entries.insert(file.asset, Entry{file, std::nullopt});
        m_bytes += file.bytes;
    }
}

void KeptStore::insert(const StoredFile &file, const MediaProbe &probe)
{
    remove(file.asset);
    m_entries.insert(file.asset, Entry{file, probe});
    m_bytes += file.bytes;
}

void KeptStore::setProbe(const AssetId &asset, const MediaProbe &probe)
{
    const auto it = m_entries.find(asset);
    if (it != m_entries.end())
        it->probe = probe;
}

void KeptStore::setShown(const AssetId &asset, const QDateTime &at)
{
    const auto it = m_entries.find(asset);
    if (it != m_entries.end())
        it->file.lastShownAt = at;
}

void KeptStore::remove(const AssetId &asset)
{
    const auto it = m_entries.constFind(asset);
    if (it == m_entries.cend())
        return;
    m_bytes -= it->file.bytes;
    m_entries.erase(it);
}

const KeptStore::Entry *KeptStore::find(const AssetId &asset) const
{
    const auto it = m_entries.constFind(asset);
    return it == m_entries.cend() ? nullptr : &*it;
}

QSet<QString> KeptStore::fileKeys() const
{
    QSet<QString> keys;
    keys.reserve(m_entries.size());
    for (auto it = m_entries.cbegin(); it != m_entries.cend(); ++it)
        keys.insert(it.key().fileKey());
    return keys;
}

QList<StoredFile> KeptStore::files() const
{
    QList<StoredFile> files;
    files.reserve(m_entries.size());
    for (const Entry &entry : m_entries)
        files.append(entry.file);
    return files;
}

QString KeptStore::pathFor(const AssetId &asset, const QString &extension) const
{
    return m_folder + u'/' + asset.fileKey() + u'.' + extension;
}

QString KeptStore::absolutePath(const StoredFile &file) const
{
    return m_folder + u'/' + QFileInfo(file.path).fileName();
}

QString KeptStore::recordPath(const QString &absolutePath) const
{
    return QFileInfo(m_folder).fileName() + u'/' + QFileInfo(absolutePath).fileName();
}

bool KeptStore::isIntact(const StoredFile &file) const
{
    const QFileInfo info(absolutePath(file));
    return info.isFile() && info.size() == file.bytes;
}

} // namespace taskreel
