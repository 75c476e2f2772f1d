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
    return std::exchange(m_newest, {});
}

void FrameMailbox::drop()
{
    const QMutexLocker lock(&m_mutex);
    m_newest = {};
}

// On the back end's thread.
void FrameMailbox::receive(const QVideoFrame &frame)
{
    if (!frame.isValid())
        return; // every setSource() and stop() sends one
    const QMutexLocker lock(&m_mutex);
    m_newest = frame;
    if (!std::exchange(m_posted, true))
        QMetaObject::invokeMethod(this, &FrameMailbox::mailed, Qt::QueuedConnection);
}

} // namespace taskreel
