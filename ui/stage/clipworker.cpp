// SPDX-License-Identifier: MIT
#include "ui/stage/clipworker.h"

#include "ui/stage/clipplayer.h"

#include <QVideoFrame>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace taskreel {

namespace {

constexpr auto kStillLimit = 20s; // a busy machine; ClipPlayer itself gives up on broken clips
constexpr auto kIdleLimit = 5s;
constexpr auto kWrapPause = 30ms; // Qt 6.4.2 stalls when restarted at once

} // namespace

ClipWorker::ClipWorker()
    : m_limit(this)
    , m_wrap(this)
    , m_idle(this)
{
    m_limit.setSingleShot(true);
    m_limit.setInterval(kStillLimit);
    m_wrap.setSingleShot(true);
    m_wrap.setInterval(kWrapPause);
    m_idle.setSingleShot(true);
    m_idle.setInterval(kIdleLimit);
    connect(&m_limit, &QTimer::timeout, this,
            [this] { fail({ErrorKind::Timeout, 0, {}, u"no frame in time"_s, -1}); });
    connect(&m_wrap, &QTimer::timeout, this, [this] {
        if (m_order.number != 0)
            m_player->restart();
    });
    connect(&m_idle, &QTimer::timeout, this, [this] { m_player.reset(); });
}

ClipWorker::~ClipWorker() = default;

void ClipWorker::makePlayer()
{
    m_player = std::make_unique<ClipPlayer>();
    connect(m_player.get(), &ClipPlayer::loaded, this, &ClipWorker::takeLoaded);
    connect(m_player.get(), &ClipPlayer::frameArrived, this, &ClipWorker::takeFrame);
    connect(m_player.get(), &ClipPlayer::seekFinished, this, &ClipWorker::takeSought);
    connect(m_player.get(), &ClipPlayer::ended, this, &ClipWorker::takeEnd);
    connect(m_player.get(), &ClipPlayer::failed, this, &ClipWorker::fail);
}

void ClipWorker::begin(const ClipOrder &order)
{
    m_idle.stop();
    m_wrap.stop();
    m_limit.stop();
    m_order = order;
    m_pictureWaits = false;
    if (!m_player)
        makePlayer();
    if (order.what == ClipOrder::What::Still)
        m_limit.start();
    m_player->load(order.path, 0);
}

void ClipWorker::stop()
{
    if (m_order.number != 0)
        rest();
}

void ClipWorker::rest()
{
    m_order = {};
    m_limit.stop();
    m_wrap.stop();
    m_player->unload();
    m_idle.start();
}

void ClipWorker::takeLoaded()
{
    if (m_order.number == 0)
        return;
    if (m_order.what == ClipOrder::What::Play) {
        takeFrame();
        m_player->play();
        return;
    }
    const int tenth = m_player->lastFrame() / 10;
    if (tenth > m_player->frameNumber())
        m_player->seek(tenth);
    else
        finishStill();
}

void ClipWorker::takeSought()
{
    if (m_order.number != 0 && m_order.what == ClipOrder::What::Still)
        finishStill();
}

void ClipWorker::finishStill()
{
    const QImage image = shown();
    if (image.isNull()) {
        fail({ErrorKind::CannotDecode, 0, {}, u"frame cannot be converted"_s, -1});
        return;
    }
    const quint64 number = m_order.number;
    rest();
    Q_EMIT picture(number, image);
}

void ClipWorker::takeFrame()
{
    // A window that is busy gets fewer pictures, never a queue of them.
    if (m_order.number == 0 || m_order.what != ClipOrder::What::Play || m_pictureWaits)
        return;
    const QImage image = shown();
    if (image.isNull())
        return;
    m_pictureWaits = true;
    Q_EMIT picture(m_order.number, image);
}

void ClipWorker::takeEnd()
{
    if (m_order.number != 0)
        m_wrap.start();
}

void ClipWorker::fail(const Error &error)
{
    if (m_order.number == 0)
        return;
    const quint64 number = m_order.number;
    rest();
    Q_EMIT failed(number, error);
}

QImage ClipWorker::shown()
{
    const bool still = m_order.what == ClipOrder::What::Still;
    return m_converter.convertUpright(m_player->frame(), m_order.boundPx,
                                      still ? FrameConverter::Fit::Inside
                                            : FrameConverter::Fit::Cover);
}

} // namespace taskreel
