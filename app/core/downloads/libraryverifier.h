// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloads/savedfind.h"

#include <QElapsedTimer>
#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <memory>

namespace taskreel {

/// *Verify library*: reads every saved file anew, one after the other, on a thread of its own, and
/// compares length and content with what was recorded when it was saved. The rows learn what was
/// found as it goes on. Nothing on the disk is changed. GUI thread.
class LibraryVerifier final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LibraryVerifier)

public:
    enum class State {
        Idle,
        Running,
        Finished,
        Stopped, ///< by stop(): the files after that are not judged
    };
    struct Progress
    {
        int files = 0; ///< judged
        int filesTotal = 0;
        qint64 bytes = 0; ///< read, or known to be not worth reading
        qint64 bytesTotal = 0;
        qint64 secondsLeft = -1; ///< -1: not known
        bool operator==(const Progress &) const = default;
    };

    /// @param repository borrowed, outlives this
    explicit LibraryVerifier(TaskRepository *repository, QObject *parent = nullptr);
    ~LibraryVerifier() override; ///< waits for the piece that is being read

    /// What was found before is forgotten. Nothing while it runs.
    void start(const QList<StoredFile> &files);
    void stop();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] Progress progress() const;
    /// Files that are not as they were saved, in the order in which they were found.
    [[nodiscard]] const QList<SavedFind> &findings() const { return m_findings; }
    [[nodiscard]] int count(FileFind find) const; ///< of the files judged so far

Q_SIGNALS:
    void stateChanged();
    void progressed(); ///< at most 4 a second, and at the end
    void found(int first, int count); ///< findings() from `first` on are new

private:
    /// What the thread has to tell since it last did.
    struct News
    {
        QList<SavedFind> judged;
        qint64 bytes = 0;
    };
    void verify(const QList<StoredFile> &files,
                const std::function<void(const News &)> &tell) const;
    void take(const News &news);
    void end();

    TaskRepository *m_repository;
    QThreadPool m_pool; ///< of one thread: a slow disk holds up nothing else
    std::atomic_bool m_stop = false; ///< read there
    State m_state = State::Idle;
    QList<SavedFind> m_findings;
    Progress m_progress;
    int m_counts[4] = {}; ///< by FileFind
    QElapsedTimer m_clock;
};

} // namespace taskreel
