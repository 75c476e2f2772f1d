// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

#include <memory>

class QMimeData;

namespace taskreel {

/// Files as the desktop hands them around, for a drag and for the clipboard: text/uri-list,
/// x-special/gnome-copied-files (what file managers paste), and their paths as text.
[[nodiscard]] std::unique_ptr<QMimeData> fileMime(const QStringList &paths);

} // namespace taskreel
