// SPDX-License-Identifier: MIT
#pragma once

class QWidget;

namespace taskreel {

/// Text that can be selected keeps Copy, Select all and Delete to itself while it has the focus: the
/// window's shortcuts of the same keys act on tasks. GUI thread.
void keepTextKeys(QWidget *text);

} // namespace taskreel
