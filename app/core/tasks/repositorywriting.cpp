// SPDX-License-Identifier: MIT
// The part of TaskRepository that writes to the store.
#include "core/tasks/taskrepository.h"

#include <utility>

namespace taskreel {

TaskSummary TaskRepository::forStore(const Row &row) const
{
    TaskSummary summary = row.summary;
    // Nothing is being saved after a restart.
    if (summary.saveState == SaveState::Saving)
        summary.saveState = stateOfFiles(row);
    return summary;
}

StoreBatch TaskRepository::takeBatch()
{
    StoreBatch batch;
    const auto idOf = [this](const QString &key) {
        const auto here = m_rows.constFind(key);
        return here != m_rows.cend() ? here->summary.id : m_removed.value(key).summary.id;
    };
    for (const QString &key : std::as_const(m_dirty)) {
        const auto here = m_rows.constFind(key);
        const auto gone = m_removed.constFind(key);
        if (here != m_rows.cend())
            batch.upserts.append(forStore(*here));
        else if (gone != m_removed.cend())
            batch.upserts.append(forStore(*gone));
    }
    for (const QString &key : std::as_const(m_removals))
        batch.removals.append(idOf(key));
    for (const QString &key : std::as_const(m_restorals))
        batch.restorals.append(idOf(key));
    batch.answers = m_shelf.unsent();
    batch.saved = m_savedFiles;
    batch.downloads = m_downloads.values();
    batch.forgottenDownloads = m_forgottenDownloads.values();
    m_downloads.clear();
    m_forgottenDownloads.clear();
    m_dirty.clear();
    m_removals.clear();
    m_restorals.clear();
    m_savedFiles.clear();
    return batch;
}

void TaskRepository::flush()
{
    const StoreBatch batch = takeBatch();
    const InFlight sent{std::exchange(m_addedIds, {}), std::exchange(m_recordedKeys, {}),
                        std::exchange(m_waiters, {}), false};
    if (!m_store) {
        m_shelf.sent(0);
        if (!sent.added.isEmpty()) {
            QMetaObject::invokeMethod(
                this, [this, added = sent.added] { Q_EMIT addCommitted(added); },
                Qt::QueuedConnection);
        }
        callBackLater(sent.waiters, true);
        return;
    }
    if (batch.isEmpty()) {
        // Nothing new: what was sent before may still be on its way.
        if (m_inFlight.isEmpty() || m_inFlight.last().refused)
            callBackLater(sent.waiters, m_inFlight.isEmpty());
        else
            m_inFlight.last().waiters += sent.waiters;
        return;
    }
    const quint64 number = m_store->apply(batch);
    m_shelf.sent(number);
    m_inFlight.insert(number, sent);
}

void TaskRepository::recordDownload(const StoredDownload &download)
{
    m_forgottenDownloads.remove(download.asset);
    m_downloads.insert(download.asset, download);
    scheduleTurn();
}

void TaskRepository::forgetDownload(const AssetId &asset)
{
    m_downloads.remove(asset);
    m_forgottenDownloads.insert(asset);
    scheduleTurn();
}

void TaskRepository::whenWritten(QObject *context, std::function<void(bool)> done)
{
    m_waiters.append({context, std::move(done)});
    scheduleTurn();
}

void TaskRepository::callBack(const QList<Waiter> &waiters, bool written)
{
    for (const Waiter &waiter : waiters) {
        if (waiter.context)
            waiter.done(written);
    }
}

void TaskRepository::callBackLater(const QList<Waiter> &waiters, bool written)
{
    if (waiters.isEmpty())
        return;
    QMetaObject::invokeMethod(
        this, [waiters, written] { callBack(waiters, written); }, Qt::QueuedConnection);
}

void TaskRepository::tellRecorded(const QStringList &keys)
{
    for (const QString &key : keys) {
        Row *row = rowAnywhere(key);
        // Another file of it may be on its way again; then its own end says so.
        if (!row || row->summary.saveState != SaveState::Saving)
            continue;
        row->summary.saveState = stateOfFiles(*row);
        row->summary.savePercent = 0;
        changed(*row, false);
    }
}

void TaskRepository::batchCommitted(quint64 batch)
{
    const InFlight sent = m_inFlight.take(batch);
    if (!sent.added.isEmpty())
        Q_EMIT addCommitted(sent.added);
    tellRecorded(sent.recorded);
    callBack(sent.waiters, true);
}

void TaskRepository::batchFailed(quint64 batch, const Error &error)
{
    Q_EMIT storeFailed(error);
    const auto sent = m_inFlight.find(batch);
    if (sent == m_inFlight.end())
        return;
    sent->refused = true;
    const QStringList added = sent->added;
    const QStringList recorded = std::exchange(sent->recorded, {});
    const QList<Waiter> waiters = std::exchange(sent->waiters, {});
    if (!added.isEmpty())
        Q_EMIT addNotWritten(added);
    tellRecorded(recorded); // the files are there all the same
    callBack(waiters, false);
}

} // namespace taskreel
