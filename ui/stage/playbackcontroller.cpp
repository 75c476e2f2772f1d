// SPDX-License-Identifier: MIT
#include "ui/stage/playbackcontroller.h"

#include "ui/stage/clipplayer.h"

#include <QAudioDevice>
#include <QMediaDevices>
#include <QVideoFrame>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

using namespace std::chrono_literals;

namespace taskreel {

namespace {

constexpr auto kWrapPause = 30ms; // restarting inside EndOfMedia, or just queued, stalls now and then
constexpr int kMostWrapWaits = 8; // pauses that the lead waits for the follower to end, too
constexpr auto kPositionInterval = 50ms;

} // namespace

PlaybackController::PlaybackController(QObject *parent) :
    QObject(parent), m_players{new ClipPlayer(this), new ClipPlayer(this)}
{
    for (const auto slot : {ClipSlot::Watermarked, ClipSlot::Unwatermarked}) {
        ClipPlayer *clip = &player(slot);
        connect(clip, &ClipPlayer::loaded, this, [this, slot] { handleLoaded(slot); });
        connect(clip, &ClipPlayer::frameArrived, this, [this, slot] { handleFrame(slot); });
        connect(clip, &ClipPlayer::seekFinished, this, [this, slot] { handleSeekFinished(slot); });
        connect(clip, &ClipPlayer::ended, this, [this, slot] { handleEnded(slot); });
        connect(clip, &ClipPlayer::failed, this,
                [this, slot](const Error &error) { Q_EMIT failed(slot, error); });
    }
    for (QTimer *timer : {&m_wrapTimer, &m_followTimer, &m_positionTimer})
        timer->setSingleShot(true);
    m_wrapTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_wrapTimer, &QTimer::timeout, this, &PlaybackController::wrap);
    connect(&m_followTimer, &QTimer::timeout, this, &PlaybackController::follow);
    connect(&m_positionTimer, &QTimer::timeout, this, &PlaybackController::announcePosition);
}

PlaybackController::~PlaybackController() = default;

ClipPlayer &PlaybackController::player(ClipSlot slot) const
{
    return *m_players[slot == ClipSlot::Watermarked ? 0 : 1];
}

ClipPlayer &PlaybackController::follower() const
{
    return player(m_lead == ClipSlot::Watermarked ? ClipSlot::Unwatermarked
                                                  : ClipSlot::Watermarked);
}

void PlaybackController::clear()
{
    for (ClipPlayer *clip : m_players)
        clip->unload();
    m_wrapTimer.stop();
    m_followTimer.stop();
    m_positionTimer.stop();
    m_meeting = -1;
    m_heldFrame = -1;
    m_frame = -1;
    m_lead = m_shown;
    updateAudio(); // a switch may have been under way
    announcePosition();
    announceDuration();
}

void PlaybackController::setClip(ClipSlot slot, const QString &path)
{
    watchAudioDevices();
    ClipPlayer &clip = player(slot);
    if (clip.hasClip() && clip.path() == path)
        return;
    clip.load(path, std::max(0, m_frame));
    if (slot != m_lead)
        m_meeting = -1;
}

bool PlaybackController::hasClip(ClipSlot slot) const
{
    return player(slot).hasClip();
}

void PlaybackController::show(ClipSlot slot)
{
    if (slot == m_shown)
        return;
    m_shown = slot;
    m_meeting = -1;
    m_heldFrame = m_playing && !lead().isSeeking() ? m_frame : -1;
    if (m_frame < 0) {
        m_lead = slot; // nothing is shown yet: nothing to keep in step with
        updateAudio();
    }
    Q_EMIT shownChanged(slot);
    // In a later turn, since the frame may be there already.
    QMetaObject::invokeMethod(this, &PlaybackController::takeShown, Qt::QueuedConnection);
}

void PlaybackController::takeShown()
{
    ClipPlayer &next = player(m_shown);
    if (!isSwitching()) {
        if (next.isReady() && m_frame < 0)
            handleLoaded(m_shown);
        else if (m_playing && next.isReady() && !next.isSeeking() && !next.isPlaying()
                 && !m_wrapTimer.isActive())
            startPlaying();
        return;
    }
    ClipPlayer &now = lead();
    // Frames that came since the switch was asked for were not shown: they do not count.
    const int wanted = m_heldFrame >= 0 ? m_heldFrame : now.seekTarget();
    if (!next.isReady()) {
        now.pause();
        if (next.hasClip())
            next.seek(wanted);
        return;
    }
    const bool together = m_playing && now.isPlaying() && !now.isSeeking() && next.isPlaying()
        && !next.isSeeking() && std::abs(next.frameNumber() - now.frameNumber()) <= 1;
    const bool bothEnded = m_playing && now.isEnded() && next.isEnded();
    if (together || bothEnded) {
        adopt();
        return;
    }
    m_wrapTimer.stop();
    now.pause();
    next.pause();
    const int frame = std::min(wanted, next.lastFrame());
    if (!next.isSeeking() && next.frameNumber() == frame)
        adopt();
    else if (next.seekTarget() != frame)
        next.seek(frame);
}

void PlaybackController::adopt()
{
    m_lead = m_shown;
    updateAudio();
    announceDuration();
    present();
    if (m_playing && !m_wrapTimer.isActive() && !lead().isPlaying())
        startPlaying();
    else
        followSoon();
}

void PlaybackController::handleLoaded(ClipSlot slot)
{
    Q_EMIT clipReady(slot);
    if (slot != m_shown) {
        followSoon();
        return;
    }
    if (isSwitching()) {
        takeShown();
        return;
    }
    announceDuration();
    present();
    if (m_playing)
        startPlaying();
}

void PlaybackController::handleFrame(ClipSlot slot)
{
    if (slot != m_lead || isSwitching())
        return;
    present();
    meetFollower();
}

void PlaybackController::present()
{
    m_frame = lead().frameNumber();
    Q_EMIT frameReady(lead().frame());
    if (!m_positionTimer.isActive())
        announcePosition();
}

void PlaybackController::announcePosition()
{
    const qint64 now = position();
    if (std::exchange(m_announcedPosition, now) == now)
        return;
    m_positionTimer.start(kPositionInterval);
    Q_EMIT positionChanged(now);
}

void PlaybackController::announceDuration()
{
    const qint64 now = duration();
    if (std::exchange(m_announcedDuration, now) != now)
        Q_EMIT durationChanged(now);
}

void PlaybackController::handleSeekFinished(ClipSlot slot)
{
    if (isSwitching()) {
        if (slot == m_shown)
            takeShown();
        return;
    }
    if (slot != m_lead)
        return;
    if (m_playing && lead().frameNumber() >= lead().lastFrame())
        handleEnded(slot);
    else if (m_playing)
        startPlaying();
    else
        followSoon();
}

void PlaybackController::play()
{
    if (m_playing)
        return;
    setPlaying(true);
    if (!lead().isReady() || isSwitching() || lead().isSeeking())
        return; // starts when its frame is there
    startPlaying();
}

void PlaybackController::startPlaying()
{
    m_meeting = -1;
    if (lead().isEnded() || lead().frameNumber() >= lead().lastFrame()) {
        restartBoth();
        return;
    }
    // Started in one turn from one frame they stay within a frame of each other.
    const bool together = followerPlaysAlong() && !follower().isSeeking()
        && follower().frameNumber() == lead().frameNumber();
    lead().play();
    if (together)
        follower().play();
    else
        followSoon();
}

void PlaybackController::pause()
{
    if (!m_playing)
        return;
    m_wrapTimer.stop();
    m_meeting = -1;
    for (ClipPlayer *clip : m_players)
        clip->pause();
    setPlaying(false);
    followSoon();
}

void PlaybackController::togglePlaying()
{
    if (m_playing)
        pause();
    else
        play();
}

void PlaybackController::setPlaying(bool playing)
{
    if (std::exchange(m_playing, playing) != playing)
        Q_EMIT playingChanged(playing);
}

void PlaybackController::seek(qint64 ms)
{
    seekFrame(qRound(double(ms) * frameRate() / 1000));
}

void PlaybackController::seekBy(qint64 ms)
{
    const ClipPlayer &clip = player(m_shown).isReady() ? player(m_shown) : lead();
    if (clip.isReady())
        seekFrame(std::clamp(clip.seekTarget() + qRound(double(ms) * clip.frameRate() / 1000), 0,
                             std::max(0, clip.lastFrame())));
}

void PlaybackController::stepFrames(int count)
{
    pause();
    if (player(m_shown).isReady())
        seekFrame(player(m_shown).seekTarget() + count);
}

void PlaybackController::seekFrame(int frame)
{
    ClipPlayer &clip = player(m_shown);
    if (!clip.isReady() && !lead().isReady())
        return;
    m_wrapTimer.stop();
    m_followTimer.stop();
    m_positionTimer.stop();
    m_meeting = -1;
    m_heldFrame = -1;
    follower().pause();
    lead().seek(frame);
    if (isSwitching())
        clip.seek(frame);
}

void PlaybackController::handleEnded(ClipSlot slot)
{
    if (slot != m_lead)
        return;
    if (isSwitching()) {
        takeShown();
        return;
    }
    if (m_playing && m_loop) {
        m_wrapWaits = 0;
        m_wrapTimer.start(kWrapPause);
        return;
    }
    follower().pause();
    m_meeting = -1;
    setPlaying(false);
    followSoon();
}

void PlaybackController::wrap()
{
    const bool followerStillRuns = follower().isReady() && follower().isPlaying()
        && !follower().isSeeking();
    if (followerStillRuns && ++m_wrapWaits < kMostWrapWaits) {
        m_wrapTimer.start(kWrapPause);
        return;
    }
    restartBoth();
    Q_EMIT wrapped();
}

void PlaybackController::setSpeed(double rate)
{
    const double speed = std::clamp(rate, 0.25, 2.0);
    if (qFuzzyCompare(std::exchange(m_speed, speed), speed))
        return;
    for (ClipPlayer *clip : m_players)
        clip->setRate(speed);
    Q_EMIT speedChanged(speed);
}

qint64 PlaybackController::position() const
{
    const double rate = frameRate();
    return m_frame < 0 || rate <= 0 ? 0 : std::llround(m_frame * 1000 / rate);
}

qint64 PlaybackController::duration() const
{
    return lead().duration();
}

double PlaybackController::frameRate() const
{
    return lead().frameRate();
}

QSize PlaybackController::frameSize() const
{
    return lead().frameSize();
}

} // namespace taskreel
