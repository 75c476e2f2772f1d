// SPDX-License-Identifier: MIT
#pragma once

#include "ui/window/noticeboard.h"

#include <QObject>
#include <QTimer>

namespace taskreel {

class AppContext;
struct CancelReport;

/// Watches the services and says in the banner what a person has to know: no key, key refused, too many
/// requests, offline, library set aside, disk trouble, downloads done. GUI thread.
class ServiceNotices final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ServiceNotices)

public:
    /// Both borrowed, both outlive this.
    ServiceNotices(AppContext *context, NoticeBoard *board, QObject *parent = nullptr);

    /// Cancels on the server once that is confirmed in the banner: nothing undoes it.
    void askToCancel(const QStringList &ids);

Q_SIGNALS:
    void enterKeyRequested();
    void settingsRequested();
    void freeSpaceRequested();

private:
    void watchLibrary();
    void watchDownloads();
    void showCancelled(const CancelReport &report);
    void showHold();
    void showPause();
    [[nodiscard]] QString pauseText() const;

    AppContext *m_context;
    NoticeBoard *m_board;
    QTimer m_second; ///< while all requests pause: the text counts down
    bool m_wasOffline = false;
};

} // namespace taskreel
