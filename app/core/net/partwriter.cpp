// SPDX-License-Identifier: MIT
#include "core/net/partwriter.h"

#include "core/net/filehash.h"
#include "core/net/partfile.h"

#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <unistd.h>

namespace taskreel {

static constexpr qint64 kWritebackBytes = 8 * 1024 * 1024;

PartWriter::PartWriter(const QString &path) : m_path(path), m_file(path) { }

PartWriter::~PartWriter()
{
    discard();
}

std::optional<Error> PartWriter::restart()
{
    m_file.close();
    if (const Result<QString> folder = makeFolder(QFileInfo(m_path).absolutePath()); !folder)
        return folder.error();
    errno = 0;
    const bool mine = m_mayExist || m_owned;
    const QIODevice::OpenMode mode =
        QIODevice::WriteOnly | (mine ? QIODevice::Truncate : QIODevice::NewOnly);
    if (!m_file.open(mode | QIODevice::Unbuffered)) {
        if (errno == EEXIST)
            return Error{ErrorKind::NameTaken, 0, {}, m_path, -1};
        return writeError(m_path, errno != 0 ? errno : EACCES);
    }
    m_owned = true;
    m_bytes = 0;
    m_writeback = 0;
    m_hash.reset();
    return std::nullopt;
}

Result<PartRemains> readRemains(const QString &path, const std::atomic_bool &stop)
{
    PartRemains remains;
    remains.there = QFileInfo::exists(path);
    if (!remains.there)
        return remains;
    const std::optional<qint64> bytes = addFile(remains.hash, path, stop);
    if (!bytes)
        return failure(ErrorKind::CannotRead, {}, path);
    remains.bytes = *bytes;
    return remains;
}

std::optional<Error> PartWriter::resume(const PartRemains &remains)
{
    m_file.close();
    m_bytes = 0;
    m_hash.reset();
    if (!remains.there) {
        m_mayExist = false; // what comes to have that name by now is somebody else's
        return std::nullopt;
    }
    errno = 0;
    if (!m_file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly | QIODevice::Unbuffered))
        return writeError(m_path, errno != 0 ? errno : EACCES);
    m_owned = true;
    if (m_file.size() != remains.bytes || !m_file.seek(remains.bytes))
        return std::nullopt; // somebody changed it meanwhile: it is not built on
    m_hash = remains.hash;
    m_bytes = m_writeback = remains.bytes;
    return std::nullopt;
}

std::optional<Error> PartWriter::write(const char *data, qint64 size)
{
    m_hash.addData(data, size);
    // The system call itself: QFile does not tell a full quota from other faults.
    for (qint64 done = 0; done < size;) {
        const ssize_t written =
            ::write(m_file.handle(), data + done, static_cast<size_t>(size - done));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return writeError(m_path, written < 0 ? errno : ENOSPC);
        done += written;
        m_bytes += written;
    }
    startWriteback();
    return std::nullopt;
}

/// The disk takes up what has come while more of it comes: the sync at the end then has little left
/// to wait for. A hint; that all is on the disk is for finish() to see to.
void PartWriter::startWriteback()
{
    if (m_bytes - m_writeback < kWritebackBytes)
        return;
#ifdef SYNC_FILE_RANGE_WRITE
    (void)::sync_file_range(m_file.handle(), m_writeback, m_bytes - m_writeback,
                            SYNC_FILE_RANGE_WRITE);
#endif
    m_writeback = m_bytes;
}

std::function<std::optional<Error>()> PartWriter::finish()
{
    const auto closeIt = [](const int *handle) {
        ::close(*handle);
        delete handle;
    };
    const std::shared_ptr<int> handle(new int(::dup(m_file.handle())), closeIt);
    m_file.close();
    return [handle, path = m_path]() -> std::optional<Error> {
        // A file system without fsync (EINVAL) is no reason to refuse the file; a failed one is.
        if (::fsync(*handle) != 0 && errno != EINVAL && errno != EROFS)
            return writeError(path, errno);
        return std::nullopt;
    };
}

void PartWriter::flush()
{
    if (m_file.isOpen())
        ::fdatasync(m_file.handle());
}

void PartWriter::release()
{
    flush();
    m_file.close();
    m_owned = false;
}

void PartWriter::discard()
{
    m_file.close();
    if (m_owned)
        QFile::remove(m_path);
    m_owned = false;
}

} // namespace taskreel
