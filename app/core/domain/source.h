// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/assetid.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>

namespace taskreel {

/// Where one variant of a medium comes from. URLs are the bytes as received: see net/mediaurl for
/// what may be requested and how it is sent.
struct Source
{
    Variant variant = Variant::Unstated;
    QByteArray url; ///< empty when the bytes came inline
    QList<QByteArray> mirrors; ///< tried in order when `url` fails; never shown as a second medium
    QByteArray inlineBytes; ///< decoded base64 of the answer, else empty
    QDateTime expiresAt = {}; ///< UTC; invalid when the link does not say it itself

    bool operator==(const Source &) const = default;
};

} // namespace taskreel
