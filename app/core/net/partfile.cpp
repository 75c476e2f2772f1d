// SPDX-License-Identifier: MIT
#include "core/net/partfile.h"

#include "core/formats/filenaming.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr int kMostNumbers = 10'000;

Error writeError(const QString &path, int systemError)
{
    const QString words =
        QString::fromLocal8Bit(std::generic_category().message(systemError).c_str());
    // EFBIG: this file system, or a limit of the system's, takes no more of this file.
    const bool full = systemError == ENOSPC || systemError == EDQUOT || systemError == EFBIG;
    return {full ? ErrorKind::DiskFull : ErrorKind::CannotWrite, 0, words,
            QDir::toNativeSeparators(path) + u": "_s + words, -1};
}

static bool exists(const QString &path)
{
    const QFileInfo info(path);
    return info.exists() || info.isSymLink(); // a dangling link is a name in use too
}

static QString numbered(const QString &path, int number)
{
    if (number < 2)
        return path;
    const QFileInfo info(path);
    return info.path() + u'/' + numberedFileName(info.fileName(), number);
}

QString freePath(const QString &path, const QSet<QString> &taken)
{
    for (int number = 1; number < kMostNumbers; ++number) {
        const QString candidate = numbered(path, number);
        if (!taken.contains(candidate) && !exists(candidate))
            return candidate;
    }
    return path; // the rename without clobbering has the last word
}

/// So that the new name itself survives a power cut. File systems that cannot do it do no harm.
static void syncFolder(const QString &path)
{
    const int folder = ::open(QFile::encodeName(QFileInfo(path).path()).constData(),
                              O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return;
    ::fsync(folder);
    ::close(folder);
}

/// @return 0 or the errno; EEXIST when the name is in use
static int renameNew(const QString &from, const QString &to)
{
    const QByteArray source = QFile::encodeName(from);
    const QByteArray target = QFile::encodeName(to);
    if (::renameat2(AT_FDCWD, source.constData(), AT_FDCWD, target.constData(), RENAME_NOREPLACE)
        == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    // The file system knows no such flag: a hard link refuses a name in use as well.
    if (::link(source.constData(), target.constData()) == 0)
        return ::unlink(source.constData()) == 0 ? 0 : errno;
    if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS)
        return errno;
    if (exists(to))
        return EEXIST;
    return QFile::rename(from, to) ? 0 : EIO;
}

Result<QString> placeExactly(const QString &partPath, const QString &path)
{
    const int error = renameNew(partPath, path);
    if (error == EEXIST)
        return failure(ErrorKind::NameTaken, {}, path);
    if (error != 0)
        return tl::unexpected<Error>(writeError(path, error));
    syncFolder(path);
    return path;
}

Result<QString> placeWithoutClobber(const QString &partPath, const QString &wantedPath)
{
    for (int number = 1; number < kMostNumbers; ++number) {
        const Result<QString> placed = placeExactly(partPath, numbered(wantedPath, number));
        if (placed || placed.error().kind != ErrorKind::NameTaken)
            return placed;
    }
    return tl::unexpected<Error>(writeError(wantedPath, EEXIST));
}

Result<QString> placeReplacing(const QString &partPath, const QString &path)
{
    if (::rename(QFile::encodeName(partPath).constData(), QFile::encodeName(path).constData()) != 0)
        return tl::unexpected<Error>(writeError(path, errno));
    syncFolder(path);
    return path;
}

Result<QString> linkOrMove(const QString &from, const QString &to)
{
    QFile::remove(to);
    if (::link(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0) {
        syncFolder(to);
        return to;
    }
    if (errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK || errno == ENOSYS)
        return placeReplacing(from, to);
    return tl::unexpected<Error>(writeError(to, errno));
}

Result<QString> makeFolder(const QString &folder)
{
    errno = 0;
    if (QDir().mkpath(folder))
        return folder;
    const int error = errno;
    return tl::unexpected<Error>(writeError(folder, error != 0 ? error : ENOTDIR));
}

} // namespace taskreel
