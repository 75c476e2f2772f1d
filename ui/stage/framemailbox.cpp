// SPDX-License-Identifier: MIT
#include "ui/stage/framemailbox.h"

#include <QMutexLocker>
#include <QVideoSink>
#include <utility>

namespace taskreel {

FrameMailbox::FrameMailbox(QObject *parent) : QObject(parent) {}

void FrameMailbox::watch(QVideoSink *sink)
{
    connect(sink, &QVideoSink::videoFrameChanged, this, &FrameMailbox::receive,
            Qt::DirectConnection);
}

QVideoFrame FrameMailbox::take()
{
    const QMutexLocker lock(&m_mutex);
    m_posted = false;
    return std::exchange(m_kept, {});
}

void FrameMailbox::drop()
{
    const QMutexLocker lock(&m_mutex);
    m_kept = {};
}

void FrameMailbox::preferEarliest(qint64 us)
{
    const QMutexLocker lock(&m_mutex);
    m_earliestFrom = us;
}

void FrameMailbox::preferNewest()
{
    preferEarliest(kNever);
}

// On the back end's thread.
void FrameMailbox::receive(const QVideoFrame &frame)
{
    if (!frame.isValid())
        return; // every setSource() and stop() sends one
    const QMutexLocker lock(&m_mutex);
    const bool better = m_kept.isValid() && m_kept.startTime() >= m_earliestFrom
        && m_kept.startTime() < frame.startTime();
    if (!better)
        m_kept = frame;
    if (!std::exchange(m_posted, true))
        QMetaObject::invokeMethod(this, &FrameMailbox::mailed, Qt::QueuedConnection);
}

} // namespace taskreel
