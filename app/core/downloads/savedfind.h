// SPDX-License-Identifier: MIT
#pragma once

#include "core/store/store.h"

#include <QList>

#include <atomic>
#include <functional>
#include <optional>

namespace taskreel {

class TaskRepository;

/// What a look at a saved file finds, against the record of its saving.
enum class FileFind {
    Fine,
    Missing,
    Changed, ///< another length or other content
    Unreadable, ///< it is there, but cannot be read to its end
};

/// A saved file that was looked at.
struct SavedFind
{
    StoredFile file;
    FileFind find = FileFind::Fine;
    bool operator==(const SavedFind &) const = default;
};

/// By name and length alone. std::nullopt: both are right, the content decides. Blocking.
[[nodiscard]] std::optional<FileFind> glanceAtSaved(const StoredFile &file);
/// The same, then by content, where it was recorded. std::nullopt when `stop` came first. Blocking:
/// not on the GUI thread.
/// @param read told the bytes of each piece as it was read, may be empty
[[nodiscard]] std::optional<FileFind> readSaved(const StoredFile &file,
                                                const std::atomic_bool &stop,
                                                const std::function<void(qint64)> &read = {});

/// Lets the rows know what was found of these files; what is known of others stays. Those that were
/// saved anew meanwhile are left out. GUI thread.
void tellFinds(TaskRepository *repository, const QList<SavedFind> &finds);

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::SavedFind)
