// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"
#include "ui/stage/framemailbox.h"

#include <QObject>
#include <QSize>
#include <QString>
#include <QTimer>
#include <QVideoFrame>
#include <memory>

class QAudioOutput;
class QMediaPlayer;
class QVideoSink;

namespace taskreel {

/// One clip in one QMediaPlayer, handled only in the ways that were found exact: frames are numbered by
/// their start time, a seek is setPosition, play, pause, one at a time and the newest wins. Owned by
/// PlaybackController on the GUI thread, and by ClipWorker on its own. Signals never arrive inside the call that caused them, except for
/// ended(), which follows the player's own.
class ClipPlayer final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClipPlayer)

public:
    explicit ClipPlayer(QObject *parent = nullptr);
    ~ClipPlayer() override;

    /// Opens a complete local file in the next turn and stops at `startFrame`; loaded() or failed() follows.
    void load(const QString &path, int startFrame);
    void unload();
    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] bool hasClip() const { return m_state != State::Empty && m_state != State::Failed; }
    [[nodiscard]] bool isReady() const { return hasClip() && m_number >= 0 && !m_loading; }
    [[nodiscard]] bool isPlaying() const; ///< or on the way to it
    [[nodiscard]] bool isSeeking() const { return m_state == State::Seeking; }
    [[nodiscard]] bool isEnded() const { return m_state == State::Ended; }

    void play(); ///< on from the current frame
    void restart(); ///< from the first frame
    void pause(); ///< frames still under way are dropped: the current one stays
    void seek(int frame); ///< exact, then paused; seekFinished() follows
    [[nodiscard]] int seekTarget() const; ///< the newest wanted frame; the current one when none is wanted

    void setRate(double rate);
    void setAudioAvailable(bool available);
    void setAudible(bool audible, int volumePercent);
    [[nodiscard]] bool isAudible() const { return m_audible; } ///< while it plays

    [[nodiscard]] QVideoFrame frame() const { return m_frame; }
    [[nodiscard]] int frameNumber() const { return m_number; }
    [[nodiscard]] int lastFrame() const { return m_lastFrame; }
    [[nodiscard]] double frameRate() const { return m_frameRate; }
    [[nodiscard]] qint64 duration() const { return m_duration; }
    [[nodiscard]] QSize frameSize() const { return m_size; }

Q_SIGNALS:
    void loaded(); ///< its first frame is there
    void frameArrived();
    void seekFinished();
    void ended();
    void failed(const taskreel::Error &error);

private:
    enum class State { Empty, Waiting, Loading, Seeking, Paused, Playing, Ended, Failed };

    void makePlayer();
    void open(int generation);
    void begin();
    void deliver();
    void accept(const QVideoFrame &frame, int number);
    void acceptSought(const QVideoFrame &frame, int number);
    void finishSeek();
    void startSeek(int frame);
    [[nodiscard]] int numberOf(const QVideoFrame &frame) const;
    void seekOverdue();
    void watchSeek();
    void handleStatus();
    void handleEnd();
    void handleTimeout();
    void fail(const QString &words);
    void setState(State state);
    void watch();

    FrameMailbox m_mail;
    std::unique_ptr<QMediaPlayer> m_player;
    std::unique_ptr<QVideoSink> m_sink;
    std::unique_ptr<QAudioOutput> m_audio;
    QTimer m_watchdog;
    State m_state = State::Empty;
    QString m_path;
    int m_generation = 0;
    int m_startFrame = 0;
    QVideoFrame m_frame;
    int m_number = -1;
    QVideoFrame m_candidate; ///< beyond the target: taken when nothing better comes
    int m_overshot = -1; ///< the candidate of the attempt before: coming again, it is the right one
    int m_target = 0;
    int m_next = -1; ///< wanted while a seek is in flight
    int m_attempts = 0;
    bool m_loading = false; ///< until its first frame, or the one to start with, is there
    bool m_playAfter = false;
    bool m_sawEnd = false; ///< EndOfMedia during this seek
    bool m_newRound = false; ///< playing from the start again, after the end
    int m_framesSinceStart = 0;
    int m_stalls = 0;
    double m_frameRate = 0;
    qint64 m_duration = 0;
    int m_firstFrame = 0;
    int m_lastFrame = 0;
    QSize m_size;
    int m_rotation = 0; ///< degrees clockwise, as the file says
    double m_rate = 1;
    bool m_audioAvailable = false;
    bool m_audible = false;
    int m_volume = 0;
};

} // namespace taskreel
