// SPDX-License-Identifier: MIT
// What is asked for becomes items. See downloadqueuerunning.cpp for how they are saved, and
// downloadqueuehands.cpp for what the user does with them.
#include "core/downloads/downloadqueue.h"

#include "core/formats/filenaming.h"
#include "core/media/medialibrary.h"
#include "core/tasks/taskrepository.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr int kTickMs = 250;
static constexpr qint64 kPositionStep = 1024; // room for what is moved between

DownloadQueue::DownloadQueue(const Services &services, QObject *parent)
    : QObject(parent), m_services(services), m_rows(services.repository),
      m_nameTemplate(kDefaultNameTemplate)
{
    m_turn.setSingleShot(true);
    m_turn.setInterval(0);
    m_tick.setSingleShot(true);
    m_tick.setInterval(kTickMs);
    m_nextTry.setSingleShot(true);
    m_clock.start();
    connect(&m_turn, &QTimer::timeout, this, &DownloadQueue::pump);
    connect(&m_tick, &QTimer::timeout, this, &DownloadQueue::tick);
    connect(&m_nextTry, &QTimer::timeout, this, &DownloadQueue::pump);
    connect(services.repository, &TaskRepository::taskReady, this, &DownloadQueue::taskRead);
    connect(services.repository, &TaskRepository::answerReady, this,
            [this](const QString &id, const QByteArray &json) {
                answerRead(id);
                answerArrived(id, json);
            });
}

DownloadQueue::~DownloadQueue() = default;

void DownloadQueue::loadSaved(const QList<StoredFile> &saved)
{
    m_saved.clear();
    for (const StoredFile &file : saved)
        m_saved.insert(file.asset, file);
}

void DownloadQueue::loadLeft(const QList<StoredDownload> &downloads)
{
    for (const StoredDownload &record : downloads) {
        if (DownloadItem *asked = m_list.item(record.asset)) {
            // Asked for anew, while the library was being read: it goes on from what is there.
            if (!asked->job && asked->record.targetPath.isEmpty()) {
                const qint64 position = asked->record.position;
                const Source source = asked->record.source;
                asked->record = record;
                asked->record.position = position;
                asked->record.source = source;
                writeRecord(*asked);
            }
            continue;
        }
        const QString rowId = m_rows.rowIdOf(record.asset.taskId);
        DownloadItem &item = m_list.append(record, rowId);
        item.state = record.state;
        item.error = record.error;
        item.total = record.total;
        item.left = record.state == DownloadState::Waiting;
        m_lastPosition = std::max(m_lastPosition, record.position);
        if (record.state != DownloadState::Failed)
            m_rows.addFile(rowId);
    }
    Q_EMIT totalsChanged();
}

QSet<AssetId> DownloadQueue::savedAssets() const
{
    const QList<AssetId> assets = m_saved.keys();
    return {assets.cbegin(), assets.cend()};
}

const StoredFile *DownloadQueue::savedFile(const AssetId &asset) const
{
    const auto it = m_saved.constFind(asset);
    return it == m_saved.cend() ? nullptr : &*it;
}

void DownloadQueue::adoptSaved(const StoredFile &file)
{
    m_saved.insert(file.asset, file);
    m_services.library->noteSaved(file);
    m_services.repository->recordSaved(file);
}

void DownloadQueue::setFolder(const QString &folder)
{
    if (m_folder != folder)
        clearStop(); // it may be on another disk
    m_folder = folder;
}

void DownloadQueue::setNameTemplate(const QString &nameTemplate)
{
    m_nameTemplate = nameTemplate.isEmpty() ? QString(kDefaultNameTemplate) : nameTemplate;
}

void DownloadQueue::setCovers(bool on)
{
    m_covers = on;
}

void DownloadQueue::setDetails(bool on)
{
    m_details = on;
}

void DownloadQueue::setConflictPolicy(ConflictPolicy policy)
{
    m_policy = policy;
    for (const AssetId &asset : m_list.order())
        m_list.item(asset)->decided.reset();
}


void DownloadQueue::setParallel(int downloads)
{
    m_parallel = std::max(1, downloads);
    m_turn.start();
}

void DownloadQueue::setPerHost(int downloads)
{
    m_perHost = std::max(1, downloads);
    m_turn.start();
}

void DownloadQueue::setSpeedLimit(qint64 bytesPerSecond)
{
    m_services.fetcher->setSpeedLimit(bytesPerSecond);
}

void DownloadQueue::saveTasks(const QStringList &taskIds, VariantWish wish)
{
    for (const QString &id : taskIds) {
        if (!request(id, {std::nullopt, wish, {}}))
            noteNothing(id);
    }
    m_turn.start();
}

void DownloadQueue::saveWork(const QString &taskId, const QString &workKey, VariantWish wish)
{
    if (!request(taskId, {workKey, wish, {}}))
        noteNothing(taskId);
    m_turn.start();
}

void DownloadQueue::saveAgain(const QList<AssetId> &assets)
{
    QHash<QString, QSet<AssetId>> byTask;
    for (const AssetId &asset : assets)
        byTask[asset.taskId].insert(asset);
    for (auto it = byTask.cbegin(); it != byTask.cend(); ++it) {
        if (!request(it.key(), {std::nullopt, VariantWish::Both, it.value()}))
            noteNothing(it.key());
    }
    m_turn.start();
}

void DownloadQueue::noteNothing(const QString &taskId)
{
    m_nothing.append(taskId);
    m_turn.start();
}

/// @return false when there is no answer to save from
bool DownloadQueue::request(const QString &taskId, const Order &order)
{
    const TaskSummary *row = m_services.repository->find(taskId);
    if (!row || !row->answeredAt.isValid())
        return false;
    const QString id = row->id;
    if (const std::optional<Task> task = m_services.repository->task(id)) {
        plan(id, *task, order);
        return true;
    }
    m_busy = true;
    m_rows.addReading(id);
    m_orders[id].append(order);
    // Follows even when the answer cannot be read, and after taskReady() when it can.
    m_services.repository->requestAnswer(id);
    return true;
}

void DownloadQueue::taskRead(const Task &task)
{
    const QString id = m_rows.rowIdOf(task.id);
    const QList<Order> orders = m_orders.take(id);
    for (const Order &order : orders) {
        plan(id, task, order);
        m_rows.endReading(id);
    }
    if (orders.isEmpty())
        return;
    m_rows.settle(id);
    m_turn.start();
}

void DownloadQueue::answerRead(const QString &taskId)
{
    const QList<Order> orders = m_orders.take(taskId);
    if (orders.isEmpty())
        return;
    // Its task would have come first: there is none, or it cannot be read.
    for (qsizetype i = 0; i < orders.size(); ++i)
        m_rows.endReading(taskId);
    noteNothing(taskId);
    m_rows.settle(taskId);
}

void DownloadQueue::plan(const QString &taskId, const Task &task, const Order &order)
{
    DownloadWish wish(order.wish, m_covers || !order.only.isEmpty());
    QList<PlannedFile> files =
        planDownload(task, order.workKey, wish, m_nameTemplate, pathRoomIn(m_folder));
    if (!order.only.isEmpty())
        files.removeIf(
            [&order](const PlannedFile &file) { return !order.only.contains(file.asset); });
    if (files.isEmpty())
        return noteNothing(taskId);
    for (const PlannedFile &file : std::as_const(files)) {
        if (!order.only.isEmpty())
            m_again.insert(file.asset);
        append(file, taskId);
    }
    m_turn.start();
}

void DownloadQueue::append(const PlannedFile &file, const QString &rowId)
{
    DownloadItem *known = m_list.item(file.asset);
    if (known && known->state != DownloadState::Done) {
        known->record.source = file.source; // it may be fresher
        return startAgain(*known);
    }
    if (known)
        m_list.remove({file.asset});
    m_busy = true;
    clearStop();
    StoredDownload record;
    record.asset = file.asset;
    record.position = m_lastPosition += kPositionStep;
    record.kind = file.kind;
    record.source = file.source;
    record.relativePath = file.relativePath;
    writeRecord(m_list.append(record, rowId));
    m_rows.addFile(rowId);
}

void DownloadQueue::writeRecord(const DownloadItem &item)
{
    StoredDownload record = item.record;
    record.source.inlineBytes.clear(); // kept already: see MediaLibrary::keepInline()
    const bool stays = item.state == DownloadState::Paused || item.state == DownloadState::Failed;
    record.state = stays ? item.state : DownloadState::Waiting;
    record.error = item.error;
    m_services.repository->recordDownload(record);
}

DownloadTotals DownloadQueue::totals() const
{
    DownloadTotals totals;
    for (const AssetId &asset : m_list.order()) {
        const DownloadItem *item = m_list.find(asset);
        totals.waiting += item->state == DownloadState::Waiting && !item->left ? 1 : 0;
        totals.paused += item->state == DownloadState::Paused || item->left ? 1 : 0;
        if (!item->isActive())
            continue;
        ++totals.running;
        totals.received += item->job ? item->job->received() : item->received;
    }
    totals.done = m_done;
    totals.failed = m_failed;
    totals.bytesPerSecond = m_rate.bytesPerSecond();
    totals.secondsLeft = secondsLeft(totals.bytesPerSecond);
    return totals;
}

} // namespace taskreel
