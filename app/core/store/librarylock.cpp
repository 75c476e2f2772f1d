// SPDX-License-Identifier: MIT
#include "core/store/librarylock.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <cerrno>
#include <sys/file.h>

using namespace Qt::StringLiterals;

namespace taskreel {

static QString lockPath(const QString &dataFolder)
{
    return QDir(dataFolder).filePath(u"library.lock"_s);
}

LibraryLock::LibraryLock(const QString &dataFolder)
    : m_folder(dataFolder), m_own(QDir(dataFolder).filePath(u"library.owner"_s)),
      m_file(lockPath(dataFolder))
{
    // Held for as long as the program runs; only a dead process' lock is stale.
    m_file.setStaleLockTime(0);
}

LibraryLock::~LibraryLock() = default;

/// QLockFile believes the process number in the file, and numbers come again. It also holds a lock
/// of the system's on the file, which goes with its process: without that one nobody has it.
static bool removeIfNobodys(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly))
        return false;
    if (::flock(file.handle(), LOCK_EX | LOCK_NB) != 0)
        return false; // somebody does, or this file system cannot tell
    return QFile::remove(path);
}

bool LibraryLock::take()
{
    QDir().mkpath(m_folder); // tryLock() says so if there is none
    if (isAnothers()) {
        refuse();
        return false;
    }
    if (m_file.tryLock(0))
        return true;
    const bool claimed = m_file.error() == QLockFile::LockFailedError;
    if (claimed && removeIfNobodys(m_file.fileName()) && m_file.tryLock(0))
        return true;
    if (m_file.error() != QLockFile::LockFailedError) {
        m_error = {ErrorKind::CannotWrite, 0, {}, m_file.fileName(), -1};
        return false;
    }
    refuse();
    return false;
}

/// Where the file system cannot tell, the lock file alone decides.
bool LibraryLock::isAnothers()
{
    if (!m_own.isOpen() && !m_own.open(QIODevice::ReadWrite))
        return false;
    return ::flock(m_own.handle(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

void LibraryLock::refuse()
{
    const QString words = QCoreApplication::translate(
        "LibraryLock",
        "Another Taskreel has this library open. Close it first, or start with --data-dir to use "
        "another library.");
    m_error = {ErrorKind::Other, 0, words, m_file.fileName(), -1};
}

bool LibraryLock::isTaken(const QString &dataFolder)
{
    if (!QFile::exists(lockPath(dataFolder)))
        return false;
    LibraryLock lock(dataFolder);
    return !lock.take() && lock.error().kind == ErrorKind::Other;
}

} // namespace taskreel
