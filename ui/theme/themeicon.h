// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>

namespace taskreel {

/// An icon by its freedesktop name. Symbols of one colour are painted in the application palette's
/// text colour at the time of painting; pictures in colour (`dialog-…`) are left as they are.
[[nodiscard]] QIcon themeIcon(const QString &name);

} // namespace taskreel
