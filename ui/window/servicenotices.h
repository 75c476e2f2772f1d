// SPDX-License-Identifier: MIT
#pragma once

#include "ui/window/noticeboard.h"

#include <QObject>
#include <QTimer>

namespace taskreel {

class AppContext;

/// Watches the services and says in the banner what a person has to know: no key, key refused, too many
/// requests, offline, library set aside, disk trouble, downloads done. GUI thread.
class ServiceNotices final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ServiceNotices)

public:
    /// Both borrowed, both outlive this.
    ServiceNotices(AppContext *context, NoticeBoard *board, QObject *parent = nullptr);

Q_SIGNALS:
    void enterKeyRequested();
    void settingsRequested();
    void freeSpaceRequested();

private:
    void watchLibrary();
    void watchDownloads();
    void showHold();
    void showPause();
    void lookForConnection(const QStringList &ids);
    [[nodiscard]] QString pauseText() const;

    AppContext *m_context;
    NoticeBoard *m_board;
    QTimer m_second; ///< while all requests pause: the text counts down
};

} // namespace taskreel
