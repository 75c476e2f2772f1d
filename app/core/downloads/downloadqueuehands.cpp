// SPDX-License-Identifier: MIT
// The part of DownloadQueue for what the user does with its items.
#include "core/downloads/downloadqueue.h"
#include "core/tasks/taskrepository.h"

#include <QFile>

#include <algorithm>
#include <utility>

namespace taskreel {

QList<AssetId> DownloadQueue::inState(std::initializer_list<DownloadState> states) const
{
    QList<AssetId> found;
    for (const AssetId &asset : m_list.order()) {
        if (std::find(states.begin(), states.end(), m_list.find(asset)->state) != states.end())
            found.append(asset);
    }
    return found;
}

void DownloadQueue::pause(const QList<AssetId> &assets)
{
    for (const AssetId &asset : assets) {
        DownloadItem *item = m_list.item(asset);
        if (!item)
            continue;
        if (item->job) {
            if (item->afterStop == DownloadItem::AfterStop::Remove)
                continue;
            item->afterStop = DownloadItem::AfterStop::Pause;
            item->job->stop(PartFate::Kept);
        } else if (item->state == DownloadState::Waiting) {
            item->left = false;
            item->nextTryAt = {};
            setState(*item, DownloadState::Paused);
        }
    }
    m_turn.start();
}

void DownloadQueue::resume(const QList<AssetId> &assets)
{
    clearStop();
    for (const AssetId &asset : assets) {
        if (DownloadItem *item = m_list.item(asset))
            startAgain(*item);
    }
    m_turn.start();
}

/// Paused, failed and waiting items: as soon as there is room.
void DownloadQueue::startAgain(DownloadItem &item)
{
    const DownloadState was = item.state;
    if (item.job && item.afterStop != DownloadItem::AfterStop::Nothing)
        item.afterStop = DownloadItem::AfterStop::StartAgain;
    if (was != DownloadState::Paused && was != DownloadState::Failed
        && was != DownloadState::Waiting)
        return;
    if (was == DownloadState::Failed) {
        m_rows.retryFile(item.taskId);
        m_failed = std::max(0, m_failed - 1);
    }
    item.left = false;
    item.tries = 0;
    item.nextTryAt = {};
    item.error = {};
    setState(item, DownloadState::Waiting);
    m_busy = true;
    m_turn.start();
}

void DownloadQueue::cancel(const QList<AssetId> &assets)
{
    QSet<AssetId> out;
    QSet<QString> rows;
    for (const AssetId &asset : assets) {
        DownloadItem *item = m_list.item(asset);
        if (!item || (item->isActive() && !item->job))
            continue; // what is being recorded is saved
        if (item->job) {
            item->afterStop = DownloadItem::AfterStop::Remove;
            item->job->stop(PartFate::Removed);
            continue;
        }
        if (item->state == DownloadState::Waiting || item->state == DownloadState::Paused) {
            m_rows.noteCancelled(item->taskId);
            rows.insert(item->taskId);
        }
        out.insert(asset);
    }
    takeOut(out);
    for (const QString &rowId : std::as_const(rows))
        m_rows.settle(rowId);
    m_turn.start();
}

/// Out of the list and the library; what a part file holds of them goes, too.
void DownloadQueue::takeOut(const QSet<AssetId> &assets)
{
    for (const AssetId &asset : assets) {
        const DownloadItem *item = m_list.find(asset);
        if (!item)
            continue;
        m_again.remove(asset);
        if (item->state != DownloadState::Done)
            m_services.repository->forgetDownload(asset);
        if (item->state == DownloadState::Done || item->record.targetPath.isEmpty())
            continue;
        m_services.fetcher->run(
            this, [part = item->record.partPath()] { return QFile::remove(part); }, [](bool) {});
    }
    m_list.remove(assets);
    Q_EMIT totalsChanged();
}

void DownloadQueue::cancelTask(const QString &taskId)
{
    const QList<Order> orders = m_orders.take(taskId);
    for (qsizetype i = 0; i < orders.size(); ++i)
        m_rows.endReading(taskId);
    QList<AssetId> assets;
    for (const AssetId &asset : m_list.order()) {
        const DownloadItem *item = m_list.find(asset);
        const bool open =
            item->state != DownloadState::Done && item->state != DownloadState::Failed;
        if (open && m_rows.rowIdOf(item->taskId) == taskId)
            assets.append(asset);
    }
    cancel(assets);
    m_rows.settle(taskId);
}

void DownloadQueue::cancelAll()
{
    const QHash<QString, QList<Order>> reading = std::exchange(m_orders, {});
    for (auto it = reading.cbegin(); it != reading.cend(); ++it) {
        for (qsizetype i = 0; i < it->size(); ++i)
            m_rows.endReading(it.key());
        m_rows.settle(it.key());
    }
    cancel(inState({DownloadState::Waiting, DownloadState::Paused, DownloadState::Running,
                    DownloadState::Verifying}));
}

void DownloadQueue::moveTo(const QList<AssetId> &assets, qsizetype place)
{
    const QSet<AssetId> moved(assets.cbegin(), assets.cend());
    m_list.moveTo(moved, place);
    numberMoved(moved);
}

/// The library keeps the order by growing numbers: what was moved gets some of the gap where it is
/// now.
void DownloadQueue::numberMoved(const QSet<AssetId> &moved)
{
    const QList<AssetId> &order = m_list.order();
    const auto isMoved = [&moved](const AssetId &asset) { return moved.contains(asset); };
    const auto first = std::find_if(order.cbegin(), order.cend(), isMoved);
    const auto end = std::find_if_not(first, order.cend(), isMoved);
    if (first == order.cend())
        return;
    const qint64 count = end - first;
    constexpr qint64 kStep = 1024;
    qint64 below = 0;
    qint64 above = 0;
    if (end != order.cend())
        above = m_list.find(*end)->record.position;
    if (first != order.cbegin())
        below = m_list.find(*(first - 1))->record.position;
    if (end == order.cend())
        above = std::max(below, m_lastPosition) + kStep * (count + 1);
    if (first == order.cbegin())
        below = above - kStep * (count + 1);
    const bool roomy = above - below > count;
    const qint64 step = roomy ? (above - below) / (count + 1) : kStep;
    qint64 position = roomy ? below : 0;
    for (auto it = roomy ? first : order.cbegin(); it != (roomy ? end : order.cend()); ++it)
        setPosition(*m_list.item(*it), position += step);
    m_lastPosition = std::max(m_lastPosition, position);
}

void DownloadQueue::setPosition(DownloadItem &item, qint64 position)
{
    item.record.position = position;
    if (item.job) {
        item.job->setPosition(position);
        m_services.repository->recordDownload(item.job->record());
    } else if (!item.isActive() && item.state != DownloadState::Done) {
        writeRecord(item);
    }
}

void DownloadQueue::pauseAll()
{
    pause(inState({DownloadState::Waiting, DownloadState::Running, DownloadState::Verifying}));
}

void DownloadQueue::resumeAll()
{
    resume(inState({DownloadState::Paused, DownloadState::Waiting}));
}

void DownloadQueue::retryFailed()
{
    resume(inState({DownloadState::Failed}));
}

void DownloadQueue::clearDone()
{
    const QList<AssetId> done = inState({DownloadState::Done});
    takeOut({done.cbegin(), done.cend()});
}

void DownloadQueue::continueLeft()
{
    for (const AssetId &asset : m_list.order()) {
        if (DownloadItem *item = m_list.item(asset); item->left)
            startAgain(*item);
    }
}

int DownloadQueue::leftCount() const
{
    const QList<AssetId> &order = m_list.order();
    return static_cast<int>(
        std::count_if(order.cbegin(), order.cend(),
                      [this](const AssetId &asset) { return m_list.find(asset)->left; }));
}

void DownloadQueue::hurry()
{
    for (const AssetId &asset : m_list.order()) {
        DownloadItem *item = m_list.item(asset);
        if (item->state == DownloadState::Waiting)
            item->nextTryAt = {};
    }
    m_turn.start();
}

} // namespace taskreel
