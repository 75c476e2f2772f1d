// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QLabel;
class QProgressBar;
class QPushButton;
class QWidget;

namespace taskreel {

// Parts of the dialogs that show long work. GUI thread; widgets belong to their parents.

/// @param text also its accessible name. Enter does not press it unless the dialog says so.
[[nodiscard]] QPushButton *makeDialogButton(const QString &text, const QString &objectName,
                                            QWidget *parent);
/// Words of several lines, plain.
void setUpSummary(QLabel *label, const QString &accessibleName, const QString &objectName);
/// A thin line without words, which keeps its room while it is hidden.
void setUpProgressLine(QProgressBar *line, const QString &accessibleName,
                       const QString &objectName);

} // namespace taskreel
