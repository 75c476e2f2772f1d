// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QSet>
#include <QStringList>

namespace taskreel {

class AppSettings;
class DownloadQueue;
class TaskRepository;

/// Asks the queue to save tasks that turn completed while the program runs, when the setting says
/// so: each once, in the version that the switch stands at. What was completed when it came into
/// the list (at start, from another library, from a pasted answer) is left alone; an ID whose first
/// answer says that it has ended counts. GUI thread.
class AutoSaver final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AutoSaver)

public:
    /// All borrowed, all outlive this.
    AutoSaver(TaskRepository *repository, DownloadQueue *queue, AppSettings *settings,
              QObject *parent = nullptr);

private:
    void takeAll();
    void take(const QStringList &ids);

    TaskRepository *m_repository;
    DownloadQueue *m_queue;
    AppSettings *m_settings;
    QSet<QString> m_open; ///< seen in this run without being completed
};

} // namespace taskreel
