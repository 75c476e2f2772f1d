// SPDX-License-Identifier: MIT
#include "core/downloads/saveholds.h"

#include "core/downloads/downloadlist.h"
#include "core/tasks/taskrepository.h"

#include <QHash>

namespace taskreel {

namespace {

struct Files
{
    bool moving = false;
    bool waiting = false;
    bool paused = false;
};

SaveHold holdOf(const Files &files)
{
    if (files.moving)
        return SaveHold::None;
    if (files.waiting)
        return SaveHold::Waiting;
    return files.paused ? SaveHold::Paused : SaveHold::None;
}

void count(Files &files, const DownloadItem &item)
{
    switch (item.state) {
    case DownloadState::Waiting:
        (item.left ? files.paused : files.waiting) = true;
        break;
    case DownloadState::Running:
    case DownloadState::Verifying:
        files.moving = true;
        break;
    case DownloadState::Paused:
        files.paused = true;
        break;
    case DownloadState::Done:
    case DownloadState::Failed:
        break;
    }
}

} // namespace

SaveHolds::SaveHolds(const DownloadList *list, TaskRepository *repository, QObject *parent)
    : QObject(parent), m_list(list), m_repository(repository)
{
    connect(list, &DownloadList::appended, this, [this](const QList<AssetId> &assets) {
        look({assets.cbegin(), assets.cend()});
    });
    connect(list, &DownloadList::changed, this, &SaveHolds::look);
    connect(list, &DownloadList::removed, this, &SaveHolds::look);
}

/// By the tasks that these files belong to: one pass, however many there are.
void SaveHolds::look(const QSet<AssetId> &assets)
{
    QHash<QString, Files> tasks;
    for (const AssetId &asset : assets)
        tasks.insert(asset.taskId, {});
    for (const AssetId &asset : m_list->order()) {
        const auto task = tasks.find(asset.taskId);
        if (task != tasks.end())
            count(*task, *m_list->find(asset));
    }
    for (auto it = tasks.cbegin(); it != tasks.cend(); ++it)
        m_repository->setSaveHold(it.key(), holdOf(it.value()));
}

} // namespace taskreel
