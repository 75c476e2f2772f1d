// SPDX-License-Identifier: MIT
#include "ui/stage/backgroundclip.h"

using namespace Qt::StringLiterals;

namespace taskreel {

BackgroundClip::BackgroundClip(QObject *parent)
    : QObject(parent)
    , m_worker(new ClipWorker)
{
    m_thread.setObjectName(u"background clip"_s);
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &ClipWorker::picture, this, &BackgroundClip::passOn);
    connect(m_worker, &ClipWorker::failed, this, [this](quint64 number, const Error &error) {
        if (number != m_current)
            return;
        m_current = 0;
        Q_EMIT failed(number, error);
    });
}

BackgroundClip::~BackgroundClip()
{
    if (!m_thread.isRunning()) {
        delete m_worker; // nothing was ever asked for
        return;
    }
    m_thread.quit();
    m_thread.wait(); // for one call into the player at most
}

quint64 BackgroundClip::takeStill(const QString &path, const QSize &boundPx)
{
    return begin({0, ClipOrder::What::Still, path, boundPx});
}

quint64 BackgroundClip::play(const QString &path, const QSize &coverPx)
{
    return begin({0, ClipOrder::What::Play, path, coverPx});
}

quint64 BackgroundClip::begin(ClipOrder order)
{
    if (!m_thread.isRunning())
        m_thread.start();
    order.number = m_current = ++m_last;
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, order] { worker->begin(order); });
    return m_current;
}

void BackgroundClip::stop(quint64 number)
{
    if (number == 0 || number != m_current)
        return;
    m_current = 0;
    QMetaObject::invokeMethod(m_worker, &ClipWorker::stop);
}

void BackgroundClip::passOn(quint64 number, const QImage &image)
{
    if (number == m_current)
        Q_EMIT picture(number, image);
    m_worker->pictureTaken();
}

} // namespace taskreel
