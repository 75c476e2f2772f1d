// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace taskreel {

class ApiKey;
class AppSettings;
class NameEditor;
class TaskRepository;
class Theme;

/// All settings on one page. Changes apply at once, so there is only Close; what cannot be used is said
/// below the field and not applied. Open it with open(). GUI thread.
class SettingsDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SettingsDialog)

public:
    /// @param settings, key, theme borrowed, outlive the dialog
    SettingsDialog(AppSettings *settings, ApiKey *key, Theme *theme, QWidget *parent = nullptr);

    /// For the preview of names and the check of all; without it, an invented task stands in.
    void setTasks(TaskRepository *repository, const QString &shownId);

protected:
    void done(int result) override;

private:
    static constexpr int kFieldWidth = 380;

    [[nodiscard]] QWidget *makePage();
    void addRow(const QString &label, QWidget *field);
    void addGap();
    [[nodiscard]] QLabel *addNote(const QString &objectName);
    [[nodiscard]] QLineEdit *addField(const QString &label, const QString &objectName);
    void addKey();
    void addServiceAddress();
    void addFolder();
    void addNameTemplate();
    [[nodiscard]] QCheckBox *addSwitch(const QString &label, const QString &text, const QString &name,
                                       const QString &objectName);
    void addSaving();
    void addDownloads();
    void addDownloadsAtOnce();
    void addLimits();
    void addAppearance();
    void openKeyDialog();
    void chooseFolder();
    void checkServiceUrl();
    void applyServiceUrl();
    void checkFolder();
    void applyFolder();
    void setNote(QLabel *note, const QString &text, bool isProblem);
    void colour();

    AppSettings *m_settings;
    ApiKey *m_key;
    Theme *m_theme;
    QFormLayout *m_form;
    QLabel *m_keyPlace = nullptr;
    QLineEdit *m_serviceUrl = nullptr;
    QLabel *m_serviceNote = nullptr;
    QLineEdit *m_folder = nullptr;
    QLabel *m_folderNote = nullptr;
    NameEditor *m_names = nullptr;
    QList<QLabel *> m_notes;
};

} // namespace taskreel
