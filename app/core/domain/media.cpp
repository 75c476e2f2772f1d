// SPDX-License-Identifier: MIT
#include "core/domain/media.h"

#include <algorithm>

namespace taskreel {

const Source *Media::source(Variant variant) const
{
    const auto it = std::find_if(sources.cbegin(), sources.cend(),
                                 [variant](const Source &s) { return s.variant == variant; });
    return it == sources.cend() ? nullptr : &*it;
}

} // namespace taskreel
