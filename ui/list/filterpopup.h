// SPDX-License-Identifier: MIT
#pragma once

#include "core/models/taskcriteria.h"

#include <QFrame>

class QComboBox;
class QDateEdit;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace taskreel {

class AppSettings;
class SavedFilters;
class TaskFilter;
class Theme;

/// The facets of the filter and the filters saved under a name, in a popup. What is chosen counts at
/// once. GUI thread.
class FilterPopup final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilterPopup)

public:
    /// All borrowed, all outlive the popup.
    FilterPopup(TaskFilter *filter, AppSettings *settings, Theme *theme, QWidget *parent = nullptr);

    void popUp(const QPoint &globalTopLeft); ///< moved so that it stays on the screen

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QComboBox *addChoice(QFormLayout *form, const QString &label, const QString &name);
    void addDates(QFormLayout *form);
    QWidget *makeSaved();
    QWidget *makeFoot();
    void fillCounted(); ///< models and kinds as the list has them
    void show(const TaskCriteria &criteria);
    void apply();
    void showSaved();
    void addSavedRow(int position, const QString &name);
    void saveCurrent();
    void showFoot();

    TaskFilter *m_filter;
    SavedFilters *m_filters;
    Theme *m_theme;
    QComboBox *m_model = nullptr;
    QComboBox *m_kind = nullptr;
    QComboBox *m_version = nullptr;
    QComboBox *m_saved = nullptr;
    QComboBox *m_mark = nullptr;
    QComboBox *m_created = nullptr;
    QWidget *m_days = nullptr;
    QDateEdit *m_from = nullptr;
    QDateEdit *m_to = nullptr;
    QVBoxLayout *m_savedRows = nullptr;
    QLabel *m_noneSaved = nullptr;
    QLineEdit *m_name = nullptr;
    QPushButton *m_save = nullptr;
    QLabel *m_found = nullptr;
    QPushButton *m_clear = nullptr;
    bool m_showing = false; ///< the widgets follow the filter, not the other way round
};

} // namespace taskreel
