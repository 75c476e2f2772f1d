// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/intake.h"

class QWidget;

namespace taskreel {

/// `38 added, 2 already here, 1 not understood.`
[[nodiscard]] QString intakeSentence(const IntakeReport &report);
/// True when there is more to show than the sentence says.
[[nodiscard]] bool hasMoreToShow(const IntakeReport &report);
/// The near misses, parents on offer and unreadable files, as plain text to read and copy. Not modal.
void showIntakeDetails(const IntakeReport &report, Intake *intake, QWidget *parent);

} // namespace taskreel
