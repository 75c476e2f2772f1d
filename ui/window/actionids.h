// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace taskreel::actionid {

// Ids of the window's actions. Those that the pane has buttons for are declared with it (paneaction).
inline constexpr QLatin1StringView kPaste{"task.paste"};
inline constexpr QLatin1StringView kAddFiles{"task.addFiles"};
inline constexpr QLatin1StringView kImportHistory{"file.importHistory"};
inline constexpr QLatin1StringView kEnterKey{"file.enterKey"};
inline constexpr QLatin1StringView kSettings{"file.settings"};
inline constexpr QLatin1StringView kExportLibrary{"file.exportLibrary"};
inline constexpr QLatin1StringView kImportLibrary{"file.importLibrary"};
inline constexpr QLatin1StringView kFreeSpace{"file.freeSpace"};
inline constexpr QLatin1StringView kVerifyLibrary{"file.verifyLibrary"};
inline constexpr QLatin1StringView kExportList{"file.exportList"};
inline constexpr QLatin1StringView kExportSelected{"file.exportSelected"};
inline constexpr QLatin1StringView kCopyLinks{"edit.copyLinks"};
inline constexpr QLatin1StringView kCopyMarkdown{"edit.copyMarkdown"};
inline constexpr QLatin1StringView kCopyCsv{"edit.copyCsv"};
inline constexpr QLatin1StringView kCopyJson{"edit.copyJson"};
inline constexpr QLatin1StringView kTryDemo{"file.tryDemo"};
inline constexpr QLatin1StringView kLeaveDemo{"file.leaveDemo"};
inline constexpr QLatin1StringView kQuit{"file.quit"};
inline constexpr QLatin1StringView kUndo{"edit.undo"};
inline constexpr QLatin1StringView kRedo{"edit.redo"};
inline constexpr QLatin1StringView kRemove{"task.remove"};
inline constexpr QLatin1StringView kRemoveFinished{"task.removeFinished"};
inline constexpr QLatin1StringView kRemoveFailed{"task.removeFailed"};
inline constexpr QLatin1StringView kTags{"task.tags"};
inline constexpr QLatin1StringView kNote{"task.note"};
inline constexpr QLatin1StringView kSelectAll{"edit.selectAll"};
inline constexpr QLatin1StringView kSearch{"edit.search"};
inline constexpr QLatin1StringView kClearFilters{"edit.clearFilters"};
inline constexpr QLatin1StringView kCheckAll{"task.checkAll"};
inline constexpr QLatin1StringView kCancelOnServer{"task.cancelOnServer"};
inline constexpr QLatin1StringView kNextTask{"task.next"};
inline constexpr QLatin1StringView kPreviousTask{"task.previous"};
inline constexpr QLatin1StringView kDownloadSelected{"download.selected"};
inline constexpr QLatin1StringView kDownloadAll{"download.all"};
inline constexpr QLatin1StringView kDownloadUnsaved{"download.unsaved"};
inline constexpr QLatin1StringView kCopyFile{"task.copyFile"};
inline constexpr QLatin1StringView kDownloadWorkBoth{"download.workBoth"};
inline constexpr QLatin1StringView kDownloadSelectedBoth{"download.selectedBoth"};
inline constexpr QLatin1StringView kDownloadAllBoth{"download.allBoth"};
inline constexpr QLatin1StringView kSaveExpiring{"download.expiring"};
inline constexpr QLatin1StringView kCancelDownloads{"download.cancel"};
inline constexpr QLatin1StringView kTable{"view.table"};
inline constexpr QLatin1StringView kGrid{"view.grid"};
inline constexpr QLatin1StringView kMenuBar{"view.menuBar"};
inline constexpr QLatin1StringView kOpenMenu{"view.openMenu"};
inline constexpr QLatin1StringView kFullScreen{"view.fullScreen"};
inline constexpr QLatin1StringView kWithoutWatermark{"view.withoutWatermark"};
inline constexpr QLatin1StringView kPlay{"playback.toggle"};
inline constexpr QLatin1StringView kStepBack{"playback.stepBack"};
inline constexpr QLatin1StringView kStepForward{"playback.stepForward"};
inline constexpr QLatin1StringView kSecondBack{"playback.secondBack"};
inline constexpr QLatin1StringView kSecondForward{"playback.secondForward"};
inline constexpr QLatin1StringView kToStart{"playback.toStart"};
inline constexpr QLatin1StringView kToEnd{"playback.toEnd"};
inline constexpr QLatin1StringView kSlower{"playback.slower"};
inline constexpr QLatin1StringView kFaster{"playback.faster"};
inline constexpr QLatin1StringView kLoop{"playback.loop"};
inline constexpr QLatin1StringView kMute{"playback.mute"};
inline constexpr QLatin1StringView kPreviousWork{"playback.previousWork"};
inline constexpr QLatin1StringView kNextWork{"playback.nextWork"};
inline constexpr QLatin1StringView kStageFullScreen{"playback.fullScreen"};
inline constexpr QLatin1StringView kShortcuts{"help.shortcuts"};
inline constexpr QLatin1StringView kShortcutsByKey{"help.shortcutsByKey"};
inline constexpr QLatin1StringView kAbout{"help.about"};

} // namespace taskreel::actionid
