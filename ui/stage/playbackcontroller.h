// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"

#include <QObject>
#include <QSize>
#include <QString>
#include <array>
#include <memory>

class QVideoFrame;

namespace taskreel {

class ClipPlayer;

/// The shown work's clips: one file a slot. Slot 0 is "watermarked", slot 1 "without" or "not stated".
enum class ClipSlot { Watermarked, Unwatermarked };

/// Two QMediaPlayers that stay loaded, one a variant, and the exact ways to seek, step and loop them
/// (QT.md, Multimedia). Nobody else touches a player. GUI thread. Frames come out through
/// frameReady(), only from the shown slot, already on the GUI thread.
class PlaybackController final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PlaybackController)

public:
    explicit PlaybackController(QObject *parent = nullptr);
    ~PlaybackController() override;

    /// Drops both clips: a new work is shown. The stage keeps its last picture until told otherwise.
    void clear();
    /// A complete, checked local file for one slot. If the other slot plays, this one joins at its frame.
    void setClip(ClipSlot slot, const QString &path);
    [[nodiscard]] bool hasClip(ClipSlot slot) const;
    /// Which slot is shown. Keeps frame, play state, volume; frameReady() comes when its frame is there.
    void show(ClipSlot slot);
    [[nodiscard]] ClipSlot shown() const;

    void play();
    void pause();
    void togglePlaying();
    [[nodiscard]] bool isPlaying() const; ///< what the user wants: true also in the pause of a loop's wrap
    void seek(qint64 ms); ///< newest wins
    void stepFrames(int count); ///< pauses, then exactly that many frames
    void setLoop(bool on);
    void setMuted(bool on);
    void setVolume(int percent);
    void setSpeed(double rate); ///< 0.25–2
    [[nodiscard]] double speed() const;
    [[nodiscard]] bool hasAudioOutput() const;

    [[nodiscard]] qint64 position() const; ///< ms of the shown frame
    [[nodiscard]] qint64 duration() const; ///< ms
    [[nodiscard]] int frameNumber() const; ///< of the shown frame; -1 before the first
    [[nodiscard]] double frameRate() const; ///< 0 before it is known
    [[nodiscard]] QSize frameSize() const; ///< px, before rotation

Q_SIGNALS:
    void frameReady(const QVideoFrame &frame); ///< the newest valid frame of the shown slot
    void playingChanged(bool playing);
    void positionChanged(qint64 ms);
    void durationChanged(qint64 ms);
    void shownChanged(taskreel::ClipSlot slot);
    void clipReady(taskreel::ClipSlot slot); ///< loaded; its first frame can be shown
    /// No decoder, broken file: Error::kind CannotDecode with the back end's words in detail.
    void failed(taskreel::ClipSlot slot, const taskreel::Error &error);
    void audioOutputChanged(bool available);
    void wrapped(); ///< the clip went round once

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace taskreel
