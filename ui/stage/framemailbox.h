// SPDX-License-Identifier: MIT
#pragma once

#include <QMutex>
#include <QObject>
#include <QVideoFrame>
#include <limits>

class QVideoSink;

namespace taskreel {

/// The way of frames from the back end's thread to the GUI thread: only one is kept, mostly the newest,
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

    /// While a seek is under way: a frame that starts at `us` or later gives way only to an earlier one,
    /// so that a busy GUI thread does not miss the frame that was sought.
    void preferEarliest(qint64 us);
    void preferNewest();

Q_SIGNALS:
    void mailed(); ///< GUI thread: take() has a frame, unless it was dropped or taken meanwhile

private:
    static constexpr qint64 kNever = std::numeric_limits<qint64>::max();

    void receive(const QVideoFrame &frame);

    QMutex m_mutex;
    QVideoFrame m_kept;
    qint64 m_earliestFrom = kNever;
    bool m_posted = false;
};

} // namespace taskreel
