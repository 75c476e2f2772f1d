// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace taskreel {

// Names of files that hold on Linux, Windows and macOS. Pure.

/// Bytes of UTF-8. A file name may have 255; the rest is kept for what the program adds to it:
/// another extension once the content is known, ` (99999)`, then `.json` and `.part`.
inline constexpr qsizetype kLongestName = 232;
inline constexpr qsizetype kLongestNumberedName = 240;
/// Of a path inside a folder, where nothing is known of the folder: fits macOS with room for it.
inline constexpr qsizetype kUsualPathRoom = 800;

/// One line of what can be seen: composed (NFC), without control characters, marks of direction and
/// other invisible ones; separators and what Windows forbids become `_`.
[[nodiscard]] QString visibleNameText(const QString &text);
/// At most so many bytes of UTF-8, cut between whole characters as people see them.
[[nodiscard]] QString cutToBytes(const QString &text, qsizetype bytes);

/// A safe name of at most `bytes` bytes: `base` without dots and blanks at its ends, never a name
/// that Windows reserves, never empty; then `suffix` as it is.
[[nodiscard]] QString safeName(const QString &base, const QString &suffix,
                               qsizetype bytes = kLongestName);
/// The same for a whole name, whose extension stays. What is safe already stays as it is.
[[nodiscard]] QString sanitisedFileName(const QString &name);
/// `name.mp4` → `name (2).mp4`, at most kLongestNumberedName bytes.
[[nodiscard]] QString numberedFileName(const QString &fileName, int number);

/// Two paths with one key are one file on some system: case and composition do not count.
[[nodiscard]] QString pathKey(const QString &path);

/// How many bytes a path inside this folder may have on this system, additions left out.
[[nodiscard]] qsizetype pathRoomIn(const QString &folder);
/// Cuts the parts of a safe relative path, the longest first, then leaves folders out, until it has
/// at most `room` bytes. The name at its end always stays, its extension whole.
[[nodiscard]] QString fittedPath(const QString &path, qsizetype room);

} // namespace taskreel
