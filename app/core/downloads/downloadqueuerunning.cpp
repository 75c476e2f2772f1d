// SPDX-License-Identifier: MIT
// The part of DownloadQueue that runs jobs and takes their results.
#include "core/downloads/downloadqueue.h"
#include "core/downloads/sidecar.h"
#include "core/media/medialibrary.h"
#include "core/tasks/taskrepository.h"

#include <QLoggingCategory>
#include <QRandomGenerator>
#include <QUrl>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace taskreel {

Q_LOGGING_CATEGORY(lcDownloads, "taskreel.downloads", QtInfoMsg)

/// Files that are being checked, synced and recorded while others load: as many as keep the disk
/// busy.
static constexpr int kEndingMost = 8;

void DownloadQueue::pump()
{
    if (!m_nothing.isEmpty())
        Q_EMIT nothingToSave(std::exchange(m_nothing, {}));
    startNext();
    awaitNextTry();
    announceEmpty();
    if (m_busy && !m_tick.isActive())
        m_tick.start();
}

void DownloadQueue::startNext()
{
    if (m_preparing || m_stopError.kind != ErrorKind::None || nameDecided())
        return;
    if (DownloadItem *item = nextToStart())
        start(*item);
}

static QString hostOf(const DownloadItem &item)
{
    return QUrl::fromEncoded(item.record.source.url).host();
}

DownloadItem *DownloadQueue::nextToStart()
{
    QHash<QString, int> hosts;
    int loading = 0;
    int ending = 0;
    for (const AssetId &asset : m_list.order()) {
        const DownloadItem *item = m_list.find(asset);
        // Whoever waits for a word about its name holds up nobody.
        if (!item->isActive() || m_conflicts.contains(asset))
            continue;
        if (!item->job || item->job->isVerifying()) {
            ++ending;
            continue;
        }
        ++loading;
        ++hosts[hostOf(*item)];
    }
    if (loading >= m_parallel || ending >= kEndingMost)
        return nullptr;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const AssetId &asset : m_list.order()) {
        DownloadItem *item = m_list.item(asset);
        if (mayStart(*item, now) && hosts.value(hostOf(*item)) < m_perHost)
            return item;
    }
    return nullptr;
}

bool DownloadQueue::mayStart(const DownloadItem &item, const QDateTime &now) const
{
    return item.state == DownloadState::Waiting && !item.left
        && (!item.nextTryAt.isValid() || item.nextTryAt <= now);
}

void DownloadQueue::awaitNextTry()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QDateTime first;
    for (const AssetId &asset : m_list.order()) {
        const DownloadItem *item = m_list.find(asset);
        const bool waits = item->state == DownloadState::Waiting && !item->left;
        if (waits && item->nextTryAt > now && (!first.isValid() || item->nextTryAt < first))
            first = item->nextTryAt;
    }
    if (first.isValid())
        m_nextTry.start(static_cast<int>(std::min<qint64>(now.msecsTo(first) + 1, 3'600'000)));
    else
        m_nextTry.stop();
}

void DownloadQueue::start(DownloadItem &item)
{
    const AssetId asset = item.asset();
    item.record.state = DownloadState::Waiting;
    item.record.error = {};
    auto *job = new DownloadJob(item.record, m_services, this);
    const auto named = [this, job] {
        if (m_preparing == job)
            m_preparing = nullptr;
        startNext();
    };
    connect(job, &DownloadJob::prepared, this, named);
    connect(job, &DownloadJob::arrived, &m_turn, qOverload<>(&QTimer::start));
    connect(job, &DownloadJob::nameInUse, this, [this, asset, named](const QString &path) {
        conflictFound(asset, path);
        named();
    });
    connect(
        job, &DownloadJob::finished, this,
        [this, asset](const Result<DownloadJob::Saved> &result) { jobFinished(asset, result); });
    item.job = job;
    item.afterStop = DownloadItem::AfterStop::Nothing;
    item.nextTryAt = {};
    item.error = {};
    item.rate.clear();
    setState(item, DownloadState::Running);
    m_preparing = job;
    job->start(wishFor(item));
}

void DownloadQueue::jobFinished(const AssetId &asset, const Result<DownloadJob::Saved> &result)
{
    DownloadItem *item = m_list.item(asset);
    if (!item || !item->job)
        return;
    DownloadJob *job = item->job;
    if (m_preparing == job)
        m_preparing = nullptr;
    if (m_conflicts.remove(asset) > 0)
        Q_EMIT conflictsFound(m_conflicts.values());
    const qint64 position = item->record.position;
    item->record = job->record();
    item->record.position = position;
    const bool partKept = !item->record.validator.isEmpty();
    item->received = partKept ? std::max(item->received, job->received()) : job->received();
    if (job->total() >= 0 || !partKept)
        item->total = job->total();
    item->job = nullptr;
    job->deleteLater();
    if (result)
        recordSaved(*item, *result);
    else if (result.error().kind == ErrorKind::Cancelled)
        jobStopped(*item);
    else
        jobFailed(*item, result.error());
    m_turn.start();
}

/// Nobody is told that a file is saved before its record is on disk.
void DownloadQueue::recordSaved(DownloadItem &item, const DownloadJob::Saved &saved)
{
    item.afterStop = DownloadItem::AfterStop::Nothing; // too late
    m_again.remove(item.asset());
    const StoredFile file{
        item.asset(), saved.path, saved.bytes, saved.sha256, QDateTime::currentDateTimeUtc(), {}};
    if (!saved.wasThere)
        m_bytesDone += saved.bytes;
    item.path = saved.path;
    item.received = item.total = saved.bytes;
    setState(item, DownloadState::Verifying);
    ++m_recording;
    m_saved.insert(file.asset, file);
    m_services.repository->recordSaved(file);
    m_services.repository->forgetDownload(file.asset);
    m_services.library->noteSaved(file);
    if (m_details && !saved.wasThere) {
        m_detailsWanted[item.taskId].append(file);
        m_services.repository->requestAnswer(item.taskId);
    }
    m_services.repository->whenWritten(
        this, [this, file, rowId = item.taskId](bool) { noteSaved(file, rowId); });
}

void DownloadQueue::noteSaved(const StoredFile &file, const QString &rowId)
{
    --m_recording;
    ++m_done;
    if (DownloadItem *item = m_list.item(file.asset))
        setState(*item, DownloadState::Done);
    m_rows.noteSaved(rowId);
    Q_EMIT saved(file.asset, file.path);
    m_rows.settle(rowId);
    m_turn.start();
}

void DownloadQueue::answerArrived(const QString &taskId, const QByteArray &json)
{
    const QList<StoredFile> files = m_detailsWanted.take(taskId);
    for (const StoredFile &file : files) {
        m_services.fetcher->run(
            this,
            [path = file.path, bytes = sidecarBytes(file, json)] {
                return writeSidecar(path, bytes);
            },
            [](const Result<QString> &written) {
                // The file itself is saved: that is what was promised.
                if (!written)
                    qCWarning(lcDownloads).noquote() << "no details:" << written.error().detail;
            });
    }
}

void DownloadQueue::jobStopped(DownloadItem &item)
{
    const DownloadItem::AfterStop order =
        std::exchange(item.afterStop, DownloadItem::AfterStop::Nothing);
    if (order == DownloadItem::AfterStop::Pause)
        return setState(item, DownloadState::Paused);
    if (order == DownloadItem::AfterStop::StartAgain) {
        setState(item, DownloadState::Waiting);
        return startAgain(item);
    }
    m_rows.noteCancelled(item.taskId);
    const QString rowId = item.taskId;
    takeOut({item.asset()});
    m_rows.settle(rowId);
}

void DownloadQueue::jobFailed(DownloadItem &item, const Error &error)
{
    qCInfo(lcDownloads).noquote() << "not saved:" << item.asset().toString()
                                  << static_cast<int>(error.kind) << error.detail;
    if (item.afterStop == DownloadItem::AfterStop::Remove
        || item.afterStop == DownloadItem::AfterStop::StartAgain)
        return jobStopped(item);
    const bool paused = item.afterStop == DownloadItem::AfterStop::Pause;
    item.afterStop = DownloadItem::AfterStop::Nothing;
    if (item.received > item.receivedBefore)
        item.tries = 0;
    item.receivedBefore = item.received;
    ++item.tries;
    if (error.kind == ErrorKind::DiskFull) {
        item.error = error;
        setState(item, paused ? DownloadState::Paused : DownloadState::Waiting);
        return stopFor(error);
    }
    const bool passing = isPassing(error.kind) || error.kind == ErrorKind::Incomplete;
    if (paused)
        return setState(item, DownloadState::Paused);
    if (passing && item.tries < m_patience.tries)
        return tryLater(item, error);
    giveUp(item, error);
}

void DownloadQueue::tryLater(DownloadItem &item, const Error &error)
{
    qint64 wait = m_patience.firstMs << std::min(item.tries - 1, 20);
    wait = std::min(wait, m_patience.longestMs);
    wait += static_cast<qint64>(static_cast<double>(wait) * 0.2
                                * QRandomGenerator::global()->generateDouble());
    item.error = error;
    item.nextTryAt = QDateTime::currentDateTimeUtc().addMSecs(std::max(wait, error.retryAfterMs));
    setState(item, DownloadState::Waiting);
}

void DownloadQueue::giveUp(DownloadItem &item, const Error &error)
{
    const QString rowId = item.taskId;
    item.error = error;
    setState(item, DownloadState::Failed);
    ++m_failed;
    m_rows.noteFailed(rowId, error);
    Q_EMIT failed(rowId, error);
    m_rows.settle(rowId);
}

/// A full disk would fail one file after the other: all wait, nothing is lost.
void DownloadQueue::stopFor(const Error &error)
{
    if (m_stopError.kind == error.kind)
        return;
    m_stopError = error;
    Q_EMIT stopChanged();
}

void DownloadQueue::clearStop()
{
    if (std::exchange(m_stopError, {}).kind == ErrorKind::None)
        return;
    m_turn.start();
    Q_EMIT stopChanged();
}

void DownloadQueue::setState(DownloadItem &item, DownloadState state)
{
    item.state = state;
    if (state != DownloadState::Running && state != DownloadState::Verifying) {
        item.bytesPerSecond = 0;
        if (state != DownloadState::Done)
            writeRecord(item);
    }
    m_list.touch(item.asset());
}

void DownloadQueue::announceEmpty()
{
    if (!m_busy || !m_orders.isEmpty() || m_recording > 0)
        return;
    const bool stopped = m_stopError.kind != ErrorKind::None;
    for (const AssetId &asset : m_list.order()) {
        const DownloadItem *item = m_list.find(asset);
        const bool waits = item->state == DownloadState::Waiting && !item->left && !stopped;
        if (item->isActive() || waits)
            return;
    }
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
        QHash<QString, int> percents; // of the active files of each row
        for (const AssetId &asset : m_list.order()) {
            DownloadItem *item = m_list.item(asset);
            if (!item->isActive())
                continue;
            if (item->job) {
                item->received = std::max(item->received, item->job->received());
                item->total = std::max(item->total, item->job->total());
                // What an earlier try had brought is no speed.
                if (item->job->received() > 0)
                    item->rate.sample(m_clock.elapsed(), item->job->received());
                item->bytesPerSecond = item->rate.bytesPerSecond();
                item->state =
                    item->job->isVerifying() ? DownloadState::Verifying : DownloadState::Running;
                bytes += item->received;
            }
            percents[item->taskId] +=
                item->total > 0 ? static_cast<int>(item->received * 100 / item->total) : 0;
            m_list.touch(asset);
        }
        m_rate.sample(m_clock.elapsed(), bytes);
        for (auto it = percents.cbegin(); it != percents.cend(); ++it)
            m_rows.showProgress(it.key(), it.value());
        m_tick.start();
    }
    Q_EMIT totalsChanged();
}

/// Files that wait are taken to be as large as those that run.
qint64 DownloadQueue::secondsLeft(qint64 bytesPerSecond) const
{
    qint64 left = 0;
    qint64 sizes = 0;
    qint64 active = 0;
    qint64 waiting = 0;
    for (const AssetId &asset : m_list.order()) {
        const DownloadItem *item = m_list.find(asset);
        waiting += item->state == DownloadState::Waiting && !item->left ? 1 : 0;
        if (!item->job)
            continue;
        if (item->job->total() < 0)
            continue; // it has hardly begun
        ++active;
        left += item->job->total() - item->job->received();
        sizes += item->job->total();
    }
    if (bytesPerSecond <= 0 || active == 0)
        return -1;
    left += sizes / active * waiting;
    return (left + bytesPerSecond - 1) / bytesPerSecond;
}

} // namespace taskreel
