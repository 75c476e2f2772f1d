// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/intakereading.h"

#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <deque>

namespace taskreel {

class TaskRepository;

/// What one paste, drop, file or argument brought. All counts are of ids, each once.
struct IntakeReport
{
    QStringList added;
    QStringList known;
    QStringList notUnderstood;
    QStringList offered; ///< parents of derived tasks that are not here
    QStringList unreadableFiles; ///< with the system's words: `name: No such file`
    int answers = 0; ///< tasks that came with their answer and need no request
    bool operator==(const IntakeReport &) const = default;
};

/// Any text to rows: ids in order of the text, with the answers that came along. Texts over 256 KiB
/// are read on the pool and many answers are merged in slices, so the window stays fluid with any
/// size. Calls are worked on one after the other, so rows and reports keep the order of the calls.
/// GUI thread.
class Intake final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Intake)

public:
    explicit Intake(TaskRepository *repository, QObject *parent = nullptr);

    /// Until release() calls only queue: before the library is read nobody knows what is new.
    void hold();
    void release();

    void addText(const QString &text);
    void addFiles(const QStringList &paths); ///< read on the pool; at most 64 MiB each
    /// Each argument is a file if one exists by that name, else a task id.
    void addArguments(const QStringList &arguments);
    /// What is known to be task ids, from the account's history; each once.
    void addIds(const QStringList &ids);

Q_SIGNALS:
    /// Once for each call, in order of the calls, when the rows are on disk (or were refused by it:
    /// then TaskRepository::storeFailed() has said so).
    void finished(const taskreel::IntakeReport &report);

private:
    /// A call whose rows are on their way to the disk.
    struct Unfinished
    {
        IntakeReport report;
        QSet<QString> uncommitted;
    };

    void enqueue(const IntakeRequest &request);
    void startNext();
    void found(const IntakeFinds &finds);
    void addSlice();
    void addDone();
    void settled(const QStringList &ids);
    void reportFinished();

    TaskRepository *m_repository;
    std::deque<IntakeRequest> m_requests;
    bool m_held = false;
    bool m_busy = false; ///< one is being read or added
    std::deque<Unfinished> m_unfinished;

    // The one that is being added
    IntakeFinds m_finds;
    QHash<QString, QList<qsizetype>> m_answersOf; ///< lower-case id to places in m_finds.answers
    qsizetype m_nextId = 0;
    QDateTime m_addedAt;
    IntakeReport m_report;
    QSet<QString> m_uncommitted;

    QTimer m_slice;
    QTimer m_reporter;
};

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::IntakeReport)
