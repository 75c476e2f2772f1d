// SPDX-License-Identifier: MIT
#include "support/loopwatch.h"

#include <QAbstractEventDispatcher>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel::test {

LoopWatch::LoopWatch(QObject *parent)
    : QObject(parent)
{
    const QAbstractEventDispatcher *dispatcher = QAbstractEventDispatcher::instance();
    Q_ASSERT(dispatcher);
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, &LoopWatch::wake);
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &LoopWatch::block);
}

void LoopWatch::clear()
{
    m_gapsNs.clear();
    m_awakeSince.invalidate();
}

void LoopWatch::wake()
{
    // A loop that goes round without blocking is still one gap: the strict reading.
    if (!m_awakeSince.isValid())
        m_awakeSince.start();
}

void LoopWatch::block()
{
    if (m_awakeSince.isValid())
        m_gapsNs.append(m_awakeSince.nsecsElapsed());
    m_awakeSince.invalidate();
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
    return u"p50 %1 ms, p99 %2 ms, max %3 ms of %4 gaps"_s.arg(
        QString::number(f.p50, 'f', 2), QString::number(f.p99, 'f', 2),
        QString::number(f.max, 'f', 2), QString::number(f.gaps));
}

} // namespace taskreel::test
