// SPDX-License-Identifier: MIT
#include "ui/stage/framegrabber.h"

#include "ui/stage/backgroundclip.h"

#include <utility>

namespace taskreel {

namespace {
constexpr QSize kBound{480, 480}; // px
} // namespace

FrameGrabber::FrameGrabber(BackgroundClip *clip, QObject *parent)
    : ClipFrameMaker(parent)
    , m_clip(clip)
{
    connect(clip, &BackgroundClip::picture, this, [this](quint64 number, const QImage &picture) {
        if (number != m_number)
            return;
        m_number = 0;
        const QString path = m_queue.takeFirst();
        pump();
        Q_EMIT made(path, picture);
    });
    connect(clip, &BackgroundClip::failed, this, [this](quint64 number, const Error &error) {
        if (number != m_number)
            return;
        m_number = 0;
        const QString path = m_queue.takeFirst();
        pump();
        Q_EMIT failed(path, error);
    });
}

void FrameGrabber::request(const QString &clipPath)
{
    if (!m_queue.contains(clipPath))
        m_queue.append(clipPath);
    pump();
}

void FrameGrabber::giveUp(const QString &clipPath)
{
    if (m_number != 0 && m_queue.constFirst() == clipPath)
        m_clip->stop(std::exchange(m_number, 0));
    m_queue.removeAll(clipPath);
    pump();
}

void FrameGrabber::setStagePlaying(bool playing)
{
    setHeld(m_stagePlays, playing);
}

void FrameGrabber::setHoverPlaying(bool playing)
{
    setHeld(m_hoverPlays, playing);
}

void FrameGrabber::setHeld(bool &reason, bool on)
{
    reason = on;
    if (on && m_number != 0)
        m_clip->stop(std::exchange(m_number, 0));
    pump();
}

void FrameGrabber::pump()
{
    if (m_number == 0 && !m_queue.isEmpty() && !m_stagePlays && !m_hoverPlays)
        m_number = m_clip->takeStill(m_queue.constFirst(), kBound);
}

} // namespace taskreel
