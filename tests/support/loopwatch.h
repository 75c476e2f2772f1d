// SPDX-License-Identifier: MIT
#pragma once

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QString>

namespace taskreel::test {

/// Records the event-loop gaps of the thread that it is made in: the time from the dispatcher's
/// awake() to its aboutToBlock(), in which no event can be handled.
class LoopWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LoopWatch)

public:
    struct Figures
    {
        qsizetype gaps = 0;
        double p50 = 0; ///< ms
        double p99 = 0;
        double max = 0;
    };

    explicit LoopWatch(QObject *parent = nullptr);

    void clear();
    [[nodiscard]] Figures figures() const;
    [[nodiscard]] QString text() const; ///< `p50 0.02 ms, p99 4.1 ms, max 9.8 ms of 1234 gaps`

private:
    void wake();
    void block();

    QElapsedTimer m_awakeSince;
    QList<qint64> m_gapsNs;
};

} // namespace taskreel::test
