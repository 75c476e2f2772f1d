// SPDX-License-Identifier: MIT
// How PlaybackController keeps the follower in step with the lead.
#include "ui/stage/clipplayer.h"
#include "ui/stage/playbackcontroller.h"

#include <algorithm>
#include <chrono>
#include <cmath>

using namespace std::chrono_literals;

namespace taskreel {

namespace {

constexpr auto kFollowPaused = 120ms; // after the last step: stepping itself stays quick
constexpr auto kFollowPlaying = 300ms;
constexpr double kMostLookahead = 4; // s
// Above this a second decoder costs the first one its frames.
constexpr qint64 kMostPixelsForTwo = 2560LL * 1440;

} // namespace

void PlaybackController::followSoon()
{
    m_followTimer.start(m_playing ? kFollowPlaying : kFollowPaused);
}

bool PlaybackController::followerPlaysAlong() const
{
    const QSize size = lead().frameSize();
    return follower().isReady() && qint64(size.width()) * size.height() <= kMostPixelsForTwo;
}

void PlaybackController::restartBoth()
{
    ClipPlayer &other = follower();
    lead().restart();
    if (!followerPlaysAlong())
        return;
    if (other.isEnded()) {
        other.restart();
        return;
    }
    // It could not keep up or joined late: it waits at the first frame for the lead.
    other.pause();
    if (other.seekTarget() != 0)
        other.seek(0);
    m_meeting = 0;
}

void PlaybackController::follow()
{
    ClipPlayer &other = follower();
    if (isSwitching() || !lead().isReady() || !other.isReady())
        return;
    if (lead().isSeeking()) {
        followSoon();
        return;
    }
    const int frame = lead().frameNumber();
    if (!m_playing) {
        other.pause();
        if (other.seekTarget() != std::min(frame, other.lastFrame()))
            other.seek(frame);
        return;
    }
    if (!followerPlaysAlong()) {
        other.pause();
        return;
    }
    if (m_meeting >= 0 || (other.isPlaying() && std::abs(other.frameNumber() - frame) <= 1))
        return;
    other.pause();
    const int meeting = frame + int(std::ceil(m_lookahead * m_speed * frameRate()));
    m_meeting = meeting < lead().lastFrame() - 2 ? meeting : 0;
    if (other.seekTarget() != m_meeting)
        other.seek(m_meeting);
}

void PlaybackController::meetFollower()
{
    if (m_meeting < 0 || !m_playing)
        return;
    ClipPlayer &other = follower();
    const int late = m_frame - m_meeting;
    if (late < 0)
        return;
    if (late <= 1 && other.isReady() && !other.isSeeking()) {
        m_meeting = -1;
        other.play();
    } else if (m_meeting > 0) {
        m_meeting = -1;
        m_lookahead = std::min(m_lookahead * 1.5, kMostLookahead);
        followSoon();
    }
}

} // namespace taskreel
