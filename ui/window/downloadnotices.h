// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/download.h"
#include "ui/window/noticeboard.h"

#include <QObject>

namespace taskreel {

class AppContext;

/// What the download queue has to ask in the banner, without ever stopping the window: what becomes
/// of the files of the last run, of names that are in use, of a full disk. GUI thread.
class DownloadNotices final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DownloadNotices)

public:
    /// Both borrowed, both outlive this.
    DownloadNotices(AppContext *context, NoticeBoard *board, QObject *parent = nullptr);

private:
    void takeLeft();
    void showLeft();
    void discardLeft();
    void showStop();
    void showConflicts(const QStringList &paths);
    void decide(ConflictPolicy policy);

    AppContext *m_context;
    NoticeBoard *m_board;
    int m_left = 0; ///< as the banner says
};

} // namespace taskreel
