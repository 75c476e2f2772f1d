// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"
#include "ui/stage/frameconverter.h"

#include <QImage>
#include <QObject>
#include <QSize>
#include <QString>
#include <QTimer>
#include <atomic>
#include <memory>

namespace taskreel {

class ClipPlayer;

/// What BackgroundClip asks for.
struct ClipOrder
{
    enum class What {
        Still, ///< one picture, from a tenth of the way in
        Play, ///< picture after picture, round and round
    };
    quint64 number = 0; ///< pictures carry it
    What what = What::Still;
    QString path;
    QSize boundPx; ///< a still fits into it, playing pictures cover it
};

/// One silent ClipPlayer on a thread of its own, since opening and seeking block the calling thread for
/// 20–80 ms. Owned by BackgroundClip; lives and dies on that thread.
class ClipWorker final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClipWorker)

public:
    ClipWorker();
    ~ClipWorker() override;

    void begin(const ClipOrder &order); ///< instead of what it did before
    void stop();
    /// Any thread: the last picture was taken, the next may be made.
    void pictureTaken() { m_pictureWaits = false; }

Q_SIGNALS:
    void picture(quint64 number, const QImage &picture);
    void failed(quint64 number, const taskreel::Error &error);

private:
    void makePlayer();
    void takeLoaded();
    void takeFrame();
    void takeSought();
    void takeEnd();
    void fail(const Error &error);
    void finishStill();
    [[nodiscard]] QImage shown();
    void rest();

    std::unique_ptr<ClipPlayer> m_player;
    FrameConverter m_converter;
    ClipOrder m_order; ///< number 0: nothing to do
    QTimer m_limit; ///< for a still
    QTimer m_wrap;
    QTimer m_idle; ///< then the player goes: it holds threads and memory
    std::atomic<bool> m_pictureWaits = false;
};

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::ClipOrder)
