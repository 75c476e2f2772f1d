// SPDX-License-Identifier: MIT
#pragma once

#include "core/formats/answerreader.h"
#include "core/formats/taskidscanner.h"

#include <QObject>
#include <QStringList>

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

/// Any text to rows: answers in the text, then ids. Texts over 256 KiB are read on the pool, so the
/// window stays fluid with any size. GUI thread.
class Intake final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Intake)

public:
    explicit Intake(TaskRepository *repository, QObject *parent = nullptr);

    void addText(const QString &text);
    void addFiles(const QStringList &paths); ///< read on the pool; at most 64 MiB each
    /// Each argument is a file if one exists by that name, else a task id.
    void addArguments(const QStringList &arguments);

Q_SIGNALS:
    /// Once for each call, when the rows are on disk.
    void finished(const taskreel::IntakeReport &report);

private:
    TaskRepository *m_repository;
};

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::IntakeReport)
