// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"
#include "ui/details/cliploader.h"
#include "ui/details/showitem.h"

namespace taskreel {

/// Every word on the stage, and what can be done about it.
struct StageWords
{
    enum class Offer { None, TryAgain, FetchLink };

    QString title; ///< in the middle, where there is no picture
    QString text;
    QString notice; ///< over the lower part of a picture
    QString label; ///< the variant
    Offer offer = Offer::None;

    bool operator==(const StageWords &) const = default;
};

/// What the words are made from. Null pointers: there is none.
struct StageSituation
{
    const TaskSummary *row = nullptr;
    const Task *task = nullptr;
    const ShowItem *item = nullptr;
    const ClipLoader::Entry *shown = nullptr;
    ClipSlot pictureSlot = ClipSlot::Unwatermarked; ///< whose picture is on the stage
    bool asksFirst = false; ///< a link that is not requested before somebody asks
    bool hasPicture = false;
    QDateTime now; ///< UTC
};

/// Pure.
[[nodiscard]] StageWords stageWords(const StageSituation &situation);
/// `1440 × 1440 · 5.1 s`, as far as it is known.
[[nodiscard]] QString measuresText(const Media &medium);

} // namespace taskreel
