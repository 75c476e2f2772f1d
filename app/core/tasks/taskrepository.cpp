// SPDX-License-Identifier: MIT
#include "core/tasks/taskrepository.h"

#include <algorithm>
#include <utility>

namespace taskreel {

QString TaskRepository::keyOf(const QString &id)
{
    constexpr qsizetype kUuidLength = 36;
    const bool uuid = id.size() == kUuidLength && id.at(8) == u'-' && id.at(13) == u'-'
        && id.at(18) == u'-' && id.at(23) == u'-';
    return uuid ? id.toLower() : id;
}

TaskRepository::TaskRepository(Store *store, QObject *parent)
    : QObject(parent), m_store(store), m_shelf(store)
{
    m_turn.setSingleShot(true);
    m_turn.setInterval(0);
    connect(&m_turn, &QTimer::timeout, this, &TaskRepository::turn);
    connect(&m_shelf, &AnswerShelf::ready, this, &TaskRepository::answerAtHand);
    connect(&m_shelf, &AnswerShelf::failed, this, &TaskRepository::answerUnreadable);
    if (m_store) {
        connect(m_store, &Store::committed, this, &TaskRepository::batchCommitted);
        connect(m_store, &Store::writeFailed, this, &TaskRepository::batchFailed);
    }
}

TaskRepository::~TaskRepository()
{
    flush();
}

int TaskRepository::count() const
{
    return static_cast<int>(m_rows.size());
}

QStringList TaskRepository::ids() const
{
    QStringList ids;
    ids.reserve(m_order.size());
    for (const QString &key : m_order)
        ids.append(m_rows.constFind(key)->summary.id);
    return ids;
}

bool TaskRepository::contains(const QString &id) const
{
    return m_rows.contains(keyOf(id));
}

const TaskSummary *TaskRepository::find(const QString &id) const
{
    const auto it = m_rows.constFind(keyOf(id));
    return it == m_rows.cend() ? nullptr : &it->summary;
}

TaskRepository::Row *TaskRepository::rowOf(const QString &id)
{
    const auto it = m_rows.find(keyOf(id));
    return it == m_rows.end() ? nullptr : &*it;
}

TaskRepository::Row *TaskRepository::rowAnywhere(const QString &id)
{
    if (Row *row = rowOf(id))
        return row;
    const auto it = m_removed.find(keyOf(id));
    return it == m_removed.end() ? nullptr : &*it;
}

QDateTime TaskRepository::newAddedAt()
{
    QDateTime now = QDateTime::currentDateTimeUtc();
    if (m_lastAddedAt.isValid() && now <= m_lastAddedAt)
        now = m_lastAddedAt.addMSecs(1);
    m_lastAddedAt = now;
    return now;
}

AddOutcome TaskRepository::add(const QStringList &ids, const QDateTime &addedAt)
{
    AddOutcome outcome;
    const QDateTime at = addedAt.isValid() ? addedAt : newAddedAt();
    for (const QString &id : ids) {
        if (id.isEmpty())
            continue;
        if (const TaskSummary *known = find(id))
            outcome.known.append(known->id);
        else
            outcome.added.append(insert(id, at)->summary.id);
    }
    return outcome;
}

TaskRepository::Row *TaskRepository::insert(const QString &id, const QDateTime &addedAt)
{
    const QString key = keyOf(id);
    if (m_removed.contains(key)) {
        bringBack(key, addedAt);
    } else {
        Row row;
        row.summary.id = id;
        row.summary.sequence = ++m_lastSequence;
        row.summary.addedAt = addedAt;
        m_rows.insert(key, row);
        m_order.insert(row.summary.sequence, key);
    }
    Row *row = &m_rows[key];
    m_addedIds.append(row->summary.id);
    m_appearing.insert(key);
    m_dirty.insert(key);
    scheduleTurn();
    return row;
}

void TaskRepository::bringBack(const QString &key, const QDateTime &addedAt)
{
    Row row = m_removed.take(key);
    // Listeners that never saw it go keep it where it is.
    if (addedAt.isValid() && !m_announced.contains(key)) {
        row.summary.sequence = ++m_lastSequence;
        row.summary.addedAt = addedAt;
    }
    m_order.insert(row.summary.sequence, key);
    m_rows.insert(key, row);
    if (!m_removals.remove(key))
        m_restorals.insert(key);
    m_appearing.insert(key);
    scheduleTurn();
}

void TaskRepository::remove(const QStringList &ids)
{
    for (const QString &id : ids) {
        const QString key = keyOf(id);
        const auto it = m_rows.find(key);
        if (it == m_rows.end())
            continue;
        m_order.remove(it->summary.sequence);
        // The request's end is not told to it any more; back again, the poller says anew.
        if (it->summary.fetchState == FetchState::Asking
            || it->summary.fetchState == FetchState::Queued)
            it->summary.fetchState = FetchState::Idle;
        m_removed.insert(key, *it);
        m_rows.erase(it);
        if (!m_restorals.remove(key))
            m_removals.insert(key);
        m_appearing.insert(key);
    }
    scheduleTurn();
}

void TaskRepository::restore(const QStringList &ids)
{
    for (const QString &id : ids) {
        const QString key = keyOf(id);
        if (m_removed.contains(key))
            bringBack(key, {});
    }
}

void TaskRepository::setFetchState(const QString &id, FetchState state,
                                   const QDateTime &nextCheckAt)
{
    Row *row = rowOf(id);
    if (!row || (row->summary.fetchState == state && row->summary.nextCheckAt == nextCheckAt))
        return;
    row->summary.fetchState = state;
    row->summary.nextCheckAt = nextCheckAt;
    // A request on its way or in line means nothing after a restart; the due time does.
    changed(*row, state != FetchState::Asking && state != FetchState::Queued);
}

void TaskRepository::setFetchError(const QString &id, const Error &error)
{
    Row *row = rowOf(id);
    if (!row)
        return;
    row->summary.lastError = error;
    ++row->summary.failedTries;
    changed(*row, true);
}

void TaskRepository::setMarks(const QString &id, const TaskMarks &marks)
{
    Row *row = rowOf(id);
    TaskMarks tidy = marks;
    tidy.tags = tidyTags(marks.tags);
    if (!row || row->summary.marks == tidy)
        return;
    row->summary.marks = tidy;
    changed(*row, true);
}

void TaskRepository::setSaveState(const QString &id, SaveState state, int percent,
                                  const QString &error)
{
    Row *row = rowAnywhere(id); // a download of a row that was taken out goes on
    if (!row)
        return;
    TaskSummary next = row->summary;
    next.saveState = state == SaveState::NotSaved ? stateOfFiles(*row) : state;
    next.savePercent = state == SaveState::Saving ? std::clamp(percent, 0, 100) : 0;
    next.saveError = state == SaveState::Failed ? error : QString();
    if (next == row->summary)
        return;
    row->summary = next;
    changed(*row, state != SaveState::Saving);
}

void TaskRepository::setSaveHold(const QString &id, SaveHold hold)
{
    Row *row = rowAnywhere(id);
    if (!row || row->summary.saveHold == hold)
        return;
    row->summary.saveHold = hold;
    changed(*row, false);
}

void TaskRepository::recordSaved(const StoredFile &file)
{
    m_savedFiles.append(file);
    scheduleTurn();
    // A row that was taken out meanwhile comes back with its file.
    Row *row = rowAnywhere(file.asset.taskId);
    if (!row)
        return;
    row->files.insert(file.asset, file);
    row->gone.remove(file.asset);
    if (isResult(*row, file.asset.mediaKey))
        row->summary.savedPath = file.path;
    row->summary.saveError.clear();
    if (m_store) {
        row->summary.saveState = SaveState::Saving;
        row->summary.savePercent = 100;
        m_recordedKeys.append(keyOf(row->summary.id));
    } else {
        row->summary.saveState = stateOfFiles(*row);
        row->summary.savePercent = 0;
    }
    changed(*row, true);
    Q_EMIT fileSaved(file);
}

void TaskRepository::changed(const Row &row, bool write)
{
    const QString key = keyOf(row.summary.id);
    m_changed.insert(key);
    if (write)
        m_dirty.insert(key);
    scheduleTurn();
}

void TaskRepository::scheduleTurn()
{
    if (!m_turn.isActive())
        m_turn.start();
}

void TaskRepository::turn()
{
    flush();
    announce();
}

void TaskRepository::announce()
{
    QList<std::pair<qint64, QString>> added;
    QList<std::pair<qint64, QString>> altered;
    QList<std::pair<qint64, QString>> gone;
    const QSet<QString> touched = m_appearing + m_changed;
    for (const QString &key : touched) {
        const auto here = m_rows.constFind(key);
        const bool known = m_announced.contains(key);
        if (here != m_rows.cend()) {
            (known ? altered : added).append({here->summary.sequence, here->summary.id});
            m_announced.insert(key);
        } else if (known) {
            const TaskSummary &summary = m_removed.constFind(key)->summary;
            gone.append({summary.sequence, summary.id});
            m_announced.remove(key);
        }
    }
    m_appearing.clear();
    m_changed.clear();
    const auto inOrder = [](QList<std::pair<qint64, QString>> &rows) {
        std::sort(rows.begin(), rows.end());
        QStringList ids;
        ids.reserve(rows.size());
        for (const auto &[sequence, id] : std::as_const(rows))
            ids.append(id);
        return ids;
    };
    if (!added.isEmpty())
        Q_EMIT tasksAdded(inOrder(added));
    if (!altered.isEmpty())
        Q_EMIT tasksChanged(inOrder(altered));
    if (!gone.isEmpty())
        Q_EMIT tasksRemoved(inOrder(gone));
}

} // namespace taskreel
