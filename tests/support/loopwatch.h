// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QObject>
#include <QString>

#include <atomic>
#include <functional>
#include <thread>

namespace taskreel::test {

/// Records the event-loop gaps of the thread that it is made in: how long an event that another
/// thread posts, one a millisecond, waits until it is handled. That is what a click would wait.
///
/// The time between the dispatcher's awake() and aboutToBlock() would not do: Qt's own dispatcher
/// serves timers and sockets after aboutToBlock(), GLib's everything (tst_loopwatch shows it).
/// Those signals are only counted, as turns: where a wait polls (QTest::qWait() and what is made of
/// it), the loop never blocks, there are none, and the gaps are the poll's own. So wait with
/// loopFor() and loopUntil().
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
    ~LoopWatch() override;

    void clear();
    [[nodiscard]] int turns() const { return m_turns; } ///< of a loop that blocks between events
    [[nodiscard]] Figures figures() const;
    /// `p50 0.02 ms, p99 4.1 ms, max 9.8 ms (1234 looks, 345 turns)`
    [[nodiscard]] QString text() const;

private:
    void ask();
    void answer(qint64 askedNs);

    QList<qint64> m_gapsNs;
    int m_turns = 0;
    std::atomic<bool> m_waiting = false; ///< a posted event is not handled yet
    std::atomic<bool> m_ends = false;
    std::thread m_asker;
};

/// Turns the event loop as the program does, blocking between events.
void loopFor(int ms);
/// Until `done`, looked at once a turn. @return false: it was not done within `ms`
[[nodiscard]] bool loopUntil(const std::function<bool()> &done, int ms = 120'000);

} // namespace taskreel::test

/// Of a bench: as TASKREEL_TEST_MAIN. Qt's own dispatcher, whose turns LoopWatch counts; GLib's
/// counts others.
#define TASKREEL_BENCH_MAIN(TestClass, AppClass)                                                   \
    [[maybe_unused]] static const bool kWithoutGlib = qputenv("QT_NO_GLIB", "1");                  \
    TASKREEL_TEST_MAIN(TestClass, AppClass)

/// Fails the bench whose watch has seen nothing.
#define VERIFY_WATCHED(watch)                                                                      \
    QVERIFY2((watch).turns() > 0 && (watch).figures().gaps > 0, "the loop was not watched")
