// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

namespace taskreel {

/// The tags of a task after one edit of several: without `taken`, then with `given`, whatever their
/// case; tidy. Pure.
[[nodiscard]] QStringList editedTags(const QStringList &tags, const QStringList &given,
                                     const QStringList &taken);

} // namespace taskreel
