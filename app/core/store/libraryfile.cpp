// SPDX-License-Identifier: MIT
#include "core/store/libraryfile.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace taskreel {

static QString freeName(const QFileInfo &file)
{
    const QString stem =
        file.dir().filePath(file.completeBaseName() + u"-broken-"_s
                            + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s));
    const QString suffix = file.suffix().isEmpty() ? QString() : u'.' + file.suffix();
    QString path = stem + suffix;
    for (int number = 2; QFileInfo::exists(path); ++number)
        path = stem + u'-' + QString::number(number) + suffix;
    return path;
}

/// A big-endian number in the header; the file format fixes its place, and the 16 bytes of magic.
static std::optional<quint32> headerNumber(const QString &path, qsizetype at)
{
    constexpr qsizetype kHeader = 100;
    static const QByteArray magic("SQLite format 3\0", 16);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray header = file.read(kHeader);
    if (header.size() < kHeader || !header.startsWith(magic))
        return std::nullopt;
    return qFromBigEndian<quint32>(header.constData() + at);
}

std::optional<int> libraryVersionOf(const QString &path)
{
    constexpr qsizetype kVersionAt = 60;
    const std::optional<quint32> version = headerNumber(path, kVersionAt);
    return version ? std::optional(static_cast<int>(*version)) : std::nullopt;
}

std::optional<quint32> applicationIdOf(const QString &path)
{
    constexpr qsizetype kApplicationIdAt = 68;
    return headerNumber(path, kApplicationIdAt);
}

Result<QString> setLibraryAside(const QString &path)
{
    const QString aside = freeName(QFileInfo(path));
    QFile library(path);
    if (!library.rename(aside)) {
        return failure(ErrorKind::CannotWrite, library.errorString(),
                       path + u": "_s + library.errorString());
    }
    // With the same ending, so that repair tools find what belongs together.
    for (const QString &ending : {u"-wal"_s, u"-shm"_s}) {
        QFile companion(path + ending);
        if (companion.exists() && !companion.rename(aside + ending)) {
            return failure(ErrorKind::CannotWrite, companion.errorString(),
                           companion.fileName() + u": "_s + companion.errorString());
        }
    }
    return aside;
}

} // namespace taskreel
