// SPDX-License-Identifier: MIT
#pragma once

#include <QTimer>
#include <QWidget>

class QPushButton;
class QToolButton;

namespace taskreel {

class ActionRegistry;
class ApiKey;
class DownloadQueue;
class ElidedLabel;
class TaskFilter;
class TaskPoller;
class TaskRepository;
class TaskSelection;
class Theme;

/// The window's lower edge: what is in the list and asked next, what the selected ones come to, and how
/// far the downloads are. GUI thread.
class SummaryBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SummaryBar)

public:
    /// All borrowed, all outlive the bar.
    struct Services
    {
        Theme *theme = nullptr;
        TaskFilter *filter = nullptr;
        TaskPoller *poller = nullptr;
        DownloadQueue *downloads = nullptr;
        ApiKey *key = nullptr;
        ActionRegistry *actions = nullptr;
        TaskRepository *repository = nullptr;
        TaskSelection *selection = nullptr;
    };
    explicit SummaryBar(const Services &services, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showTasks();
    void showSelected();
    void showDownloads();
    void makePanelButton();
    [[nodiscard]] QString downloadsText() const;
    [[nodiscard]] QString nextText() const;

    Services m_services;
    ElidedLabel *m_tasks;
    ElidedLabel *m_selected; ///< while more than one is
    ElidedLabel *m_downloads;
    QPushButton *m_cancel;
    QToolButton *m_panel; ///< opens and closes the downloads
    QTimer m_selectedLater; ///< selections and changes of a moment
    QTimer m_second; ///< while a next check is due: the text counts down
};

} // namespace taskreel
