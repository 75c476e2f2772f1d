// SPDX-License-Identifier: MIT
#include "ui/common/thumbnailcache.h"

#include "core/domain/onpool.h"
#include "core/domain/variantchoice.h"
#include "core/media/medialibrary.h"
#include "core/tasks/taskrepository.h"
#include "ui/common/clipframemaker.h"
#include "ui/common/imagedecode.h"
#include "ui/common/smallpicture.h"

#include <algorithm>
#include <utility>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kRetryAfterMs = 60'000;
constexpr int kJobsAtOnce = 2; // the pool also reads long answers and pictures for the stage
constexpr QSize kStored = kSmallPicture;

/// The picture that stands for a task: the first work's cover, or the first result that is an image.
const Media *pictureOf(const Task &task)
{
    for (const Work &work : task.works) {
        if (const Media *cover = work.cover())
            return cover;
        const Media *main = work.mainMedia();
        if (main && main->kind == MediaKind::Image && main->role != MediaRole::Link)
            return main;
    }
    return nullptr;
}

bool mayHavePicture(const TaskSummary &row)
{
    return row.hasCover || row.kind == MediaKind::Image
            || (row.kind == MediaKind::Video && row.resultCount > 0);
}

} // namespace

ThumbnailCache::ThumbnailCache(MediaLibrary *library, TaskRepository *repository, QObject *parent,
                               qint64 diskBytes)
    : QObject(parent)
    , m_library(library)
    , m_repository(repository)
    , m_folder(std::make_shared<ThumbnailFolder>(library->thumbnailFolder(), diskBytes))
    , m_covers(kMaxBytes)
{
    m_clock.start();
    connect(m_library, &MediaLibrary::obtained, this, &ThumbnailCache::takeFile);
    connect(m_library, &MediaLibrary::failed, this,
            [this](const AssetId &asset) { takeFailure(asset); });
    connect(m_library, &MediaLibrary::cacheRead, this, &ThumbnailCache::tryMissing);
    connect(m_repository, &TaskRepository::taskReady, this, &ThumbnailCache::begin);
    connect(m_repository, &TaskRepository::tasksChanged, this, &ThumbnailCache::startAgain);
    connect(m_repository, &TaskRepository::tasksRemoved, this, &ThumbnailCache::forget);
}

ThumbnailCache::~ThumbnailCache() = default;

void ThumbnailCache::setFrameMaker(ClipFrameMaker *maker)
{
    m_maker = maker;
    connect(maker, &ClipFrameMaker::made, this, [this](const QString &clip, const QImage &picture) {
        if (const QString id = waitingFor(clip); !id.isEmpty())
            takeFrame(id, picture);
    });
    connect(maker, &ClipFrameMaker::failed, this, &ThumbnailCache::takeClipFailure);
    connect(maker, &QObject::destroyed, this, [this] { m_maker = nullptr; });
}

QPixmap ThumbnailCache::cover(const QString &taskId, const QSize &) const
{
    if (taskId == m_liveId && !m_live.isNull())
        return m_live;
    const QPixmap *found = m_covers.object(taskId);
    return found ? *found : QPixmap();
}

void ThumbnailCache::readSmall(const QString &taskId, QObject *context,
                               const std::function<void(const QImage &)> &done) const
{
    onPool(
        context, [folder = m_folder, taskId] { return smallPicture(*folder, taskId); }, done);
}

void ThumbnailCache::showLive(const QString &taskId, const QPixmap &picture)
{
    m_liveId = taskId;
    m_live = picture;
    Q_EMIT coverReady(taskId);
}

void ThumbnailCache::endLive()
{
    const QString id = std::exchange(m_liveId, {});
    m_live = {};
    if (!id.isEmpty())
        Q_EMIT coverReady(id);
}

void ThumbnailCache::setVisible(const QStringList &taskIds, const QSize &px)
{
    const QSet<QString> visible(taskIds.cbegin(), taskIds.cend());
    const bool resized = m_px != px;
    m_px = px;
    m_visible = visible;
    const QStringList pending = m_pending.keys();
    for (const QString &id : pending) {
        if (resized || !visible.contains(id))
            giveUp(id);
    }
    for (const QString &id : taskIds)
        start(id);
}

void ThumbnailCache::start(const QString &taskId)
{
    const QPixmap *here = m_covers.object(taskId);
    const bool wanted = !here || here->size() != m_px || m_passing.contains(taskId);
    if (m_px.isEmpty() || !wanted || m_pending.contains(taskId))
        return;
    const auto failed = m_failedAt.constFind(taskId);
    if (failed != m_failedAt.cend() && m_clock.elapsed() - *failed < kRetryAfterMs)
        return;
    const TaskSummary *row = m_repository->find(taskId);
    if (!row || !mayHavePicture(*row))
        return;
    Pending pending;
    pending.order = ++m_lastOrder;
    m_pending.insert(taskId, pending);
    const Origin origin = row->hasCover || row->kind == MediaKind::Image ? Origin::Cover
                                                                         : Origin::Frame;
    queueJob(taskId, [folder = m_folder, taskId, origin, px = m_px] {
        return Made{storedPicture(*folder, taskId, origin, px), {}};
    });
}

/// The answer is here; it may also be one that somebody else asked for.
void ThumbnailCache::begin(const Task &task)
{
    const auto pending = m_pending.find(task.id);
    if (pending == m_pending.end() || pending->stage != Stage::Answer)
        return;
    const Media *picture = pictureOf(task);
    const Source *source = picture ? chooseSource(*picture, true) : nullptr;
    if (!source) {
        m_bare.insert(task.id);
        tryClip(task);
        return;
    }
    m_bare.remove(task.id);
    pending->stage = Stage::Obtaining;
    pending->asset = {task.id, picture->key, source->variant};
    pending->keep = isFinal(task.status) && picture->role != MediaRole::Intermediate;
    if (const std::optional<LocalMedia> local = m_library->local(pending->asset))
        decodeCover(task.id, *local);
    else
        m_library->obtain(pending->asset, *source, MediaKind::Image, ObtainPriority::Background);
}

void ThumbnailCache::tryClip(const Task &task)
{
    const TaskSummary *row = m_repository->find(task.id);
    const LocalClip clip =
        row && m_maker ? localClip(*m_library, task, row->savedPath, true) : LocalClip();
    if (clip.path.isEmpty()) {
        fail(task.id);
        return;
    }
    Pending &pending = m_pending[task.id];
    pending.stage = Stage::CheckingClip;
    pending.clip = clip;
    queueJob(task.id, [folder = m_folder, id = task.id, path = clip.path, px = m_px] {
        Made made{storedPicture(*folder, id, Origin::Frame, px), {}};
        const QByteArray stamp =
            made.image.isNull() ? ThumbnailFolder::stampOf(path) : QByteArray();
        if (!stamp.isEmpty() && !folder->isBroken(id, stamp))
            made.clipStamp = stamp;
        return made;
    });
}

void ThumbnailCache::giveUp(const QString &taskId)
{
    const Pending pending = m_pending.take(taskId);
    if (pending.stage == Stage::Obtaining)
        m_library->release(pending.asset);
    else if (pending.stage == Stage::TakingFrame && m_maker)
        m_maker->giveUp(pending.clip.path);
}

void ThumbnailCache::fail(const QString &taskId)
{
    m_pending.remove(taskId);
    m_failedAt.insert(taskId, m_clock.elapsed());
    Q_EMIT coverMissing(taskId);
}

void ThumbnailCache::queueJob(const QString &taskId, std::function<Made()> work)
{
    m_jobs.append({taskId, m_pending.value(taskId).order, std::move(work)});
    pump();
}

void ThumbnailCache::pump()
{
    while (m_running < kJobsAtOnce && !m_jobs.isEmpty()) {
        const Job job = m_jobs.takeFirst();
        const auto pending = m_pending.constFind(job.taskId);
        if (pending == m_pending.cend() || pending->order != job.order)
            continue; // out of sight by now
        ++m_running;
        onPool(this, job.work, [this, id = job.taskId, order = job.order](const Made &made) {
            --m_running;
            jobDone(id, order, made);
            pump();
        });
    }
}

void ThumbnailCache::jobDone(const QString &taskId, quint64 order, const Made &made)
{
    if (!made.image.isNull())
        ++m_decoded;
    const auto pending = m_pending.find(taskId);
    if (pending == m_pending.end() || pending->order != order)
        return;
    if (!made.image.isNull()) {
        takePicture(taskId, made.image);
    } else if (pending->stage == Stage::Disk) {
        pending->stage = Stage::Answer;
        if (const std::optional<Task> task = m_repository->task(taskId))
            begin(*task);
    } else if (pending->stage == Stage::CheckingClip && !made.clipStamp.isEmpty() && m_maker) {
        pending->stage = Stage::TakingFrame;
        pending->clipStamp = made.clipStamp;
        m_maker->request(pending->clip.path);
    } else {
        fail(taskId);
    }
}

void ThumbnailCache::decodeCover(const QString &taskId, const LocalMedia &file)
{
    Pending &pending = m_pending[taskId];
    pending.stage = Stage::Decoding;
    queueJob(taskId, [folder = m_folder, taskId, file, px = m_px, keep = pending.keep] {
        const Result<QImage> small = readImage(file.path, kStored, ImageFit::Inside);
        if (!small)
            return Made{};
        return Made{keep ? storedAnew(*folder, taskId, Origin::Cover, *small, px)
                         : filled(*small, px),
                    {}};
    });
}

void ThumbnailCache::takePicture(const QString &taskId, const QImage &image)
{
    const Pending pending = m_pending.take(taskId);
    m_failedAt.remove(taskId);
    if (pending.keep)
        m_passing.remove(taskId);
    else
        m_passing.insert(taskId);
    m_covers.insert(taskId, new QPixmap(QPixmap::fromImage(image)),
                    std::max<qsizetype>(1, image.sizeInBytes()));
    Q_EMIT coverReady(taskId);
}

void ThumbnailCache::takeFile(const AssetId &asset, const LocalMedia &file)
{
    const QString &id = asset.taskId;
    const auto pending = m_pending.constFind(id);
    if (pending == m_pending.cend()) {
        // A clip came: it may have the picture that was missing.
        if (m_visible.contains(id) && !m_covers.contains(id)) {
            m_failedAt.remove(id);
            start(id);
        }
    } else if (pending->stage == Stage::Obtaining && pending->asset == asset) {
        decodeCover(id, file);
    }
}

void ThumbnailCache::takeFailure(const AssetId &asset)
{
    const auto pending = m_pending.constFind(asset.taskId);
    if (pending == m_pending.cend() || pending->stage != Stage::Obtaining
        || pending->asset != asset)
        return;
    // The cover is out of reach; a clip that is here has a picture, too.
    if (const std::optional<Task> task = m_repository->task(asset.taskId))
        tryClip(*task);
    else
        fail(asset.taskId);
}

QString ThumbnailCache::waitingFor(const QString &clip) const
{
    const auto found =
        std::find_if(m_pending.cbegin(), m_pending.cend(), [&clip](const Pending &p) {
            return p.stage == Stage::TakingFrame && p.clip.path == clip;
        });
    return found == m_pending.cend() ? QString() : found.key();
}

bool ThumbnailCache::wantsFrame(const QString &taskId) const
{
    const auto pending = m_pending.constFind(taskId);
    return pending != m_pending.cend() && pending->stage == Stage::TakingFrame;
}

void ThumbnailCache::offerFrame(const QString &taskId, const QImage &picture)
{
    if (!wantsFrame(taskId))
        return;
    if (m_maker)
        m_maker->giveUp(m_pending[taskId].clip.path);
    takeFrame(taskId, picture);
}

void ThumbnailCache::takeFrame(const QString &id, const QImage &picture)
{
    m_pending[id].stage = Stage::Decoding;
    queueJob(id, [folder = m_folder, id, picture, px = m_px] {
        const bool fits = QSize(picture.size()).boundedTo(kStored) == picture.size();
        const QImage small = fits ? picture
                                  : picture.scaled(kStored, Qt::KeepAspectRatio,
                                                   Qt::SmoothTransformation);
        return Made{storedAnew(*folder, id, Origin::Frame, small, px), {}};
    });
}

void ThumbnailCache::takeClipFailure(const QString &clip, const Error &error)
{
    const QString id = waitingFor(clip);
    if (id.isEmpty())
        return;
    if (error.kind == ErrorKind::CannotDecode) {
        onPool(this,
               [folder = m_folder, id, stamp = m_pending[id].clipStamp] {
                   folder->setBroken(id, stamp);
                   return true;
               },
               [](bool) {});
    }
    fail(id);
}

void ThumbnailCache::startAgain(const QStringList &taskIds)
{
    for (const QString &id : taskIds) {
        if (!m_visible.contains(id))
            continue;
        const auto pending = m_pending.constFind(id);
        if (pending != m_pending.cend() && pending->stage == Stage::Answer)
            m_pending.erase(pending); // asked before there was an answer
        const TaskSummary *row = m_repository->find(id);
        const bool saved = row && row->saveState == SaveState::Saved && !m_covers.contains(id);
        if (saved || m_bare.remove(id))
            m_failedAt.remove(id); // there may be a clip now, or a cover in a later answer
        start(id);
    }
}

/// Clips of an earlier run are known from now on.
void ThumbnailCache::tryMissing()
{
    const QSet<QString> visible = m_visible;
    for (const QString &id : visible) {
        if (!m_covers.contains(id) && m_failedAt.remove(id) > 0)
            start(id);
    }
}

void ThumbnailCache::forget(const QStringList &taskIds)
{
    for (const QString &id : taskIds) {
        giveUp(id);
        m_covers.remove(id);
        m_failedAt.remove(id);
        m_passing.remove(id);
        m_bare.remove(id);
    }
}

} // namespace taskreel
