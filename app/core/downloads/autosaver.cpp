// SPDX-License-Identifier: MIT
#include "core/downloads/autosaver.h"

#include "core/downloads/downloadqueue.h"
#include "core/settings/appsettings.h"
#include "core/tasks/taskrepository.h"

namespace taskreel {

AutoSaver::AutoSaver(TaskRepository *repository, DownloadQueue *queue, AppSettings *settings,
                     QObject *parent)
    : QObject(parent), m_repository(repository), m_queue(queue), m_settings(settings)
{
    connect(repository, &TaskRepository::loaded, this, &AutoSaver::takeAll);
    connect(repository, &TaskRepository::tasksAdded, this, &AutoSaver::take);
    connect(repository, &TaskRepository::tasksChanged, this, &AutoSaver::take);
    // A row that is taken out keeps its place: brought back meanwhile completed, it counts.
    takeAll();
}

void AutoSaver::takeAll()
{
    m_open.clear();
    take(m_repository->ids());
}

void AutoSaver::take(const QStringList &ids)
{
    QStringList turned;
    for (const QString &id : ids) {
        const TaskSummary *row = m_repository->find(id);
        if (!row)
            continue;
        if (row->status != TaskStatus::Completed)
            m_open.insert(id);
        else if (row->resultCount > 0 && m_open.remove(id))
            turned.append(id);
    }
    if (!turned.isEmpty() && m_settings->saveWhenCompleted())
        m_queue->saveTasks(turned,
                           m_settings->withoutWatermark() ? VariantWish::Unwatermarked
                                                          : VariantWish::Watermarked);
}

} // namespace taskreel
