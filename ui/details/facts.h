// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"
#include "core/media/medialibrary.h"
#include "ui/details/showitem.h"

#include <QList>

namespace taskreel {

/// One row of the details: plain text.
struct Fact
{
    enum class Tone { Plain, Failed };

    QString label;
    QString value;
    Tone tone = Tone::Plain;

    bool operator==(const Fact &) const = default;
};

/// What the facts are made from. Null pointers: there is none.
struct FactSources
{
    const TaskSummary *row = nullptr;
    const Task *task = nullptr;
    const ShowItem *item = nullptr;
    const Source *source = nullptr; ///< the one on the stage
    const LocalMedia *file = nullptr;
    QDateTime now; ///< UTC
};

/// The rows of the Details tab, without those that say nothing. Pure.
[[nodiscard]] QList<Fact> taskFacts(const FactSources &sources);
/// How long the link holds, in honest words: its own expiry, else its age. Never a guess.
[[nodiscard]] QString linkFact(const FactSources &sources);
/// Which variants there are of this medium.
[[nodiscard]] QString watermarkFact(const Media &medium);

} // namespace taskreel
