// SPDX-License-Identifier: MIT
#pragma once

#include <QToolButton>

namespace taskreel {

class AppSettings;
class FilterPopup;
class TaskFilter;
class Theme;

/// Opens the facets of the filter and shows how many are on. Accessible name `Filter`. GUI thread.
class FilterButton final : public QToolButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilterButton)

public:
    /// All borrowed, all outlive the button.
    FilterButton(TaskFilter *filter, AppSettings *settings, Theme *theme, QWidget *parent = nullptr);

    void openPopup();

private:
    void showCount();

    TaskFilter *m_filter;
    AppSettings *m_settings;
    Theme *m_theme;
    FilterPopup *m_popup = nullptr; ///< made when first opened
};

} // namespace taskreel
