// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QMutex>
#include <QString>

#include <optional>

namespace taskreel {

/// Small pictures of tasks on disk (DATA/kept/covers), one a task and origin, so that a list is
/// there without a network and without decoding large covers anew. Bounded: those not used for
/// longest go first. Every function but pathFor() blocks and may be called on any thread: for the
/// pool.
class ThumbnailFolder final
{
public:
    enum class Origin {
        Cover, ///< of the answer
        Frame, ///< out of a clip that has no cover
    };
    static constexpr qint64 kMaxBytes = 512LL * 1024 * 1024; ///< some 25,000 pictures

    explicit ThumbnailFolder(const QString &folder, qint64 maxBytes = kMaxBytes);

    [[nodiscard]] QString pathFor(const QString &taskId, Origin origin) const;
    /// The picture's path if it is there; counts as a use of it.
    [[nodiscard]] std::optional<QString> find(const QString &taskId, Origin origin) const;
    bool write(const QString &taskId, Origin origin, const QByteArray &bytes);
    void remove(const QString &taskId, Origin origin);

    /// What tells one state of a file from another; empty: there is no such file.
    [[nodiscard]] static QByteArray stampOf(const QString &path);
    /// Remembers that the clip with this stamp gives no picture.
    void setBroken(const QString &taskId, const QByteArray &stamp);
    [[nodiscard]] bool isBroken(const QString &taskId, const QByteArray &stamp) const;

private:
    [[nodiscard]] QString nameFor(const QString &taskId, const QString &suffix) const;
    bool put(const QString &path, const QByteArray &bytes);
    void measure();
    void trim();

    const QString m_folder;
    const qint64 m_maxBytes;
    QMutex m_mutex; ///< guards the rest
    qint64 m_bytes = -1; ///< -1: not measured yet
};

} // namespace taskreel
