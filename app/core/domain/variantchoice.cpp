// SPDX-License-Identifier: MIT
#include "core/domain/variantchoice.h"

namespace taskreel {

const Source *chooseSource(const Media &medium, bool withoutWatermark)
{
    const Variant wanted = withoutWatermark ? Variant::Unwatermarked : Variant::Watermarked;
    const Variant other = withoutWatermark ? Variant::Watermarked : Variant::Unwatermarked;
    for (const Variant variant : {wanted, Variant::Unstated, other}) {
        if (const Source *source = medium.source(variant))
            return source;
    }
    return nullptr;
}

QList<Source> chooseSources(const Media &medium, VariantWish wish)
{
    if (wish == VariantWish::Both)
        return medium.sources;
    const Source *source = chooseSource(medium, wish == VariantWish::Unwatermarked);
    return source ? QList<Source>{*source} : QList<Source>{};
}

} // namespace taskreel
