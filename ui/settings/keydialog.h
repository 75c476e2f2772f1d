// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace taskreel {

class ApiKey;
class Theme;

/// Takes the API key and says where it is kept. Open it with open(); it stays until the key went
/// somewhere. GUI thread.
class KeyDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyDialog)

public:
    /// @param key, theme borrowed, outlive the dialog
    KeyDialog(ApiKey *key, Theme *theme, QWidget *parent = nullptr);
};

} // namespace taskreel
