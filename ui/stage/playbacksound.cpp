// SPDX-License-Identifier: MIT
// How PlaybackController follows the sound devices.
#include "ui/stage/clipplayer.h"
#include "ui/stage/playbackcontroller.h"

#include <QAudioDevice>
#include <QMediaDevices>

#include <algorithm>
#include <utility>
namespace taskreel {

void PlaybackController::setMuted(bool on)
{
    m_muted = on;
    updateAudio();
}

void PlaybackController::setVolume(int percent)
{
    m_volume = std::clamp(percent, 0, 100);
    updateAudio();
}

void PlaybackController::watchAudioDevices()
{
    // Not before the first clip: this loads the back end and looks for the sound server.
    if (m_devices)
        return;
    m_devices = new QMediaDevices(this);
    connect(m_devices, &QMediaDevices::audioOutputsChanged, this, &PlaybackController::updateAudio);
    updateAudio();
}

void PlaybackController::updateAudio()
{
    if (!m_devices)
        return;
    const bool available = !QMediaDevices::audioOutputs().isEmpty();
    for (ClipPlayer *clip : m_players) {
        clip->setAudioAvailable(available);
        clip->setAudible(!m_muted && clip == &lead(), m_volume);
    }
    if (std::exchange(m_audioAvailable, available) != available)
        Q_EMIT audioOutputChanged(available);
}

} // namespace taskreel
