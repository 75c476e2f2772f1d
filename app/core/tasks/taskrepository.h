// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"
#include "core/formats/answerreader.h"
#include "core/store/store.h"

#include <QCache>
#include <QHash>
#include <QObject>
#include <QTimer>

namespace taskreel {

/// What adding did, for "38 added, 2 already here".
struct AddOutcome
{
    QStringList added;
    QStringList known;
    bool operator==(const AddOutcome &) const = default;
};

/// The list: every task's summary in memory, answers in the store. GUI thread. Changes are collected
/// and announced once a turn (a 0 ms timer), and go to the store as one batch a turn. Merging an
/// answer never takes anything away (DESIGN.md §4).
class TaskRepository final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskRepository)

public:
    /// @param store borrowed; null: nothing is kept (headless without a library, tests)
    explicit TaskRepository(Store *store, QObject *parent = nullptr);
    ~TaskRepository() override;

    void load(const QList<TaskSummary> &tasks);

    [[nodiscard]] int count() const;
    [[nodiscard]] QStringList ids() const; ///< in order of adding
    [[nodiscard]] bool contains(const QString &id) const;
    /// Null if unknown. Valid until the next change.
    [[nodiscard]] const TaskSummary *find(const QString &id) const;

    /// Unknown ids become rows. addCommitted() follows when they are on disk.
    AddOutcome add(const QStringList &ids);
    /// An answer from the service or from pasted text. Adds the row if needed.
    /// @param fromService false: an older pasted answer only fills gaps
    void merge(const ReadAnswer &answer, bool fromService);
    void setFetchState(const QString &id, FetchState state, const QDateTime &nextCheckAt = {});
    /// A try failed: the last known state stays on screen.
    void setFetchError(const QString &id, const Error &error);
    void setSaveState(const QString &id, SaveState state, int percent = 0, const QString &error = {});
    void recordSaved(const StoredFile &file);
    void setStarred(const QString &id, bool starred);

    /// Takes rows out; restore() brings them back as they were. Files are never touched.
    void remove(const QStringList &ids);
    void restore(const QStringList &ids);

    /// The full task of the kept answer: from a small cache, else taskReady() follows. std::nullopt
    /// with nothing following: no answer yet.
    [[nodiscard]] std::optional<Task> task(const QString &id);
    /// The redacted JSON of the kept answer for the raw view: answerReady() follows.
    void requestAnswer(const QString &id);
    /// Writes what is pending to the store now (it does so by itself each turn).
    void flush();

Q_SIGNALS:
    // Announced once a turn, in this order; ids in order of adding.
    void tasksAdded(const QStringList &ids);
    void tasksChanged(const QStringList &ids);
    void tasksRemoved(const QStringList &ids);
    void addCommitted(const QStringList &ids); ///< on disk now
    void taskReady(const taskreel::Task &task);
    void answerReady(const QString &id, const QByteArray &json);
    void storeFailed(const taskreel::Error &error);
};

} // namespace taskreel
