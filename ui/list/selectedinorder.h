// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

namespace taskreel {

class TaskFilter;
class TaskSelection;

/// The selected ids in the order of the list; those that a filter hides come after those in sight.
[[nodiscard]] QStringList selectedInOrder(const TaskFilter &filter, const TaskSelection &selection);

} // namespace taskreel
