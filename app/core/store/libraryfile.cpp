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

std::optional<int> libraryVersionOf(const QString &path)
{
    // The file format fixes both: 16 bytes of magic, and user_version at offset 60, big-endian.
    constexpr qsizetype kHeader = 64;
    constexpr qsizetype kVersionAt = 60;
    static const QByteArray magic("SQLite format 3\0", 16);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray header = file.read(kHeader);
    if (header.size() < kHeader || !header.startsWith(magic))
        return std::nullopt;
    return qFromBigEndian<qint32>(header.constData() + kVersionAt);
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
