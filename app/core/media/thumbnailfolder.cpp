// SPDX-License-Identifier: MIT
#include "core/media/thumbnailfolder.h"

#include "core/domain/assetid.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>

#include <atomic>
#include <filesystem>
#include <system_error>

using namespace Qt::StringLiterals;

namespace taskreel {

Q_DECLARE_LOGGING_CATEGORY(lcMedia)

namespace {

constexpr qint64 kUseCountsFor = 24 * 3600; // seconds: one write of a time a day is enough
constexpr QLatin1StringView kPartSuffix = "part"_L1;

QString suffixOf(ThumbnailFolder::Origin origin)
{
    return origin == ThumbnailFolder::Origin::Cover ? u"cover"_s : u"frame"_s;
}

} // namespace

ThumbnailFolder::ThumbnailFolder(const QString &folder, qint64 maxBytes)
    : m_folder(QDir::cleanPath(folder)), m_maxBytes(maxBytes)
{
}

QString ThumbnailFolder::nameFor(const QString &taskId, const QString &suffix) const
{
    return m_folder + u'/' + AssetId{taskId, {}, Variant::Unstated}.fileKey() + u'.' + suffix;
}

QString ThumbnailFolder::pathFor(const QString &taskId, Origin origin) const
{
    return nameFor(taskId, suffixOf(origin));
}

std::optional<QString> ThumbnailFolder::find(const QString &taskId, Origin origin) const
{
    QFile file(pathFor(taskId, origin));
    const QFileInfo info(file);
    if (!info.isFile())
        return std::nullopt;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (info.lastModified().secsTo(now) > kUseCountsFor && file.open(QIODevice::ReadWrite))
        file.setFileTime(now, QFileDevice::FileModificationTime);
    return file.fileName();
}

bool ThumbnailFolder::write(const QString &taskId, Origin origin, const QByteArray &bytes)
{
    return put(pathFor(taskId, origin), bytes);
}

bool ThumbnailFolder::put(const QString &path, const QByteArray &bytes)
{
    static std::atomic<int> s_parts = 0;
    if (!QDir().mkpath(m_folder))
        return false;
    // Not synced: what a power loss damages is found out by reading it, and made again.
    QFile part(u"%1.%2.%3"_s.arg(path, QString::number(++s_parts), kPartSuffix));
    bool fine = part.open(QIODevice::WriteOnly) && part.write(bytes) == bytes.size() && part.flush();
    part.close();
    const QMutexLocker lock(&m_mutex);
    measure();
    const qint64 before = QFileInfo(path).size();
    if (fine) {
        std::error_code error;
        std::filesystem::rename(part.filesystemFileName(), QFile(path).filesystemFileName(), error);
        fine = !error;
    }
    if (!fine) {
        qCInfo(lcMedia).noquote() << "small picture not written:" << path << part.errorString();
        part.remove();
        return false;
    }
    m_bytes += bytes.size() - before;
    trim();
    return true;
}

void ThumbnailFolder::measure()
{
    if (m_bytes >= 0)
        return;
    m_bytes = 0;
    const QFileInfoList files = QDir(m_folder).entryInfoList(QDir::Files);
    const QDateTime hourAgo = QDateTime::currentDateTimeUtc().addSecs(-3600);
    for (const QFileInfo &file : files) {
        if (file.suffix() != kPartSuffix)
            m_bytes += file.size();
        else if (file.lastModified() < hourAgo)
            QFile::remove(file.filePath()); // of a run that was cut short
    }
}

void ThumbnailFolder::trim()
{
    if (m_bytes <= m_maxBytes)
        return;
    const qint64 goal = m_maxBytes / 10 * 9; // some room, so that not each new one lists them all
    const QFileInfoList oldestFirst =
        QDir(m_folder).entryInfoList(QDir::Files, QDir::Time | QDir::Reversed);
    for (const QFileInfo &file : oldestFirst) {
        if (m_bytes <= goal)
            break;
        if (file.suffix() != kPartSuffix && QFile::remove(file.filePath()))
            m_bytes -= file.size();
    }
}

void ThumbnailFolder::remove(const QString &taskId, Origin origin)
{
    const QString path = pathFor(taskId, origin);
    const QMutexLocker lock(&m_mutex);
    const qint64 size = QFileInfo(path).size();
    if (QFile::remove(path) && m_bytes >= 0)
        m_bytes -= size;
}

QByteArray ThumbnailFolder::stampOf(const QString &path)
{
    const QFileInfo info(path);
    if (!info.isFile())
        return {};
    return QByteArray::number(info.size()) + ' '
        + QByteArray::number(info.lastModified().toMSecsSinceEpoch());
}

void ThumbnailFolder::setBroken(const QString &taskId, const QByteArray &stamp)
{
    put(nameFor(taskId, u"broken"_s), stamp);
}

bool ThumbnailFolder::isBroken(const QString &taskId, const QByteArray &stamp) const
{
    QFile file(nameFor(taskId, u"broken"_s));
    return file.open(QIODevice::ReadOnly) && file.readAll() == stamp;
}

} // namespace taskreel
