// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/net/sha256.h"

#include <QFile>
#include <QString>

#include <optional>

namespace taskreel {

/// One part file while it grows: every write checked, hashed on the way, synced at the end.
/// Whatever is not released is removed from disk with this object. Blocking: the transfer thread.
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
    /// Goes on with what an earlier writer left, if anything is there. @return std::nullopt when well
    [[nodiscard]] std::optional<Error> resume();
    /// Starts over with an empty file; makes the folder. @return std::nullopt when well
    [[nodiscard]] std::optional<Error> restart();
    [[nodiscard]] std::optional<Error> write(const char *data, qint64 size);
    /// What was written so far is on the disk: as far as the system can say.
    void flush();
    /// Everything is on the disk, and the file is closed.
    [[nodiscard]] std::optional<Error> finish();
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
