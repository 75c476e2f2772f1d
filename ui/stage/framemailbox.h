// SPDX-License-Identifier: MIT
#pragma once

#include <QMutex>
#include <QObject>
#include <QVideoFrame>

class QVideoSink;

namespace taskreel {

/// The way of frames from the back end's thread to the GUI thread: only the newest valid one is kept,
/// and one queued call is under way at most, so that a busy window never falls behind.
class FrameMailbox final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FrameMailbox)

public:
    explicit FrameMailbox(QObject *parent = nullptr);

    void watch(QVideoSink *sink);
    [[nodiscard]] QVideoFrame take(); ///< invalid when there is none
    void drop();

Q_SIGNALS:
    void mailed(); ///< GUI thread: take() has a frame, unless it was dropped or taken meanwhile

private:
    void receive(const QVideoFrame &frame);

    QMutex m_mutex;
    QVideoFrame m_newest;
    bool m_posted = false;
};

} // namespace taskreel
