// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace taskreel::downloadaction {

// Ids of the actions that the panel of downloads has buttons, menu entries and keys for.
inline constexpr QLatin1StringView kPause{"downloads.pause"};
inline constexpr QLatin1StringView kResume{"downloads.resume"};
inline constexpr QLatin1StringView kPauseOrResume{"downloads.pauseOrResume"}; ///< by key
inline constexpr QLatin1StringView kCancel{"downloads.cancel"};
inline constexpr QLatin1StringView kRetry{"downloads.retry"};
inline constexpr QLatin1StringView kMoveUp{"downloads.moveUp"};
inline constexpr QLatin1StringView kMoveDown{"downloads.moveDown"};
inline constexpr QLatin1StringView kToTop{"downloads.toTop"};
inline constexpr QLatin1StringView kShowInFolder{"downloads.showInFolder"};
inline constexpr QLatin1StringView kPauseAll{"downloads.pauseAll"};
inline constexpr QLatin1StringView kResumeAll{"downloads.resumeAll"};
inline constexpr QLatin1StringView kClearFinished{"downloads.clearFinished"};
inline constexpr QLatin1StringView kShowPanel{"view.downloads"};

} // namespace taskreel::downloadaction
