// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/task.h"
#include "ui/stage/playbackcontroller.h"

namespace taskreel {

/// One thing of a task that the stage can show: a result with its work's cover. `1 of N` counts these.
struct ShowItem
{
    QString workKey;
    QString workLabel;
    Media medium;
    std::optional<Media> cover;

    bool operator==(const ShowItem &) const = default;
};

/// Every result of every work in order; for a work without one, what stands in for it (a picture of an
/// unfinished task, a link). Texts have a tab of their own and are left out.
[[nodiscard]] QList<ShowItem> showItems(const Task &task);
/// The task's texts, with their labels, as one plain text.
[[nodiscard]] QString textResults(const Task &task);
/// "Not stated" goes beside "without".
[[nodiscard]] ClipSlot slotOf(Variant variant);

} // namespace taskreel
