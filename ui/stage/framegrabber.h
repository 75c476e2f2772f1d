// SPDX-License-Identifier: MIT
#pragma once

#include "ui/common/clipframemaker.h"

#include <QStringList>

namespace taskreel {

class BackgroundClip;

/// The queue of clips that are to give their frame at a tenth of the way in: one at a time, and none while
/// something else plays. GUI thread; owned by the window.
class FrameGrabber final : public ClipFrameMaker
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FrameGrabber)

public:
    /// @param clip borrowed, outlives this
    explicit FrameGrabber(BackgroundClip *clip, QObject *parent = nullptr);

    void request(const QString &clipPath) override;
    void giveUp(const QString &clipPath) override;
    /// While one of the two is true, nothing is decoded; what had begun begins anew afterwards.
    void setStagePlaying(bool playing);
    void setHoverPlaying(bool playing);

private:
    void setHeld(bool &reason, bool on);
    void pump();

    BackgroundClip *m_clip;
    QStringList m_queue; ///< paths; the first one is being worked on while m_number is not 0
    quint64 m_number = 0;
    bool m_stagePlays = false;
    bool m_hoverPlays = false;
};

} // namespace taskreel
