// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/net/sha256.h"

#include <QFile>
#include <QString>

#include <atomic>
#include <functional>
#include <optional>

namespace taskreel {

/// What a part file holds that an earlier writer left.
struct PartRemains
{
    bool there = false;
    qint64 bytes = 0;
    Sha256 hash; ///< of them
};

/// Reads it to its end. Not for the transfer thread: a part may be large.
[[nodiscard]] Result<PartRemains> readRemains(const QString &path, const std::atomic_bool &stop);

/// One part file while it grows: every write checked, hashed on the way, synced at the end.
/// Whatever is not released is removed from disk with this object. Transfer thread.
class PartWriter final
{
    Q_DISABLE_COPY_MOVE(PartWriter)

public:
    explicit PartWriter(const QString &path);
    ~PartWriter();

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    [[nodiscard]] QByteArray sha256() const { return m_hash.result(); }

    /// Only a file that is not there yet is ours to write from here on: else ErrorKind::NameTaken.
    void refuseExisting() { m_mayExist = false; }
    /// Goes on behind what an earlier writer left. @return std::nullopt when well
    [[nodiscard]] std::optional<Error> resume(const PartRemains &remains);
    /// Starts over with an empty file; makes the folder. @return std::nullopt when well
    [[nodiscard]] std::optional<Error> restart();
    [[nodiscard]] std::optional<Error> write(const char *data, qint64 size);
    /// What was written so far is on the disk: as far as the system can say.
    void flush();
    /// Closes the file. What comes back, called once on any thread, returns when everything is on
    /// the disk.
    [[nodiscard]] std::function<std::optional<Error>()> finish();
    /// The file is the receiver's from now on.
    void release();
    void discard();

private:
    void startWriteback();

    QString m_path;
    QFile m_file;
    Sha256 m_hash;
    qint64 m_bytes = 0;
    qint64 m_writeback = 0; ///< bytes that the disk was asked to take up
    bool m_mayExist = true;
    bool m_owned = false; ///< made or taken up by this object, not yet released
};

} // namespace taskreel
