// SPDX-License-Identifier: MIT
// The part of DetailPane for what the user does with the clip on its stage.
#include "ui/details/detailpane.h"
#include "ui/details/workviewer.h"

#include <algorithm>
#include <array>
namespace taskreel {

static constexpr std::array kSpeeds{0.25, 0.5, 1.0, 1.5, 2.0};

void DetailPane::togglePlaying()
{
    if (m_viewer->isPlayable())
        m_player->togglePlaying();
}

void DetailPane::stepFrames(int count)
{
    m_player->stepFrames(count);
}

void DetailPane::seekBy(qint64 ms)
{
    m_player->seekBy(ms);
}

void DetailPane::seekToStart()
{
    m_player->seek(0);
}

void DetailPane::seekToEnd()
{
    m_player->seek(m_player->duration());
}

void DetailPane::setSpeed(double rate)
{
    m_player->setSpeed(rate);
}

void DetailPane::speedUp()
{
    const auto next = std::find_if(kSpeeds.cbegin(), kSpeeds.cend(),
                                   [this](double rate) { return rate > m_player->speed() + 0.01; });
    if (next != kSpeeds.cend())
        m_player->setSpeed(*next);
}

void DetailPane::slowDown()
{
    const auto next = std::find_if(kSpeeds.crbegin(), kSpeeds.crend(),
                                   [this](double rate) { return rate < m_player->speed() - 0.01; });
    if (next != kSpeeds.crend())
        m_player->setSpeed(*next);
}

void DetailPane::nextWork()
{
    m_viewer->showItem(m_viewer->index() + 1);
}

void DetailPane::previousWork()
{
    m_viewer->showItem(m_viewer->index() - 1);
}

void DetailPane::tryAgain()
{
    m_viewer->tryAgain();
}

} // namespace taskreel
