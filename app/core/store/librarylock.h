// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"

#include <QFile>
#include <QLockFile>
#include <QString>

namespace taskreel {

/// One process a library: the lock file in its data folder. A QLockFile that is not fooled by a lock
/// of a killed program whose process number another program of this name has by now. Released with
/// this object.
class LibraryLock final
{
    Q_DISABLE_COPY_MOVE(LibraryLock)

public:
    explicit LibraryLock(const QString &dataFolder);
    ~LibraryLock();

    /// Makes the folder. @return false with the reason in error()
    [[nodiscard]] bool take();
    [[nodiscard]] Error error() const { return m_error; }
    /// Whether another process has this library open just now.
    [[nodiscard]] static bool isTaken(const QString &dataFolder);

private:
    [[nodiscard]] bool isAnothers();
    void refuse();

    QString m_folder;
    QFile m_own; ///< locked by the system, which no crash leaves behind; never removed
    QLockFile m_file; ///< for older versions, and for people who look
    Error m_error;
};

} // namespace taskreel
