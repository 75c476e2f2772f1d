// SPDX-License-Identifier: MIT
// How the bytes come. See downloadjobnames.cpp for the names they get.
#include "core/downloads/downloadjob.h"

#include "core/downloads/freshlinks.h"
#include "core/tasks/taskrepository.h"

namespace taskreel {

DownloadJob::DownloadJob(const StoredDownload &record, const DownloadServices &services,
                         QObject *parent)
    : QObject(parent), m_record(record), m_services(services)
{
    connect(services.fetcher, &AssetFetcher::headArrived, this, &DownloadJob::headArrived);
    connect(services.fetcher, &AssetFetcher::finished, this, &DownloadJob::bytesHere);
    connect(services.fetcher, &AssetFetcher::progress, this,
            [this](quint64 id, qint64 received, qint64 total) {
                if (id == m_fetchId)
                    noteProgress(received, total);
            });
    connect(services.library, &MediaLibrary::obtained, this, &DownloadJob::joinObtained);
    connect(services.library, &MediaLibrary::failed, this, &DownloadJob::joinFailed);
    connect(services.library, &MediaLibrary::progress, this,
            [this](const AssetId &asset, qint64 received, qint64 total) {
                if (m_stage == Stage::Joining && asset == m_record.asset)
                    noteProgress(received, total);
            });
    if (services.freshLinks)
        connect(services.freshLinks, &FreshLinks::answered, this, &DownloadJob::renewed);
}

DownloadJob::~DownloadJob()
{
    *m_stop = true;
    if (m_stage == Stage::Copying || m_stage == Stage::Fetching)
        m_services.fetcher->cancel(m_fetchId, PartFate::Kept);
    if (m_stage == Stage::Joining)
        m_services.library->release(m_record.asset);
}

bool DownloadJob::isVerifying() const
{
    const bool complete = m_total > 0 && m_received == m_total;
    return m_stage == Stage::Placing || (complete && m_stage == Stage::Fetching);
}

void DownloadJob::start(const Wish &wish)
{
    m_wish = wish;
    if (m_record.targetPath.isEmpty())
        return choose();
    m_target = m_record.targetPath;
    m_replaces = m_record.replaces;
    m_partIsOurs = true;
    if (!m_record.finalPath.isEmpty()) {
        apart(
            [record = m_record](const std::atomic_bool &stop) { return findRemains(record, stop); },
            [this](const std::optional<Remains> &remains) { remainsFound(remains); });
        return;
    }
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_stage != Stage::Preparing)
                return;
            begin();
            Q_EMIT prepared();
        },
        Qt::QueuedConnection);
}

/// The program ended between the check and the name, or just after the name.
void DownloadJob::remainsFound(const std::optional<Remains> &remains)
{
    if (m_stage != Stage::Preparing)
        return;
    Q_EMIT prepared();
    if (remains && remains->placed)
        return report(Saved{m_record.finalPath, m_record.total, m_record.sha256, false});
    if (remains)
        return place(remains->file);
    // What is there has other bytes than were checked.
    m_record.finalPath.clear();
    m_record.sha256.clear();
    m_record.validator.clear();
    m_record.total = -1;
    begin();
}

void DownloadJob::begin()
{
    if (m_wish.fromNetwork && !m_record.source.url.isEmpty())
        fetch();
    else if (const std::optional<LocalMedia> here = m_services.library->local(m_record.asset))
        copy(*here);
    else if (m_services.library->isWanted(m_record.asset) && !m_partIsOurs)
        join();
    else
        fetch();
}

/// The media library is fetching the same bytes: wait for them instead of fetching them twice.
void DownloadJob::join()
{
    m_stage = Stage::Joining;
    m_services.library->obtain(m_record.asset, m_record.source, m_record.kind,
                               ObtainPriority::Prefetch);
}

void DownloadJob::joinObtained(const AssetId &asset, const LocalMedia &file)
{
    if (m_stage == Stage::Joining && asset == m_record.asset)
        copy(file);
}

/// A fetch of its own knows mirrors, fresh links and breaks better.
void DownloadJob::joinFailed(const AssetId &asset)
{
    if (m_stage == Stage::Joining && asset == m_record.asset)
        fetch();
}

void DownloadJob::copy(const LocalMedia &file)
{
    m_stage = Stage::Copying;
    m_copied = file.pin;
    m_record.targetPath = m_target;
    m_record.replaces = m_replaces;
    m_record.url.clear(); // the part file is a copy's
    m_record.validator.clear();
    m_record.total = -1;
    m_fetchId = 0;
    onRecord([this, path = file.path] {
        m_fetchId =
            m_services.fetcher->startCopy(path, m_record.partPath(), m_record.kind, m_partIsOurs);
    });
}

void DownloadJob::fetch()
{
    const QDateTime expiry = m_record.source.expiresAt;
    if (expiry.isValid() && expiry <= QDateTime::currentDateTimeUtc() && !m_renewed)
        return renew({ErrorKind::LinkDead, 0, {}, {}, -1});
    fetchNow();
}

void DownloadJob::fetchNow()
{
    m_stage = Stage::Fetching;
    StoredDownload named = m_record;
    named.targetPath = m_target;
    AssetRequest request;
    request.source = m_record.source;
    request.partPath = named.partPath();
    request.expected = m_record.kind;
    request.loopbackAllowed = m_services.loopbackAllowed;
    request.fresh = m_services.library->isFresh(m_record.asset.taskId);
    request.durable = true;
    request.partIsOurs = m_partIsOurs;
    request.resume = {m_record.url, m_record.validator, m_record.total};
    request.limited = true;
    m_fetchId = m_services.fetcher->start(request);
}

void DownloadJob::headArrived(quint64 id, const AssetHead &head)
{
    if (id != m_fetchId || m_stage != Stage::Fetching)
        return;
    m_record.targetPath = m_target;
    m_record.replaces = m_replaces;
    m_record.url = head.url;
    m_record.validator = head.validator;
    m_record.total = head.total;
    onRecord([this, id] {
        m_partIsOurs = true;
        m_services.fetcher->proceed(id);
    });
}

/// The link is dead: the service may have a fresh one.
void DownloadJob::renew(const Error &why)
{
    m_deadError = why;
    if (!m_services.freshLinks) {
        m_renewed = true;
        return why.httpStatus == 0 && why.kind == ErrorKind::LinkDead
            ? fetchNow() // by its own word it has ended: that word may be wrong
            : report(tl::unexpected<Error>(why));
    }
    m_stage = Stage::Renewing;
    m_services.freshLinks->ask(m_record.asset.taskId);
}

void DownloadJob::renewed(const QString &taskId, const Result<Task> &task)
{
    if (m_stage != Stage::Renewing || taskId != m_record.asset.taskId)
        return;
    m_renewed = true;
    const bool unknown = !task && task.error().kind == ErrorKind::NotFound;
    if (!task && !unknown)
        return report(tl::unexpected<Error>(task.error()));
    const Media *medium = task ? task->findMedia(m_record.asset.mediaKey) : nullptr;
    const Source *source = medium ? medium->source(m_record.asset.variant) : nullptr;
    const bool fresh = source && !source->url.isEmpty() && source->url != m_record.source.url;
    if (fresh) {
        m_record.source = *source;
        return fetchNow();
    }
    if (m_deadError.httpStatus == 0 && m_deadError.kind == ErrorKind::LinkDead)
        return fetchNow(); // it was not asked yet: its own word alone says that it has ended
    Error error = m_deadError;
    error.kind = ErrorKind::LinkGone;
    report(tl::unexpected<Error>(error));
}

void DownloadJob::noteProgress(qint64 received, qint64 total)
{
    const bool before = isVerifying();
    m_received = received;
    m_total = total;
    Q_EMIT progressed();
    if (isVerifying() && !before)
        Q_EMIT arrived();
}

void DownloadJob::bytesHere(quint64 id, const Result<FetchedAsset> &result)
{
    if (id != m_fetchId || id == 0 || m_stage == Stage::Done || m_stage == Stage::Placing)
        return;
    m_fetchId = 0;
    m_copied = {};
    if (result)
        return place(*result);
    const ErrorKind kind = result.error().kind;
    if (m_stage == Stage::Stopping || kind == ErrorKind::Cancelled)
        return report(failure(ErrorKind::Cancelled));
    const bool disk = kind == ErrorKind::DiskFull || kind == ErrorKind::CannotWrite;
    if (m_stage == Stage::Copying && !disk && kind != ErrorKind::NameTaken) {
        m_partIsOurs = true;
        return fetch(); // the kept file went away or is damaged
    }
    fetchFailed(result.error());
}

void DownloadJob::fetchFailed(const Error &error)
{
    if (error.kind == ErrorKind::NameTaken) {
        forgetPart();
        if (++m_namesTaken <= kMostNamesTaken)
            return choose();
    }
    const bool dead = error.kind == ErrorKind::LinkDead || error.kind == ErrorKind::NotMedia;
    if (dead && !m_renewed)
        return renew(error);
    Error last = error;
    if (dead && m_services.freshLinks)
        last.kind = ErrorKind::LinkGone; // also by its fresh link
    if (m_record.validator.isEmpty())
        forgetPart(); // it was of no use and is gone: its name may be anybody's
    report(tl::unexpected<Error>(last));
}

void DownloadJob::forgetPart()
{
    m_record.targetPath.clear();
    m_record.url.clear();
    m_record.validator.clear();
    m_record.total = -1;
    m_partIsOurs = false;
}

void DownloadJob::onRecord(const std::function<void()> &next)
{
    m_services.repository->recordDownload(m_record);
    // A library that cannot be written is told elsewhere; the file is worth more than its record.
    m_services.repository->whenWritten(this, [this, next, stage = m_stage](bool) {
        if (m_stage == stage)
            next();
    });
}

void DownloadJob::stop(PartFate fate)
{
    const Stage was = m_stage;
    if (was == Stage::Placing || was == Stage::Done || was == Stage::Stopping)
        return;
    m_stage = Stage::Stopping;
    if (was == Stage::Joining)
        m_services.library->release(m_record.asset);
    if (m_fetchId != 0)
        return m_services.fetcher->cancel(m_fetchId, fate);
    QMetaObject::invokeMethod(
        this, [this] { report(failure(ErrorKind::Cancelled)); }, Qt::QueuedConnection);
}

void DownloadJob::report(const Result<Saved> &result)
{
    if (m_stage == Stage::Done)
        return;
    m_stage = Stage::Done;
    Q_EMIT finished(result);
}

} // namespace taskreel
