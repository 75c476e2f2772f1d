// SPDX-License-Identifier: MIT
#pragma once

#include "core/store/store.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>

#include <atomic>
#include <memory>

namespace taskreel {

class MediaLibrary;
class TaskRepository;

/// A kept file that could go.
struct KeptClip
{
    /// What it would cost to lose it, the least first.
    enum class Class {
        AlsoSaved, ///< a saved file has the same content
        RemovedTask, ///< its task is not in the list any more
        OnlyHere, ///< watched and nowhere else
    };
    StoredFile file;
    Class loss = Class::OnlyHere;
    StoredFile saved; ///< of AlsoSaved
    bool inUse = false; ///< shown or copied just now: it stays
};

/// Holds the kept files to their budget (DESIGN.md §5): over it, first go clips that are also saved
/// (the saved file is read and compared), then those of removed tasks, the longest unseen first;
/// what is in use or was removed in this run stays. Watched clips that are nowhere else go only when
/// the user says so, and covers of listed tasks never. GUI thread; files are compared on the pool.
class KeptKeeper final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeptKeeper)

public:
    /// Both borrowed, both outlive this.
    KeptKeeper(TaskRepository *repository, MediaLibrary *media, QObject *parent = nullptr);
    ~KeptKeeper() override;

    void loadSaved(const QList<StoredFile> &saved);
    void noteSaved(const StoredFile &file);

    /// Everything that could go, in the order in which it should; by the records alone.
    [[nodiscard]] QList<KeptClip> clips() const;
    /// The user's choice goes: released() follows. Not what is in use by then, and AlsoSaved ones
    /// only if they are, indeed.
    void release(const QList<KeptClip> &clips);

Q_SIGNALS:
    /// Over the budget, and what may go by itself is gone. Once for each budget.
    void full(qint64 bytes, qint64 budget);
    void roomAgain();
    void released(int files, qint64 bytes, bool asked);

private:
    void makeRoom();
    void compare(const QList<KeptClip> &clips, qint64 enough, bool asked);
    void compared(const QList<KeptClip> &going, bool asked);
    void sayFull();

    TaskRepository *m_repository;
    MediaLibrary *m_media;
    QHash<AssetId, StoredFile> m_saved;
    QSet<QString> m_removedNow; ///< in this run: an undo may bring them back
    std::shared_ptr<std::atomic_bool> m_stop; ///< read on the pool
    bool m_busy = false;
    bool m_again = false; ///< something was asked meanwhile
    qint64 m_budgetSaid = -1;
};

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::KeptClip)
