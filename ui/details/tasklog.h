// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"

#include <QHash>
#include <QList>
#include <QObject>

namespace taskreel {

class TaskRepository;

/// What happened with each task in this run: asked, answered, failed tries, saved. Seen from the
/// repository's changes; a bounded number of lines a task, in memory only. GUI thread; owned by DetailPane.
class TaskLog final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskLog)

public:
    static constexpr qsizetype kMostLines = 100;

    /// @param repository borrowed, outlives this
    explicit TaskLog(TaskRepository *repository, QObject *parent = nullptr);

    /// Oldest first, one event a line, beginning with what the library knows of earlier runs.
    [[nodiscard]] QStringList lines(const QString &taskId) const;

Q_SIGNALS:
    void changed(const QStringList &taskIds);

private:
    struct Seen
    {
        TaskStatus status = TaskStatus::NotAsked;
        QDateTime answeredAt;
        Error lastError;
        int failedTries = 0;
        SaveState saveState = SaveState::NotSaved;
        QStringList lines;
    };
    void begin(const QStringList &ids);
    void take(const QStringList &ids);
    void compare(const TaskSummary &row, Seen &seen);
    static void append(Seen &seen, const QString &event);
    static void remember(const TaskSummary &row, Seen &seen);

    TaskRepository *m_repository;
    QHash<QString, Seen> m_seen;
};

} // namespace taskreel
