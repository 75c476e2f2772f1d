// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace taskreel {

/// Plain text, from wherever it came, for QWidget::setToolTip(): shown as it is, lines wrap. Empty for
/// empty text. Pure.
[[nodiscard]] QString toolTipText(const QString &plain);

} // namespace taskreel
