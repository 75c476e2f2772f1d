// SPDX-License-Identifier: MIT
#include "core/downloads/downloadqueue.h"

#include "core/formats/filenaming.h"
#include "core/tasks/taskrepository.h"
#include "core/text/errortext.h"

#include <QDateTime>
#include <QLoggingCategory>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

Q_LOGGING_CATEGORY(lcDownloads, "taskreel.downloads", QtInfoMsg)

static constexpr int kTickMs = 250;

DownloadQueue::DownloadQueue(const Services &services, QObject *parent)
    : QObject(parent), m_services(services), m_nameTemplate(kDefaultNameTemplate)
{
    m_turn.setSingleShot(true);
    m_turn.setInterval(0);
    m_tick.setSingleShot(true);
    m_tick.setInterval(kTickMs);
    m_clock.start();
    connect(&m_turn, &QTimer::timeout, this, &DownloadQueue::pump);
    connect(&m_tick, &QTimer::timeout, this, &DownloadQueue::tick);
    connect(services.repository, &TaskRepository::taskReady, this, &DownloadQueue::taskRead);
    connect(services.repository, &TaskRepository::answerReady, this, &DownloadQueue::answerRead);
}

DownloadQueue::~DownloadQueue() = default;

void DownloadQueue::loadSaved(const QList<StoredFile> &saved)
{
    m_saved.clear();
    for (const StoredFile &file : saved)
        m_saved.insert(file.asset, file);
}

QSet<AssetId> DownloadQueue::savedAssets() const
{
    const QList<AssetId> assets = m_saved.keys();
    return {assets.cbegin(), assets.cend()};
}

void DownloadQueue::adoptSaved(const StoredFile &file)
{
    m_saved.insert(file.asset, file);
    m_services.library->noteSaved(file);
    m_services.repository->recordSaved(file);
}

void DownloadQueue::setFolder(const QString &folder)
{
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

void DownloadQueue::setParallel(int downloads)
{
    m_parallel = std::max(1, downloads);
    m_turn.start();
}

void DownloadQueue::saveTasks(const QStringList &taskIds, VariantWish wish)
{
    for (const QString &id : taskIds) {
        if (!request(id, {std::nullopt, wish}))
            noteNothing(id);
    }
    m_turn.start();
}

void DownloadQueue::saveWork(const QString &taskId, const QString &workKey, VariantWish wish)
{
    if (!request(taskId, {workKey, wish}))
        noteNothing(taskId);
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
    entryFor(*row).orders.append(order);
    // Follows even when the answer cannot be read, and after taskReady() when it can.
    m_services.repository->requestAnswer(id);
    m_services.repository->setSaveState(id, SaveState::Saving);
    m_busy = true;
    return true;
}

DownloadQueue::Entry &DownloadQueue::entryFor(const TaskSummary &row)
{
    auto it = m_entries.find(row.id);
    if (it == m_entries.end()) {
        Entry entry;
        entry.before = row.saveState == SaveState::Saving ? SaveState::NotSaved : row.saveState;
        entry.errorBefore = row.saveError;
        it = m_entries.insert(row.id, entry);
    }
    return *it;
}

QString DownloadQueue::rowIdOf(const QString &taskId) const
{
    if (const TaskSummary *row = m_services.repository->find(taskId))
        return row->id;
    if (m_entries.contains(taskId))
        return taskId;
    for (auto it = m_entries.cbegin(); it != m_entries.cend(); ++it) {
        if (it.key().compare(taskId, Qt::CaseInsensitive) == 0)
            return it.key();
    }
    return taskId;
}

void DownloadQueue::taskRead(const Task &task)
{
    const QString id = rowIdOf(task.id);
    const auto it = m_entries.find(id);
    if (it == m_entries.end())
        return;
    const QList<Order> orders = std::exchange(it->orders, {});
    for (const Order &order : orders)
        plan(id, task, order);
    closeIfDone(id);
    m_turn.start();
}

void DownloadQueue::answerRead(const QString &taskId)
{
    const auto it = m_entries.find(taskId);
    if (it == m_entries.end() || it->orders.isEmpty())
        return;
    // Its task would have come first: there is none, or it cannot be read.
    it->orders.clear();
    noteNothing(taskId);
    closeIfDone(taskId);
}

bool DownloadQueue::isQueued(const AssetId &asset) const
{
    const auto isAsset = [&asset](const PlannedFile &file) { return file.asset == asset; };
    return std::any_of(m_waiting.cbegin(), m_waiting.cend(), isAsset)
        || std::any_of(m_running.cbegin(), m_running.cend(),
                       [&isAsset](const DownloadJob *job) { return isAsset(job->file()); });
}

void DownloadQueue::plan(const QString &taskId, const Task &task, const Order &order)
{
    const QList<PlannedFile> files = planDownload(
        task, order.workKey, {order.wish, m_covers}, m_nameTemplate, pathRoomIn(m_folder));
    if (files.isEmpty())
        return noteNothing(taskId);
    const TaskSummary *row = m_services.repository->find(taskId);
    // Taken out of the list meanwhile, what was asked for is saved all the same.
    Entry &entry = row ? entryFor(*row) : m_entries[taskId];
    for (const PlannedFile &file : files) {
        if (isQueued(file.asset))
            continue;
        m_waiting.append(file);
        ++entry.files;
    }
    m_services.repository->setSaveState(taskId, SaveState::Saving);
    m_busy = true;
    m_turn.start();
}

void DownloadQueue::pump()
{
    if (!m_nothing.isEmpty())
        Q_EMIT nothingToSave(std::exchange(m_nothing, {}));
    startNext();
    announceEmpty();
    if (m_busy && !m_tick.isActive())
        m_tick.start();
}

void DownloadQueue::startNext()
{
    if (m_preparing || m_waiting.isEmpty() || m_running.size() >= m_parallel)
        return;
    const PlannedFile file = m_waiting.takeFirst();
    auto *job = new DownloadJob(file, m_services.library, m_services.fetcher,
                                m_services.loopbackAllowed, this);
    connect(job, &DownloadJob::prepared, this, [this] {
        m_preparing = false;
        startNext();
    });
    connect(job, &DownloadJob::finished, this,
            [this, job](const Result<DownloadJob::Saved> &result) { jobFinished(job, result); });
    QSet<QString> taken;
    for (const DownloadJob *other : std::as_const(m_running))
        taken.insert(other->targetPath());
    m_running.append(job);
    m_preparing = true;
    const auto saved = m_saved.constFind(file.asset);
    job->start(m_folder, taken, saved == m_saved.cend() ? std::nullopt : std::optional(*saved));
}

void DownloadQueue::jobFinished(DownloadJob *job, const Result<DownloadJob::Saved> &result)
{
    const PlannedFile file = job->file();
    if (job->targetPath().isEmpty() || (result && result->wasThere))
        m_preparing = false; // it ended before, or in place of, prepared()
    m_running.removeOne(job);
    job->deleteLater();
    const QString id = rowIdOf(file.asset.taskId);
    Entry &entry = m_entries[id];
    if (result) {
        record(id, file, *result);
        return;
    }
    if (result.error().kind == ErrorKind::Cancelled) {
        ++entry.cancelled;
    } else {
        ++entry.failed;
        ++m_failed;
        entry.lastError = result.error();
        qCInfo(lcDownloads).noquote()
            << "not saved:" << file.asset.toString() << static_cast<int>(result.error().kind)
            << result.error().detail;
        Q_EMIT failed(id, result.error());
    }
    closeIfDone(id);
    m_turn.start();
}

/// Nobody is told that a file is saved before its record is on disk.
void DownloadQueue::record(const QString &taskId, const PlannedFile &file,
                           const DownloadJob::Saved &saved)
{
    const StoredFile record{
        file.asset, saved.path, saved.bytes, saved.sha256, QDateTime::currentDateTimeUtc(), {}};
    if (!saved.wasThere)
        m_bytesDone += saved.bytes;
    m_saved.insert(file.asset, record);
    m_services.repository->recordSaved(record);
    m_services.library->noteSaved(record);
    m_services.repository->whenWritten(this, [this, taskId, record](bool) {
        ++m_done;
        ++m_entries[taskId].saved;
        Q_EMIT this->saved(record.asset, record.path);
        closeIfDone(taskId);
        m_turn.start();
    });
    m_turn.start();
}

/// The row's last word once none of its files is on its way.
void DownloadQueue::closeIfDone(const QString &taskId)
{
    const auto it = m_entries.find(taskId);
    if (it == m_entries.end() || it->isOpen())
        return;
    const Entry entry = *it;
    m_entries.erase(it);
    TaskRepository *repository = m_services.repository;
    if (entry.failed > 0)
        return repository->setSaveState(taskId, SaveState::Failed, 0,
                                        errorSentence(entry.lastError, Retry::ByHand));
    const TaskSummary *row = repository->find(taskId);
    const bool told = row ? row->saveState != SaveState::Saving : entry.saved > 0;
    if (told)
        return; // recordSaved() has said what it is
    if (entry.saved > 0)
        repository->setSaveState(taskId, SaveState::Partly);
    else
        repository->setSaveState(taskId, entry.before, 0, entry.errorBefore);
}

void DownloadQueue::cancelTask(const QString &taskId)
{
    const auto it = m_entries.find(taskId);
    if (it == m_entries.end())
        return;
    it->orders.clear();
    const auto isOfTask = [this, &taskId](const PlannedFile &file) {
        return rowIdOf(file.asset.taskId) == taskId;
    };
    it->cancelled += static_cast<int>(m_waiting.removeIf(isOfTask));
    for (DownloadJob *job : std::as_const(m_running)) {
        if (isOfTask(job->file()))
            job->cancel();
    }
    closeIfDone(taskId);
    m_turn.start();
}

void DownloadQueue::cancelAll()
{
    const QStringList ids = m_entries.keys();
    for (const QString &id : ids)
        cancelTask(id);
}

void DownloadQueue::announceEmpty()
{
    if (!m_busy || !m_entries.isEmpty())
        return;
    const int done = std::exchange(m_done, 0);
    const int failedCount = std::exchange(m_failed, 0);
    m_busy = false;
    m_bytesDone = 0;
    m_rate.clear();
    Q_EMIT finished(done, failedCount);
}

void DownloadQueue::tick()
{
    if (m_busy) {
        qint64 bytes = m_bytesDone;
        for (const DownloadJob *job : std::as_const(m_running))
            bytes += job->received();
        m_rate.sample(m_clock.elapsed(), bytes);
        showProgress();
        m_tick.start();
    }
    Q_EMIT totalsChanged();
}

void DownloadQueue::showProgress()
{
    QHash<QString, int> percents; // of the running files of each task
    for (const DownloadJob *job : std::as_const(m_running)) {
        const qint64 part = job->total() > 0 ? job->received() * 100 / job->total() : 0;
        percents[job->file().asset.taskId] += static_cast<int>(part);
    }
    for (auto it = percents.cbegin(); it != percents.cend(); ++it) {
        const TaskSummary *row = m_services.repository->find(it.key());
        const auto entry = row ? m_entries.constFind(row->id) : m_entries.cend();
        if (entry == m_entries.cend() || entry->files == 0)
            continue;
        const int ended = (entry->saved + entry->failed + entry->cancelled) * 100;
        m_services.repository->setSaveState(row->id, SaveState::Saving,
                                            (ended + it.value()) / entry->files);
    }
}

/// Files that wait are taken to be as large as those that run.
qint64 DownloadQueue::secondsLeft(qint64 bytesPerSecond) const
{
    qint64 left = 0;
    qint64 sizes = 0;
    for (const DownloadJob *job : m_running) {
        if (job->total() < 0)
            return -1;
        left += job->total() - job->received();
        sizes += job->total();
    }
    if (bytesPerSecond <= 0 || m_running.isEmpty())
        return -1;
    left += sizes / m_running.size() * m_waiting.size();
    return (left + bytesPerSecond - 1) / bytesPerSecond;
}

DownloadTotals DownloadQueue::totals() const
{
    DownloadTotals totals;
    totals.waiting = static_cast<int>(m_waiting.size());
    totals.running = static_cast<int>(m_running.size());
    totals.done = m_done;
    totals.failed = m_failed;
    for (const DownloadJob *job : m_running)
        totals.received += job->received();
    totals.bytesPerSecond = m_rate.bytesPerSecond();
    totals.secondsLeft = secondsLeft(totals.bytesPerSecond);
    return totals;
}

} // namespace taskreel
