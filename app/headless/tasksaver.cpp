// SPDX-License-Identifier: MIT
#include "headless/tasksaver.h"

#include "core/appcontext.h"
#include "core/downloads/downloadplan.h"
#include "core/downloads/downloadqueue.h"
#include "core/settings/appsettings.h"

#include <algorithm>
#include <utility>

namespace taskreel {

TaskSaver::TaskSaver(AppContext *context, VariantWish wish, bool once, QObject *parent)
    : QObject(parent), m_context(context), m_wish(wish)
{
    DownloadQueue *queue = context->downloads();
    if (once)
        queue->setPatience({.tries = 1});
    connect(queue, &DownloadQueue::saved, this, [this](const AssetId &asset) {
        if (const auto row = m_rows.constFind(asset); row != m_rows.cend())
            look(QString(*row));
    });
    connect(queue, &DownloadQueue::failed, this, &TaskSaver::look);
    connect(queue, &DownloadQueue::stopChanged, this, &TaskSaver::stop);
    connect(queue->list(), &DownloadList::changed, this, &TaskSaver::lookForTrouble);
    // Nobody is here to be asked.
    connect(queue, &DownloadQueue::conflictsFound, queue, [queue](const QStringList &paths) {
        if (!paths.isEmpty())
            queue->decideConflicts(ConflictPolicy::SkipIdentical);
    });
}

bool TaskSaver::save(const QString &rowId, const Task &task)
{
    // The queue makes the same plan; only its assets matter here.
    const DownloadWish wish(m_wish, m_context->settings()->saveCovers());
    const QList<PlannedFile> files = planDownload(task, std::nullopt, wish, {});
    if (files.isEmpty())
        return false;
    for (const PlannedFile &file : files) {
        m_open[rowId].append(file.asset);
        m_rows.insert(file.asset, rowId);
    }
    DownloadQueue *queue = m_context->downloads();
    if (queue->stopError().kind == ErrorKind::None)
        queue->saveTasks({rowId}, m_wish);
    else
        QMetaObject::invokeMethod(this, &TaskSaver::endAll, Qt::QueuedConnection);
    return true;
}

FileOutcome TaskSaver::outcome(const AssetId &asset, const Error &without) const
{
    FileOutcome outcome;
    outcome.asset = asset;
    const DownloadQueue *queue = m_context->downloads();
    const DownloadItem *item = queue->list()->find(asset);
    outcome.name = item ? item->fileName() : QString();
    const StoredFile *saved = queue->savedFile(asset);
    if (saved && item && item->state == DownloadState::Done) {
        outcome.path = saved->path;
        outcome.bytes = saved->bytes;
        outcome.sha256 = saved->sha256;
    } else {
        outcome.error = item && item->state == DownloadState::Failed ? item->error : without;
    }
    return outcome;
}

void TaskSaver::look(const QString &rowId)
{
    const auto open = m_open.constFind(rowId);
    if (open == m_open.cend())
        return;
    const DownloadList *list = m_context->downloads()->list();
    const bool ready = std::all_of(open->cbegin(), open->cend(), [list](const AssetId &asset) {
        const DownloadItem *item = list->find(asset);
        return !item || item->state == DownloadState::Done || item->state == DownloadState::Failed;
    });
    if (!ready)
        return;
    QList<FileOutcome> files;
    const QList<AssetId> assets = m_open.take(rowId);
    for (const AssetId &asset : assets) {
        m_rows.remove(asset);
        files.append(outcome(asset, {ErrorKind::Cancelled, 0, {}, {}, -1}));
    }
    Q_EMIT ended(rowId, files);
}

void TaskSaver::lookForTrouble(const QSet<AssetId> &assets)
{
    for (const AssetId &asset : assets) {
        const DownloadItem *item = m_context->downloads()->list()->find(asset);
        if (!item || !item->nextTryAt.isValid() || m_troubles.value(asset) == item->tries)
            continue;
        m_troubles.insert(asset, item->tries);
        Q_EMIT troubled(item->fileName(), item->error);
    }
}

void TaskSaver::stop()
{
    const Error error = m_context->downloads()->stopError();
    if (error.kind == ErrorKind::None)
        return;
    Q_EMIT stopped(error);
    endAll();
}

void TaskSaver::endAll()
{
    const QHash<QString, QList<AssetId>> open = std::exchange(m_open, {});
    m_rows.clear();
    for (auto it = open.cbegin(); it != open.cend(); ++it) {
        QList<FileOutcome> files;
        for (const AssetId &asset : it.value())
            files.append(outcome(asset, m_context->downloads()->stopError()));
        Q_EMIT ended(it.key(), files);
    }
}

} // namespace taskreel
