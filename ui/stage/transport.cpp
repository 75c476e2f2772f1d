// SPDX-License-Identifier: MIT
#include "ui/stage/transport.h"

#include "core/settings/appsettings.h"
#include "core/text/quantities.h"
#include "ui/common/actionregistry.h"
#include "ui/stage/playbackcontroller.h"
#include "ui/stage/seekslider.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {
constexpr std::array kSpeeds{0.25, 0.5, 1.0, 1.5, 2.0};
constexpr int kVolumeFrom = 560; ///< px: narrower bars have no volume slider
constexpr int kTimeFrom = 420;
constexpr int kKeyStepMs = 1000;
} // namespace

Transport::Transport(const Services &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_previous(addButton(transportaction::kPreviousWork, tr("Previous work"), u"previousWork"_s,
                           u"media-skip-backward"_s))
    , m_play(addButton(transportaction::kPlay, tr("Play"), u"play"_s, u"media-playback-start"_s))
    , m_next(addButton(transportaction::kNextWork, tr("Next work"), u"nextWork"_s,
                       u"media-skip-forward"_s))
    , m_position(new SeekSlider(this))
    , m_time(new QLabel(this))
    , m_speed(new QComboBox(this))
    , m_loop(addButton(transportaction::kLoop, tr("Loop"), u"loop"_s, u"media-playlist-repeat"_s))
    , m_mute(addButton(transportaction::kMute, tr("Mute"), u"mute"_s, u"audio-volume-high"_s))
    , m_volume(new SeekSlider(this))
    , m_fullScreen(addButton(transportaction::kFullScreen, tr("Full screen"), u"fullScreen"_s,
                             u"view-fullscreen"_s))
{
    setObjectName(u"transport"_s);
    makePosition();
    makeSpeed();
    makeVolume();
    layOut();
    connect(services.player, &PlaybackController::playingChanged, this, &Transport::showPlaying);
    connect(services.settings, &AppSettings::mutedChanged, this, &Transport::showMuted);
    showPlaying(services.player->isPlaying());
    showMuted();
    showDuration(services.player->duration());
    setPlayable(false);
    setWorkCount(0);
}

QToolButton *Transport::addButton(QLatin1StringView actionId, const QString &name,
                                  const QString &objectName, const QString &iconName)
{
    auto *button = new QToolButton(this);
    button->setObjectName(objectName);
    button->setAccessibleName(name);
    button->setIcon(m_services.theme->icon(iconName));
    button->setIconSize({measure::kIcon, measure::kIcon});
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    if (!m_services.actions->contains(actionId)) {
        button->hide();
        return button;
    }
    // Not setDefaultAction(): name, icon and tooltip of the button are its own.
    QAction *action = m_services.actions->action(actionId);
    button->setCheckable(action->isCheckable());
    button->setChecked(action->isChecked());
    const QList<QKeySequence> keys = m_services.actions->shortcutsOf(action);
    button->setToolTip(keys.isEmpty()
                           ? name
                           : u"%1 (%2)"_s.arg(name, keys.constFirst().toString(QKeySequence::NativeText)));
    connect(button, &QToolButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::toggled, button, &QToolButton::setChecked);
    return button;
}

void Transport::makePosition()
{
    m_position->setObjectName(u"position"_s);
    m_position->setAccessibleName(tr("Position"));
    m_position->setSingleStep(kKeyStepMs);
    m_position->setPageStep(kKeyStepMs);
    m_position->setFocusPolicy(Qt::TabFocus);
    m_time->setObjectName(u"time"_s);
    m_time->setTextFormat(Qt::PlainText);
    m_time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_time->setFont(m_services.theme->smallFont(font()));
    connect(m_position, &QSlider::valueChanged, m_services.player, [this](int ms) {
        m_services.player->seek(ms);
        showTime(ms);
    });
    connect(m_services.player, &PlaybackController::positionChanged, this, &Transport::showPosition);
    connect(m_services.player, &PlaybackController::durationChanged, this, &Transport::showDuration);
}

void Transport::makeSpeed()
{
    m_speed->setObjectName(u"speed"_s);
    m_speed->setAccessibleName(tr("Speed"));
    m_speed->setToolTip(tr("Speed"));
    m_speed->setFocusPolicy(Qt::TabFocus);
    for (const double rate : kSpeeds)
        m_speed->addItem(u"%1×"_s.arg(QLocale().toString(rate, 'g', 3)), rate);
    showSpeed(m_services.player->speed());
    connect(m_speed, &QComboBox::activated, m_services.player, [this](int index) {
        m_services.player->setSpeed(m_speed->itemData(index).toDouble());
    });
    connect(m_services.player, &PlaybackController::speedChanged, this, &Transport::showSpeed);
}

void Transport::makeVolume()
{
    m_volume->setObjectName(u"volume"_s);
    m_volume->setAccessibleName(tr("Volume"));
    m_volume->setToolTip(tr("Volume"));
    m_volume->setRange(0, 100);
    m_volume->setFixedWidth(72);
    m_volume->setFocusPolicy(Qt::TabFocus);
    m_volume->setValue(m_services.settings->volume());
    connect(m_volume, &QSlider::valueChanged, m_services.settings, &AppSettings::setVolume);
    connect(m_services.settings, &AppSettings::volumeChanged, m_volume, &QSlider::setValue);
}

void Transport::layOut()
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(measure::kGap, measure::kGrid, measure::kGap, measure::kGrid);
    row->setSpacing(measure::kGrid);
    for (QToolButton *button : {m_previous, m_play, m_next})
        row->addWidget(button);
    row->addWidget(m_position, 1);
    row->addWidget(m_time);
    row->addWidget(m_speed);
    for (QToolButton *button : {m_loop, m_mute})
        row->addWidget(button);
    row->addWidget(m_volume);
    row->addWidget(m_fullScreen);
}

void Transport::setPlayable(bool playable)
{
    const std::array<QWidget *, 6> controls{m_play, m_position, m_time, m_speed, m_loop, m_fullScreen};
    for (QWidget *control : controls)
        control->setEnabled(playable);
    // Pictures without sound can fill the screen too.
    m_fullScreen->setEnabled(true);
    if (!playable) {
        showDuration(0);
        showPosition(0);
    }
}

void Transport::setWorkCount(int count)
{
    m_previous->setEnabled(count > 1);
    m_next->setEnabled(count > 1);
}

void Transport::showPlaying(bool playing)
{
    m_play->setAccessibleName(playing ? tr("Pause") : tr("Play"));
    m_play->setIcon(m_services.theme->icon(playing ? u"media-playback-pause"_s
                                                   : u"media-playback-start"_s));
    m_play->setToolTip(playing ? tr("Pause (Space)") : tr("Play (Space)"));
}

void Transport::showMuted()
{
    m_mute->setIcon(m_services.theme->icon(m_services.settings->muted() ? u"audio-volume-muted"_s
                                                                        : u"audio-volume-high"_s));
}

void Transport::showPosition(qint64 ms)
{
    if (m_position->isSliderDown())
        return; // the hand is ahead of the player
    const QSignalBlocker quiet(m_position);
    m_position->setValue(int(ms));
    showTime(ms);
}

void Transport::showDuration(qint64 ms)
{
    const QSignalBlocker quiet(m_position);
    m_position->setRange(0, int(std::max<qint64>(0, ms)));
    showTime(m_services.player->position());
}

void Transport::showTime(qint64 ms)
{
    const QString text = u"%1 / %2"_s.arg(clockText(ms), clockText(m_position->maximum()));
    m_time->setText(text);
    m_position->setAccessibleDescription(text);
    // The widest digits decide, so that the slider does not tremble.
    const int wanted = m_time->fontMetrics().horizontalAdvance(u"0:00.0 / 0:00.0"_s) + measure::kGrid;
    m_time->setMinimumWidth(std::max(m_time->minimumWidth(), wanted));
}

void Transport::showSpeed(double rate)
{
    const auto nearest = std::min_element(kSpeeds.cbegin(), kSpeeds.cend(), [rate](double a, double b) {
        return std::abs(a - rate) < std::abs(b - rate);
    });
    m_speed->setCurrentIndex(int(nearest - kSpeeds.cbegin()));
}

QSize Transport::minimumSizeHint() const
{
    return {6 * (measure::kControlHeight + measure::kGrid) + 190,
            measure::kControlHeight + 2 * measure::kGrid};
}

void Transport::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_volume->setVisible(width() >= kVolumeFrom);
    m_time->setVisible(width() >= kTimeFrom);
}

} // namespace taskreel
