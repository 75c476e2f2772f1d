// SPDX-License-Identifier: MIT
#pragma once

#include <QSplitter>

class QAction;

namespace taskreel {

class ActionRegistry;
class AppSettings;
class DownloadsPanel;

/// The window's pages and, below them when it is open, the panel of downloads. Remembers how high
/// it was and whether it was open. In a low window the panel takes the place of the pages: both
/// would be cut. GUI thread.
class DownloadsDrawer final : public QSplitter
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DownloadsDrawer)

public:
    /// @param pages, panel taken over; settings, actions borrowed, outlive this
    DownloadsDrawer(QWidget *pages, DownloadsPanel *panel, AppSettings *settings,
                    ActionRegistry *actions, QWidget *parent = nullptr);

    void restoreState();
    void saveState();

Q_SIGNALS:
    void stateChanged(); ///< by hand
    void closed(); ///< the panel had the focus

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setOpen(bool open);
    void arrange();

    QWidget *m_pages;
    DownloadsPanel *m_panel;
    AppSettings *m_settings;
    QAction *m_action;
    int m_height = 0; ///< px, of the panel
};

} // namespace taskreel
