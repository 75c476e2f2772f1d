// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/media.h"

namespace taskreel {

/// One result of a task (Kling: one element of `works`), with its media: the main one and its cover.
struct Work
{
    QString key; ///< `works[0]`, `` for flat outputs
    QString label;
    QString rawStatus; ///< Kling's own number for this work; 99 is done
    QList<Media> media;

    bool operator==(const Work &) const = default;
    /// The first medium that is a result (or, without one, intermediate or link); null if none.
    [[nodiscard]] const Media *mainMedia() const;
    [[nodiscard]] const Media *cover() const;
};

} // namespace taskreel
