// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloads/savedfind.h"

#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QStringList>

#include <atomic>
#include <memory>

namespace taskreel {

class TaskRepository;

/// Looks whether saved files are still what was saved, and lets the repository know. They are the
/// user's: they are moved, edited and removed at any time. One look at a time, on the pool: a
/// folder on the network may take long. A file that was written since it was saved is read once.
/// GUI thread.
class SavedWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SavedWatch)

public:
    /// @param repository borrowed, outlives this
    explicit SavedWatch(TaskRepository *repository, QObject *parent = nullptr);
    ~SavedWatch() override;

    /// Of these tasks, as soon as what is under way allows.
    void look(const QStringList &taskIds);

Q_SIGNALS:
    void looked(const QStringList &taskIds); ///< the repository knows by now

private:
    /// A file to look at.
    struct Wanted
    {
        StoredFile file;
        bool isLost = false; ///< at the last look
    };
    /// By path: what was read, and when it had been written then.
    using Read = QHash<QString, std::pair<QDateTime, FileFind>>;
    struct Finds
    {
        QList<SavedFind> found;
        Read read;
    };

    static std::optional<FileFind> find(const Wanted &wanted, Read &read,
                                        const std::atomic_bool &stop);
    void begin();
    void take(const QStringList &ids, const Finds &finds);

    TaskRepository *m_repository;
    std::shared_ptr<std::atomic_bool> m_stop; ///< read on the pool
    QStringList m_wanted;
    Read m_read;
    bool m_busy = false;
};

} // namespace taskreel
