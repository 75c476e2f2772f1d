// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"
#include "core/formats/answerreader.h"
#include "core/store/store.h"
#include "core/tasks/answershelf.h"

#include <QHash>
#include <QMap>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <functional>

namespace taskreel {

/// What adding did, for "38 added, 2 already here".
struct AddOutcome
{
    QStringList added;
    QStringList known;
    bool operator==(const AddOutcome &) const = default;
};

/// A task of another library.
struct ForeignTask
{
    TaskSummary summary;
    bool removed = false; ///< from the list there, not purged yet
    QList<ReadAnswer> answers; ///< the leading one, then those that fill its gaps
};

/// The list: every task's summary in memory, answers in the store. GUI thread. Changes are
/// collected and announced once a turn (a 0 ms timer), and go to the store as one batch a turn.
/// Merging an answer never takes anything away (the rules are in taskmerge). Ids that
/// are UUIDs are one whatever their case; a row keeps its id as it was first written.
class TaskRepository final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskRepository)

public:
    /// @param store borrowed; null: nothing is kept (headless without a library, tests)
    explicit TaskRepository(Store *store, QObject *parent = nullptr);
    ~TaskRepository() override;

    /// Replaces the list by what the library holds; replaced() and loaded() are emitted at once.
    /// @param removed not shown, but come back as they were when their ids are added again
    /// @param saved the files that decide SaveState::Saved and Partly from here on
    void load(const QList<TaskSummary> &tasks, const QList<TaskSummary> &removed = {},
              const QList<StoredFile> &saved = {});
    /// The same in slices: the list is emptied, each slice is announced by rowsLoaded(), loaded()
    /// follows the last. Begun anew, nothing of the slices until then stays.
    void beginLoading();
    /// What somebody did to a row before its slice came is void: the library knows more of it.
    /// @param lastSequence the highest of all slices
    void loadSlice(const QList<TaskSummary> &tasks, const QList<TaskSummary> &removed,
                   qint64 lastSequence);
    void endLoading(const QList<StoredFile> &saved);

    [[nodiscard]] int count() const;
    [[nodiscard]] QStringList ids() const; ///< in order of adding
    [[nodiscard]] bool contains(const QString &id) const;
    /// Null if unknown. Valid until the next change.
    [[nodiscard]] const TaskSummary *find(const QString &id) const;

    /// Unknown ids become rows. addCommitted() follows when they are on disk, addNotWritten() when
    /// the disk refuses (addCommitted() then comes after all, once it takes them).
    /// @param addedAt of newAddedAt(), when several calls are one act of the user's
    AddOutcome add(const QStringList &ids, const QDateTime &addedAt = {});
    /// A time of adding later than any before: rows of one such time are one batch.
    [[nodiscard]] QDateTime newAddedAt();
    /// An answer from the service or from pasted text. Adds the row if needed.
    /// @param fromService false: an older pasted answer only fills gaps
    void merge(const ReadAnswer &answer, bool fromService);
    /// A task of another library: rows, marks and answers come together, nothing is taken away. What
    /// was removed there comes along as removed, unless it is in the list here. Files are not looked
    /// at. @return whether it was not known here
    bool adopt(const ForeignTask &task);
    void setFetchState(const QString &id, FetchState state, const QDateTime &nextCheckAt = {});
    /// A try failed: the last known state stays on screen.
    void setFetchError(const QString &id, const Error &error);
    /// NotSaved means: as the saved files say.
    void setSaveState(const QString &id, SaveState state, int percent = 0,
                      const QString &error = {});
    void setSaveHold(const QString &id, SaveHold hold);
    /// Saved when every result work has a saved file, else Partly: said once the record is on disk
    /// (or refused by it), until then the row is Saving.
    void recordSaved(const StoredFile &file);
    /// The files that were saved for a task, covers among them. Nobody has looked whether they are
    /// still there: see lostFiles().
    [[nodiscard]] QList<StoredFile> savedFiles(const QString &id) const;
    [[nodiscard]] QSet<AssetId> lostFiles(const QString &id) const;
    /// What a look at the disk has found: these of the saved files are not there any more, or were
    /// changed, the others are as they were. The row is Gone when a result is without a file by that.
    /// @param words short ones for the row: "Not there any more"
    void setLostFiles(const QString &id, const QSet<AssetId> &lost, const QString &words);
    void setMarks(const QString &id, const TaskMarks &marks);
    /// A file that is to be saved, as it stands: written with the turn, see whenWritten(). Rows are
    /// not looked at.
    void recordDownload(const StoredDownload &download);
    void forgetDownload(const AssetId &asset); ///< in one transaction with recordSaved() of a turn

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
    /// Calls `done` once every change made until now is on disk, or with false when the disk has
    /// refused it (storeFailed() has said so, and it is tried again). Never inside this call, not at
    /// all if `context` is gone by then. What tells the user that something is done waits for this.
    void whenWritten(QObject *context, std::function<void(bool written)> done);

Q_SIGNALS:
    void replaced(); ///< another list than before, perhaps an empty one that fills now
    void rowsLoaded(const QStringList &ids); ///< a slice of the library
    void loaded(); ///< all of the library is there
    // Announced once a turn, in this order; ids in order of adding.
    void tasksAdded(const QStringList &ids);
    void tasksChanged(const QStringList &ids);
    void tasksRemoved(const QStringList &ids);
    void addCommitted(const QStringList &ids); ///< on disk now
    void addNotWritten(const QStringList &ids); ///< with storeFailed(): in memory only
    void fileSaved(const taskreel::StoredFile &file); ///< with recordSaved(), at once
    void taskReady(const taskreel::Task &task);
    void answerReady(const QString &id, const QByteArray &json);
    /// An answer brought bytes without an address: who wants them kept takes them now. The kept
    /// answer holds only a marker.
    void inlineArrived(const taskreel::Task &task);
    void storeFailed(const taskreel::Error &error);

private:
    struct Row
    {
        TaskSummary summary;
        bool answered = false; ///< an answer is kept
        QHash<AssetId, StoredFile> files = {}; ///< saved ones, the newest an asset
        QSet<AssetId> gone = {}; ///< of these: not as they were saved, when last looked at
        [[nodiscard]] bool hasFile(const QString &mediaKey) const; ///< one that is not gone
    };
    struct Arrival
    {
        ReadAnswer answer;
        bool leading = false;
    };
    /// Answers that wait for the kept one to be read, in order of arrival.
    struct Arrivals
    {
        QList<Arrival> answers;
        bool merging = false; ///< on the pool
    };

    struct Waiter
    {
        QPointer<QObject> context;
        std::function<void(bool)> done;
    };
    /// What is to be said once a batch is on disk.
    struct InFlight
    {
        QStringList added; ///< ids
        QStringList recorded; ///< keys of rows with a new saved file
        QList<Waiter> waiters;
        bool refused = false; ///< by the disk, which is asked again
    };

    /// UUIDs are compared without case; other ids are opaque.
    [[nodiscard]] static QString keyOf(const QString &id);
    [[nodiscard]] Row *rowOf(const QString &id); ///< null if it is not in the list
    [[nodiscard]] Row *rowAnywhere(const QString &id); ///< taken out ones, too
    Row *insert(const QString &id, const QDateTime &addedAt);
    void restoreLost();
    void forgetAll();
    Row *putLoaded(QHash<QString, Row> &rows, const TaskSummary &summary);
    void makeOrderUnique(Row &row);
    Row *insertForeign(const ForeignTask &task);
    void mergeForeignAnswers(Row &row, const ForeignTask &task);
    void bringBack(const QString &key, const QDateTime &addedAt);
    void changed(const Row &row, bool write);
    void scheduleTurn();
    void turn();
    void announce();
    [[nodiscard]] StoreBatch takeBatch();
    [[nodiscard]] TaskSummary forStore(const Row &row) const;

    void noteAnswered(Row &row, bool fromService);
    void mergeArrivals(const QString &id, const KeptAnswer &kept);
    void arrivalsMerged(const QString &id, const KeptAnswer &kept, const KeptAnswer &merged);
    void apply(Row &row, const KeptAnswer &kept, const KeptAnswer &merged);
    void answerAtHand(const QString &id, const KeptAnswer &kept);
    void answerUnreadable(const QString &id, const Error &error);
    [[nodiscard]] SaveState stateOfFiles(const Row &row) const;
    [[nodiscard]] bool isResult(const Row &row, const QString &mediaKey) const;

    void batchCommitted(quint64 batch);
    void batchFailed(quint64 batch, const Error &error);
    void tellRecorded(const QStringList &keys);
    static void callBack(const QList<Waiter> &waiters, bool written);
    void callBackLater(const QList<Waiter> &waiters, bool written);

    Store *m_store;
    AnswerShelf m_shelf;
    QHash<QString, Row> m_rows; ///< by key (see keyOf())
    QHash<QString, Row> m_removed;
    QMap<qint64, QString> m_order; ///< sequence to key
    qint64 m_lastSequence = 0;
    QSet<qint64> m_sequences; ///< of rows loaded so far, removed ones too; while loading
    QDateTime m_lastAddedAt;

    QTimer m_turn;
    QSet<QString> m_announced; ///< keys that listeners know
    QSet<QString> m_appearing; ///< keys that came or went since the last announcement
    QSet<QString> m_changed;

    QSet<QString> m_dirty; ///< keys to write
    QSet<QString> m_removals;
    QSet<QString> m_restorals;
    QList<StoredFile> m_savedFiles;
    QHash<AssetId, StoredDownload> m_downloads;
    QSet<AssetId> m_forgottenDownloads;
    // Not sent to the store yet
    QStringList m_addedIds;
    QStringList m_recordedKeys;
    QList<Waiter> m_waiters;
    QMap<quint64, InFlight> m_inFlight; ///< by batch, in order of sending

    QHash<QString, Arrivals> m_arrivals; ///< by row id
    QSet<QString> m_tasksWanted; ///< row ids
    QSet<QString> m_answersWanted;
};

} // namespace taskreel
