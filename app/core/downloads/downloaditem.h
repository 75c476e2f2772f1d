// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/download.h"
#include "core/downloads/transferrate.h"

#include <QDateTime>
#include <QPointer>

#include <optional>

namespace taskreel {

class DownloadJob;

/// A file of the queue, from being asked for until it is cleared away. Owned by the DownloadList.
struct DownloadItem
{
    StoredDownload record; ///< as the library knows it
    QString taskId; ///< of its row, as written there
    DownloadState state = DownloadState::Waiting;
    bool left = false; ///< by an earlier run: does not start before somebody says so
    qint64 received = 0; ///< bytes
    qint64 total = -1; ///< bytes; -1: not known
    qint64 bytesPerSecond = 0;
    int tries = 0; ///< in a row that ended by something passing and brought no byte
    qint64 receivedBefore = 0; ///< bytes, at the end of the last try
    QDateTime nextTryAt; ///< UTC; valid: it waits for that time
    QString path; ///< absolute, once Done
    Error error; ///< of Failed, and of the last try while it waits for the next
    TransferRate rate;
    std::optional<ConflictPolicy> decided; ///< about its name, once somebody was asked
    /// What its job is stopping for; the last order counts.
    enum class AfterStop { Nothing, Pause, Remove, StartAgain };
    AfterStop afterStop = AfterStop::Nothing;
    QPointer<DownloadJob> job; ///< while Running or Verifying; null: its record is being written

    [[nodiscard]] const AssetId &asset() const { return record.asset; }
    /// The name as far as it is known: saved, decided or planned.
    [[nodiscard]] QString fileName() const;
    [[nodiscard]] bool isActive() const
    {
        return state == DownloadState::Running || state == DownloadState::Verifying;
    }
    /// Whole seconds; -1: not known.
    [[nodiscard]] qint64 secondsLeft() const;
};

} // namespace taskreel
