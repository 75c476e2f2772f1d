// SPDX-License-Identifier: MIT
#include "core/domain/task.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

const Media *Work::mainMedia() const
{
    for (const MediaRole role : {MediaRole::Result, MediaRole::Intermediate, MediaRole::Link}) {
        const auto it = std::find_if(media.cbegin(), media.cend(),
                                     [role](const Media &m) { return m.role == role; });
        if (it != media.cend())
            return &*it;
    }
    return nullptr;
}

const Media *Work::cover() const
{
    const auto it = std::find_if(media.cbegin(), media.cend(),
                                 [](const Media &m) { return m.role == MediaRole::Cover; });
    return it == media.cend() ? nullptr : &*it;
}

std::optional<double> Task::approximateCost() const
{
    constexpr double kUnitsPerDollar = 10'000'000.0;
    if (usageConsumed <= 0 || (usageType != "point"_L1 && usageType != "llm"_L1))
        return std::nullopt;
    return static_cast<double>(usageConsumed) / kUnitsPerDollar;
}

const Media *Task::findMedia(const QString &mediaKey) const
{
    for (const Work &work : works) {
        for (const Media &medium : work.media) {
            if (medium.key == mediaKey)
                return &medium;
        }
    }
    return nullptr;
}

int Task::resultCount() const
{
    return static_cast<int>(std::count_if(works.cbegin(), works.cend(), [](const Work &work) {
        const Media *main = work.mainMedia();
        return main && main->role == MediaRole::Result;
    }));
}

} // namespace taskreel
