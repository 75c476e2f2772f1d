// SPDX-License-Identifier: MIT
#pragma once

#include <QMimeData>
#include <QTimer>
#include <QWidget>

class QLineEdit;
class QMenu;
class QPushButton;
class QToolButton;

namespace taskreel {

class ActionRegistry;
class AppSettings;
class FilterButton;
class PasteBox;
class TaskFilter;
class Theme;
class ToggleSwitch;

/// Intake, search, the watermark switch, downloads and the menu, in one row. GUI thread.
class TopBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TopBar)

public:
    /// All borrowed, all outlive the bar.
    struct Services
    {
        Theme *theme = nullptr;
        AppSettings *settings = nullptr;
        TaskFilter *filter = nullptr;
        ActionRegistry *actions = nullptr;
    };
    explicit TopBar(const Services &services, QWidget *parent = nullptr);

    void setMenu(QMenu *menu);
    void openMenu(); ///< as a press of its button does
    void setDownloadMenu(QMenu *menu);
    void showSelectedCount(qsizetype count); ///< on the download button
    void focusSearch();
    void focusPasteBox();

Q_SIGNALS:
    void textGiven(const QString &text);
    void pasted(const QMimeData *mime);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void makeIntake();
    void makeSearch();
    void makeDownload();
    void giveText();

    Services m_services;
    PasteBox *m_pasteBox;
    QPushButton *m_add;
    QLineEdit *m_search;
    FilterButton *m_filter;
    ToggleSwitch *m_withoutWatermark;
    QPushButton *m_download;
    QPushButton *m_downloadMenu;
    QToolButton *m_menu;
    QTimer m_searchLater; ///< while somebody types
};

} // namespace taskreel
