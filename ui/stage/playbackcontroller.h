// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"

#include <QObject>
#include <QSize>
#include <QString>
#include <QTimer>
#include <array>

class QMediaDevices;
class QVideoFrame;

namespace taskreel {

class ClipPlayer;

/// The shown work's clips: one file a slot. Slot 0 is "watermarked", slot 1 "without" or "not stated".
enum class ClipSlot { Watermarked, Unwatermarked };

/// Two QMediaPlayers that stay loaded, one a variant, and the exact ways to seek, step and loop them.
/// Nobody else touches a player. GUI thread. Frames come out through
/// frameReady(), only from the shown slot, already on the GUI thread.
///
/// The *lead* is the player whose frames are shown; the *follower* is kept at the lead's frame: sought
/// there while paused, playing beside it, silent, while playing. So a switch mostly takes effect at
/// once; when the follower is not there yet, the lead waits at its frame until it is.
class PlaybackController final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PlaybackController)

public:
    explicit PlaybackController(QObject *parent = nullptr);
    ~PlaybackController() override;

    /// Drops both clips: a new work is shown. The stage keeps its last picture until told otherwise.
    /// What the user wants (playing, speed, loop, sound) stays as it is.
    void clear();
    /// A complete, checked local file for one slot. If the other slot plays, this one joins at its frame.
    void setClip(ClipSlot slot, const QString &path);
    [[nodiscard]] bool hasClip(ClipSlot slot) const; ///< given and not failed
    /// Which slot is shown. Keeps frame, play state, volume; frameReady() comes when its frame is there.
    /// Without a clip there, the last picture stays until setClip() brings one.
    void show(ClipSlot slot);
    [[nodiscard]] ClipSlot shown() const { return m_shown; }

    void play();
    void pause();
    void togglePlaying();
    [[nodiscard]] bool isPlaying() const { return m_playing; } ///< what the user wants: true also in the pause of a loop's wrap
    void seek(qint64 ms); ///< newest wins
    void seekBy(qint64 ms); ///< from where a seek under way leads: quick presses add up
    void stepFrames(int count); ///< pauses, then exactly that many frames
    void setLoop(bool on) { m_loop = on; }
    void setMuted(bool on);
    void setVolume(int percent);
    void setSpeed(double rate); ///< 0.25–2
    [[nodiscard]] double speed() const { return m_speed; }
    [[nodiscard]] bool hasAudioOutput() const { return m_audioAvailable; } ///< known from the first clip on

    [[nodiscard]] qint64 position() const; ///< ms of the shown frame
    [[nodiscard]] qint64 duration() const; ///< ms
    [[nodiscard]] int frameNumber() const { return m_frame; } ///< of the shown frame; -1 before the first
    [[nodiscard]] double frameRate() const; ///< 0 before it is known
    [[nodiscard]] QSize frameSize() const; ///< px, before rotation

Q_SIGNALS:
    void frameReady(const QVideoFrame &frame); ///< the newest valid frame of the shown slot
    void playingChanged(bool playing);
    void positionChanged(qint64 ms); ///< at most 20 a second
    void durationChanged(qint64 ms);
    void speedChanged(double rate);
    void shownChanged(taskreel::ClipSlot slot);
    void clipReady(taskreel::ClipSlot slot); ///< loaded; its first frame can be shown
    /// No decoder, broken file: Error::kind CannotDecode with the back end's words in detail.
    void failed(taskreel::ClipSlot slot, const taskreel::Error &error);
    void audioOutputChanged(bool available);
    void wrapped(); ///< the clip went round once

private:
    [[nodiscard]] ClipPlayer &player(ClipSlot slot) const;
    [[nodiscard]] ClipPlayer &lead() const { return player(m_lead); }
    [[nodiscard]] ClipPlayer &follower() const;
    [[nodiscard]] bool isSwitching() const { return m_lead != m_shown; }
    [[nodiscard]] bool followerPlaysAlong() const;

    void watchAudioDevices();
    void updateAudio();
    void setPlaying(bool playing);
    void handleLoaded(ClipSlot slot);
    void handleFrame(ClipSlot slot);
    void handleSeekFinished(ClipSlot slot);
    void handleEnded(ClipSlot slot);
    void present();
    void announcePosition();
    void announceDuration();
    void takeShown();
    void adopt();
    void startPlaying();
    void seekFrame(int frame);
    void wrap();
    void restartBoth();
    void followSoon();
    void follow();
    void meetFollower();

    std::array<ClipPlayer *, 2> m_players;
    QMediaDevices *m_devices = nullptr;
    ClipSlot m_shown = ClipSlot::Watermarked;
    ClipSlot m_lead = ClipSlot::Watermarked;
    QTimer m_wrapTimer;
    int m_wrapWaits = 0;
    QTimer m_followTimer;
    QTimer m_positionTimer;
    int m_frame = -1;
    int m_heldFrame = -1; ///< shown when a switch was asked for while playing; -1: the lead's aim counts
    int m_meeting = -1; ///< the frame at which the waiting follower starts with the lead; -1: none
    double m_lookahead = 1; ///< seconds from now to the next such frame
    qint64 m_announcedPosition = 0;
    qint64 m_announcedDuration = 0;
    bool m_playing = false;
    bool m_loop = true;
    bool m_muted = true;
    int m_volume = 80;
    double m_speed = 1;
    bool m_audioAvailable = false;
};

} // namespace taskreel
