// SPDX-License-Identifier: MIT
#include "support/loopwatch.h"

#include <QAbstractEventDispatcher>
#include <QEventLoop>
#include <QTimer>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace taskreel::test {

static qint64 nowNs()
{
    return std::chrono::steady_clock::now().time_since_epoch() / 1ns;
}

LoopWatch::LoopWatch(QObject *parent) : QObject(parent)
{
    const QAbstractEventDispatcher *dispatcher = QAbstractEventDispatcher::instance();
    Q_ASSERT(dispatcher);
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, [this] { ++m_turns; });
    m_asker = std::thread([this] { ask(); });
}

LoopWatch::~LoopWatch()
{
    m_ends = true;
    m_asker.join();
}

void LoopWatch::ask()
{
    while (!m_ends) {
        std::this_thread::sleep_for(1ms);
        if (m_waiting.exchange(true))
            continue;
        QMetaObject::invokeMethod(
            this, [this, asked = nowNs()] { answer(asked); }, Qt::QueuedConnection);
    }
}

void LoopWatch::answer(qint64 askedNs)
{
    m_gapsNs.append(nowNs() - askedNs);
    m_waiting = false;
}

void LoopWatch::clear()
{
    m_gapsNs.clear();
    m_turns = 0;
}

LoopWatch::Figures LoopWatch::figures() const
{
    if (m_gapsNs.isEmpty())
        return {};
    QList<qint64> sorted = m_gapsNs;
    std::sort(sorted.begin(), sorted.end());
    const auto at = [&sorted](double share) {
        const auto index = static_cast<qsizetype>(share * static_cast<double>(sorted.size() - 1));
        return static_cast<double>(sorted.at(index)) / 1e6;
    };
    return {sorted.size(), at(0.5), at(0.99), at(1.0)};
}

QString LoopWatch::text() const
{
    const Figures f = figures();
    return u"p50 %1 ms, p99 %2 ms, max %3 ms (%4 looks, %5 turns)"_s.arg(
        QString::number(f.p50, 'f', 2), QString::number(f.p99, 'f', 2),
        QString::number(f.max, 'f', 2), QString::number(f.gaps), QString::number(m_turns));
}

void loopFor(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

bool loopUntil(const std::function<bool()> &done, int ms)
{
    if (done())
        return true;
    QEventLoop loop;
    bool isDone = false;
    QObject::connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake, &loop,
                     [&] {
                         if (isDone || !done())
                             return;
                         isDone = true;
                         loop.quit();
                     });
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
    return isDone;
}

} // namespace taskreel::test
