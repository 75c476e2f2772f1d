// SPDX-License-Identifier: MIT
#include "core/media/cachefolder.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace taskreel {

CacheFolder::Index CacheFolder::scan(const QString &folder, const QSet<QString> &keptKeys,
                                     qint64 limit)
{
    Index index;
    qint64 bytes = 0;
    // Newest first: what no longer fits is the oldest.
    const QFileInfoList files = QDir(folder).entryInfoList(QDir::Files, QDir::Time);
    const QDateTime longAgo = QDateTime::currentDateTimeUtc().addDays(-1);
    for (const QFileInfo &file : files) {
        const QString key = file.completeBaseName();
        const bool isPart = file.suffix() == "part"_L1;
        if (isPart && file.lastModified() > longAgo)
            continue; // another process beside this one may be writing it
        if (isPart || keptKeys.contains(key) || bytes + file.size() > limit) {
            QFile::remove(file.filePath());
            continue;
        }
        bytes += file.size();
        index.insert(key, Entry{file.absoluteFilePath(), file.size(), {}, std::nullopt});
    }
    return index;
}

void CacheFolder::load(const Index &index)
{
    for (auto it = index.cbegin(); it != index.cend(); ++it) {
        if (!m_entries.contains(it.key()))
            m_entries.insert(it.key(), it.value());
    }
}

void CacheFolder::setProbe(const AssetId &asset, const MediaProbe &probe)
{
    const auto it = m_entries.find(asset.fileKey());
    if (it != m_entries.end())
        it->probe = probe;
}

const CacheFolder::Entry *CacheFolder::find(const AssetId &asset) const
{
    const auto it = m_entries.constFind(asset.fileKey());
    return it == m_entries.cend() ? nullptr : &*it;
}

bool CacheFolder::isIntact(const Entry &entry)
{
    const QFileInfo info(entry.path);
    return info.isFile() && info.size() == entry.bytes;
}

QString CacheFolder::partPathFor(const AssetId &asset) const
{
    const QString process = QString::number(QCoreApplication::applicationPid());
    return m_folder + u'/' + asset.fileKey() + u'.' + process + u".part"_s;
}

QString CacheFolder::pathFor(const AssetId &asset, const QString &extension) const
{
    return m_folder + u'/' + asset.fileKey() + u'.' + extension;
}

} // namespace taskreel
