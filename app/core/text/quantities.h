// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/assetid.h"
#include "core/domain/tasksummary.h"

#include <QDateTime>
#include <QSize>
#include <QString>

namespace taskreel {

// Numbers as people read them: translated, with no-break spaces, by the default QLocale. Pure.
[[nodiscard]] QString bytesText(qint64 bytes); ///< `4.2 MB`
[[nodiscard]] QString secondsText(qint64 ms); ///< `5.1 s`; `—` for 0
[[nodiscard]] QString clockText(qint64 ms); ///< `0:02.1`
[[nodiscard]] QString sizeText(const QSize &px); ///< `1440 × 1440`; empty when invalid
[[nodiscard]] QString costText(double usd); ///< `≈ $0.26`
[[nodiscard]] QString spanText(qint64 ms); ///< `1 min 45 s`
[[nodiscard]] QString relativeTimeText(const QDateTime &utc, const QDateTime &nowUtc); ///< `2 min ago`, `Today 09:14`, `Yesterday 18:02`, `24 Nov 2026`
[[nodiscard]] QString exactTimeText(const QDateTime &utc); ///< local, with seconds
[[nodiscard]] QString countdownText(qint64 ms); ///< `12 s`, `3 min`, `14:03` is not used here
[[nodiscard]] QString resultAgeText(qint64 ms); ///< `12 min old`, `5 h old`, `3 days old`
[[nodiscard]] QString variantText(Variant variant); ///< `Watermarked`, `Without watermark`, `Watermark not stated`
[[nodiscard]] QString kindText(MediaKind kind); ///< `Video`, …
[[nodiscard]] QString statusText(const TaskSummary &row); ///< `Completed`, `Processing`, the raw word for Other, `Not asked yet`
/// The second line of the status: `62 % · asked 3 s ago`, `next check in 12 s`, `content violation`, `asking`.
[[nodiscard]] QString statusDetailText(const TaskSummary &row, const QDateTime &nowUtc);

} // namespace taskreel
