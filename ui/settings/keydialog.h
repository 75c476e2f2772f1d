// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace taskreel {

class ApiKey;
class Theme;

/// Takes the API key and says where it is kept. Open it with open(); it stays open until it is known
/// where the key went, and longer when that is only this session. GUI thread.
class KeyDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyDialog)

public:
    /// @param key, theme borrowed, outlive the dialog
    KeyDialog(ApiKey *key, Theme *theme, QWidget *parent = nullptr);

    /// Where a key is now, as a sentence.
    [[nodiscard]] static QString placeText(const ApiKey &key);

private:
    void build();
    void enter();
    void forget();
    void takeStored(bool inKeyring, const QString &problem);
    void updateState();
    void colour();

    ApiKey *m_key;
    Theme *m_theme;
    QLineEdit *m_field;
    QLabel *m_place;
    QLabel *m_problem;
    QPushButton *m_forget;
    QPushButton *m_enter;
    QPushButton *m_close;
    bool m_waiting = false; ///< entered, not yet known where it went
};

} // namespace taskreel
