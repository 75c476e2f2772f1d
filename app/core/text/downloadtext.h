// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/download.h"

#include <QDateTime>
#include <QString>

namespace taskreel {

/// Where a file of the queue stands, as far as words need to know.
struct DownloadStanding
{
    DownloadState state = DownloadState::Waiting;
    bool left = false; ///< by an earlier run, not continued yet
    QDateTime nextTryAt; ///< UTC; valid: it waits for that time
    Error error; ///< of Failed, or of the last try

    bool operator==(const DownloadStanding &) const = default;
};

/// A few words: `Waiting`, `Next try at 14:03: connection lost`, `Checking`, `Failed: link ended`.
/// Pure, translated.
[[nodiscard]] QString downloadStateText(const DownloadStanding &standing);
/// The same at length, with what to do where something went wrong.
[[nodiscard]] QString downloadStateSentence(const DownloadStanding &standing);
/// `2.1 MB/s`; empty when nothing comes.
[[nodiscard]] QString speedText(qint64 bytesPerSecond);

} // namespace taskreel
