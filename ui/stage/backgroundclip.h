// SPDX-License-Identifier: MIT
#pragma once

#include "ui/stage/clipworker.h"

#include <QObject>
#include <QThread>

namespace taskreel {

/// One hidden, silent player for small pictures: stills for clips without a cover, and the clip under the
/// pointer. Does one thing at a time; a new order ends the one before. It works on a thread of its own and
/// only finished pictures cross. GUI thread; owned by the window.
class BackgroundClip final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BackgroundClip)

public:
    explicit BackgroundClip(QObject *parent = nullptr);
    ~BackgroundClip() override;

    /// @return the order's number: picture() or failed() with it follow, never inside this call
    quint64 takeStill(const QString &path, const QSize &boundPx);
    quint64 play(const QString &path, const QSize &coverPx);
    void stop(quint64 number); ///< nothing, if another order was given since

Q_SIGNALS:
    void picture(quint64 number, const QImage &picture);
    void failed(quint64 number, const taskreel::Error &error);

private:
    quint64 begin(ClipOrder order);
    void passOn(quint64 number, const QImage &image);

    QThread m_thread;
    ClipWorker *m_worker; ///< deleted at the end of its thread
    quint64 m_current = 0; ///< 0: nothing was asked for
    quint64 m_last = 0;
};

} // namespace taskreel
