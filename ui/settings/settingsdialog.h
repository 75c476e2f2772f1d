// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

namespace taskreel {

class ApiKey;
class AppSettings;
class Theme;

/// All settings on one page. Changes apply at once, so there is only Close; what cannot be used is said
/// beside the field and not applied. Open it with open(). GUI thread.
class SettingsDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SettingsDialog)

public:
    /// @param settings, key, theme borrowed, outlive the dialog
    SettingsDialog(AppSettings *settings, ApiKey *key, Theme *theme, QWidget *parent = nullptr);
};

} // namespace taskreel
