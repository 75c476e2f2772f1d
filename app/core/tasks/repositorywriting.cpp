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
    m_dirty.clear();
    m_removals.clear();
    m_restorals.clear();
    m_savedFiles.clear();
    return batch;
}

void TaskRepository::flush()
{
    const StoreBatch batch = takeBatch();
    const QStringList added = std::exchange(m_addedIds, {});
    if (!m_store) {
        m_shelf.sent(0);
        if (!added.isEmpty()) {
            QMetaObject::invokeMethod(
                this, [this, added] { Q_EMIT addCommitted(added); }, Qt::QueuedConnection);
        }
        return;
    }
    if (batch.isEmpty())
        return;
    const quint64 number = m_store->apply(batch);
    m_shelf.sent(number);
    if (!added.isEmpty())
        m_addsInFlight.insert(number, added);
}

void TaskRepository::batchCommitted(quint64 batch)
{
    const QStringList added = m_addsInFlight.take(batch);
    if (!added.isEmpty())
        Q_EMIT addCommitted(added);
}

void TaskRepository::batchFailed(quint64 batch, const Error &error)
{
    Q_EMIT storeFailed(error);
    const auto added = m_addsInFlight.constFind(batch);
    if (added != m_addsInFlight.cend())
        Q_EMIT addNotWritten(*added);
}

} // namespace taskreel
