// SPDX-License-Identifier: MIT
// The exact seeks of ClipPlayer.
#include "ui/stage/clipplayer.h"

#include <QLoggingCategory>
#include <QMediaPlayer>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_DECLARE_LOGGING_CATEGORY(logStage)

namespace taskreel {

namespace {

constexpr auto kSeekLimit = 3s; // the slowest seek measured took 0.7 s
constexpr auto kCandidateGrace = 400ms;
constexpr int kMostAttempts = 12; // looking for the last frame
constexpr int kMostWithoutEnd = 2;
constexpr int kMostBeyond = 2;

// The back end shows the first frame that starts at or after the position: half a frame early is safe
// against rounding on both sides.
qint64 aimFor(int frame, double frameRate)
{
    return frame <= 0 ? 0 : std::llround((frame - 0.5) * 1000 / frameRate);
}

} // namespace

void ClipPlayer::watchSeek()
{
    m_watchdog.start(kSeekLimit);
}

void ClipPlayer::acceptSought(const QVideoFrame &frame, int number)
{
    if (number < m_target)
        return; // from before the seek
    if (m_number < 0 && m_target == 0)
        m_firstFrame = number; // some files start late
    else if (number > std::max(m_target, m_firstFrame) && number != m_overshot) {
        if (!m_candidate.isValid())
            m_watchdog.start(kCandidateGrace);
        m_candidate = frame;
        return;
    }
    m_frame = frame;
    m_number = number;
    finishSeek();
}

void ClipPlayer::finishSeek()
{
    m_candidate = {};
    m_attempts = 0;
    m_watchdog.stop();
    const int generation = m_generation;
    if (m_next >= 0) {
        startSeek(m_next);
        if (!m_loading)
            Q_EMIT frameArrived();
        return;
    }
    setState(State::Paused);
    if (std::exchange(m_loading, false)) {
        m_playAfter = false;
        Q_EMIT loaded();
        return;
    }
    if (std::exchange(m_playAfter, false))
        play();
    Q_EMIT frameArrived();
    if (generation == m_generation && m_state == State::Paused)
        Q_EMIT seekFinished();
}

void ClipPlayer::seek(int frame)
{
    if (!hasClip())
        return;
    m_playAfter = false;
    if (m_state == State::Waiting || m_state == State::Loading) {
        m_startFrame = std::max(0, frame);
        return;
    }
    const int target = std::clamp(frame, m_firstFrame, std::max(m_firstFrame, m_lastFrame));
    if (m_state == State::Seeking) {
        m_next = target;
        return;
    }
    m_attempts = 0;
    startSeek(target);
}

int ClipPlayer::seekTarget() const
{
    if (m_state == State::Waiting || m_state == State::Loading)
        return m_startFrame;
    if (m_state == State::Seeking)
        return m_next >= 0 ? m_next : m_target;
    return m_number;
}

void ClipPlayer::startSeek(int frame)
{
    m_target = frame;
    m_next = -1;
    m_sawEnd = false;
    m_candidate = {};
    m_overshot = -1;
    setState(State::Seeking);
    m_mail.preferEarliest(aimFor(frame, m_frameRate) * 1000);
    watchSeek();
    if (m_player->playbackState() == QMediaPlayer::PlayingState)
        m_player->pause();
    m_player->setPosition(aimFor(frame, m_frameRate));
    m_mail.drop();
    // Exactly this order: any other leaves stray frames or none at all (Qt 6.4.2).
    m_player->play();
    m_player->pause();
}

void ClipPlayer::seekOverdue()
{
    if (m_candidate.isValid()) {
        const int beyond = numberOf(m_candidate);
        if (m_next < 0 && m_attempts++ < kMostBeyond) {
            // Either the clip has no such frame, or the pause came late: the same again tells.
            startSeek(m_target);
            m_overshot = beyond;
            return;
        }
        m_frame = m_candidate;
        m_number = beyond;
        finishSeek();
        return;
    }
    if (m_next >= 0) {
        startSeek(m_next);
        return;
    }
    const int most = m_sawEnd && m_number >= 0 ? kMostAttempts : kMostWithoutEnd;
    if (++m_attempts > most) {
        if (m_number < 0) {
            fail(u"no picture can be decoded"_s);
        } else {
            qCInfo(logStage) << "no frame for a seek to" << m_target;
            finishSeek();
        }
        return;
    }
    int target = m_target;
    if (m_sawEnd && target > m_firstFrame) {
        // There is no such frame: look for the last one in growing steps back.
        target = std::max(m_firstFrame, target - (1 << (m_attempts - 1)));
        m_lastFrame = target;
    }
    startSeek(target);
}

} // namespace taskreel
