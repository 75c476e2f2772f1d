// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

namespace taskreel {

class TaskRepository;
struct TaskSummary;

/// Tasks that ended by themselves, in batches. A task counts when it was seen unfinished and then
/// finished: one that was finished when it was first asked does not. A batch closes after a quiet
/// moment, at the latest a while after its first, and at once when nothing is unfinished any more.
/// GUI thread.
class EndWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EndWatch)

public:
    struct Times
    {
        int quietMs = 15'000; ///< without another end
        int longestMs = 120'000; ///< since the first one
    };

    /// @param repository borrowed, outlives this
    explicit EndWatch(TaskRepository *repository, QObject *parent = nullptr);
    EndWatch(TaskRepository *repository, const Times &times, QObject *parent = nullptr);

Q_SIGNALS:
    void ended(const QString &id); ///< each, in order of adding
    void batchClosed(const QStringList &ready, const QStringList &failed);

private:
    [[nodiscard]] static bool isUnderWay(const TaskSummary &row);
    void takeAll();
    void take(const QStringList &ids);
    void drop(const QStringList &ids);
    void close();

    TaskRepository *m_repository;
    Times m_times;
    QSet<QString> m_underWay;
    QStringList m_ready;
    QStringList m_failed;
    QTimer m_quiet;
    QTimer m_longest;
};

} // namespace taskreel
