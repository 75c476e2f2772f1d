// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QSlider;
class QToolButton;

namespace taskreel {

class ActionRegistry;
class AppSettings;
class PlaybackController;
class SeekSlider;
class Theme;

/// The actions that the bar has buttons for, by their id in the registry; a button whose action is missing
/// is hidden.
namespace transportaction {
inline constexpr QLatin1StringView kPreviousWork{"playback.previousWork"};
inline constexpr QLatin1StringView kPlay{"playback.toggle"};
inline constexpr QLatin1StringView kNextWork{"playback.nextWork"};
inline constexpr QLatin1StringView kLoop{"playback.loop"};
inline constexpr QLatin1StringView kMute{"playback.mute"};
inline constexpr QLatin1StringView kFullScreen{"playback.fullScreen"};
} // namespace transportaction

/// Below the stage: works, play, position, time, speed, loop, sound, full screen. Follows the player by
/// itself. Volume and time give way when it is narrow. GUI thread.
class Transport final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Transport)

public:
    /// All borrowed, all outlive the bar.
    struct Services
    {
        Theme *theme = nullptr;
        AppSettings *settings = nullptr;
        ActionRegistry *actions = nullptr;
        PlaybackController *player = nullptr;
    };
    explicit Transport(const Services &services, QWidget *parent = nullptr);

    void setPlayable(bool playable); ///< a clip or sound is shown
    void setWorkCount(int count); ///< with one work there is nothing to go to
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QToolButton *addButton(QLatin1StringView actionId, const QString &name, const QString &objectName,
                           const QString &iconName);
    void makePosition();
    void makeSpeed();
    void makeVolume();
    void layOut();
    void showPlaying(bool playing);
    void showMuted();
    void showPosition(qint64 ms);
    void showDuration(qint64 ms);
    void showTime(qint64 ms);
    void showSpeed(double rate);

    Services m_services;
    QToolButton *m_previous;
    QToolButton *m_play;
    QToolButton *m_next;
    SeekSlider *m_position;
    QLabel *m_time;
    QComboBox *m_speed;
    QToolButton *m_loop;
    QToolButton *m_mute;
    QSlider *m_volume;
    QToolButton *m_fullScreen;
};

} // namespace taskreel
