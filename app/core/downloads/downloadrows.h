// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/error.h"
#include "core/domain/tasksummary.h"

#include <QHash>
#include <QString>

namespace taskreel {

class TaskRepository;

/// What the rows of the list say about saving: counts a task's files from the first that is asked
/// for to the last that has ended, and then gives the row its last word. GUI thread.
class DownloadRows final
{
public:
    explicit DownloadRows(TaskRepository *repository) : m_repository(repository) { }

    /// The row's id, by which rows go; also of a row that was taken out of the list meanwhile.
    [[nodiscard]] QString rowIdOf(const QString &taskId) const;
    [[nodiscard]] bool isEmpty() const { return m_rows.isEmpty(); }

    // Each ends in settle(), once what belongs together was told.
    void addFile(const QString &rowId);
    void addReading(const QString &rowId); ///< its answer is read, to see which files there are
    void endReading(const QString &rowId);
    void retryFile(const QString &rowId); ///< one that had failed
    void noteSaved(const QString &rowId);
    void noteCancelled(const QString &rowId);
    void noteFailed(const QString &rowId, const Error &error);
    void showProgress(const QString &rowId, int percentOfRunning); ///< the sum of its running files
    /// The row's last word, if none of its files is on its way.
    void settle(const QString &rowId);

private:
    struct Row
    {
        SaveState before = SaveState::NotSaved;
        QString errorBefore;
        int readings = 0;
        int files = 0;
        int saved = 0;
        int cancelled = 0;
        int failed = 0;
        Error lastError;
        [[nodiscard]] bool isOpen() const
        {
            return readings > 0 || saved + cancelled + failed < files;
        }
    };
    Row &row(const QString &rowId);

    TaskRepository *m_repository;
    QHash<QString, Row> m_rows;
};

} // namespace taskreel
