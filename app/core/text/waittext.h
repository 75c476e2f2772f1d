// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"

#include <QDateTime>
#include <QString>

namespace taskreel {

/// `not ready after 2 h`, of an unfinished task that takes so long that one wonders; else empty. Pure,
/// translated.
[[nodiscard]] QString longWaitText(const TaskSummary &row, const QDateTime &nowUtc);

} // namespace taskreel
