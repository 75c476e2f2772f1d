// SPDX-License-Identifier: MIT
#include "ui/common/thumbnailcache.h"

#include "core/domain/variantchoice.h"
#include "core/media/medialibrary.h"
#include "core/tasks/taskrepository.h"
#include "ui/common/imagedecode.h"

namespace taskreel {

namespace {

constexpr qint64 kRetryAfterMs = 60'000;

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

} // namespace

ThumbnailCache::ThumbnailCache(MediaLibrary *library, TaskRepository *repository, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_repository(repository)
    , m_covers(kMaxBytes)
{
    m_clock.start();
    connect(m_library, &MediaLibrary::obtained, this, &ThumbnailCache::takeFile);
    connect(m_library, &MediaLibrary::failed, this,
            [this](const AssetId &asset) { takeFailure(asset); });
    connect(m_repository, &TaskRepository::taskReady, this, &ThumbnailCache::begin);
    connect(m_repository, &TaskRepository::tasksChanged, this, &ThumbnailCache::startAgain);
    connect(m_repository, &TaskRepository::tasksRemoved, this, &ThumbnailCache::forget);
}

ThumbnailCache::~ThumbnailCache() = default;

QPixmap ThumbnailCache::cover(const QString &taskId, const QSize &) const
{
    const QPixmap *found = m_covers.object(taskId);
    return found ? *found : QPixmap();
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
    if (m_px.isEmpty() || m_pending.contains(taskId) || (here && here->size() == m_px))
        return;
    const auto failed = m_failedAt.constFind(taskId);
    if (failed != m_failedAt.cend() && m_clock.elapsed() - *failed < kRetryAfterMs)
        return;
    const TaskSummary *row = m_repository->find(taskId);
    if (!row || (!row->hasCover && row->kind != MediaKind::Image))
        return;
    m_pending.insert(taskId, {});
    if (const std::optional<Task> task = m_repository->task(taskId))
        begin(*task);
}

void ThumbnailCache::begin(const Task &task)
{
    const auto pending = m_pending.find(task.id);
    if (pending == m_pending.end() || !pending->asset.isNull())
        return;
    const Media *picture = pictureOf(task);
    const Source *source = picture ? chooseSource(*picture, true) : nullptr;
    if (!source) {
        m_pending.erase(pending);
        return;
    }
    pending->asset = {task.id, picture->key, source->variant};
    if (const std::optional<LocalMedia> local = m_library->local(pending->asset))
        decode(task.id, local->path);
    else
        m_library->obtain(pending->asset, *source, MediaKind::Image, ObtainPriority::Background);
}

void ThumbnailCache::giveUp(const QString &taskId)
{
    const Pending pending = m_pending.take(taskId);
    if (!pending.asset.isNull() && pending.decode == 0)
        m_library->release(pending.asset);
}

void ThumbnailCache::takeFile(const AssetId &asset, const LocalMedia &file)
{
    const auto pending = m_pending.constFind(asset.taskId);
    if (pending != m_pending.cend() && pending->asset == asset && pending->decode == 0)
        decode(asset.taskId, file.path);
}

void ThumbnailCache::takeFailure(const AssetId &asset)
{
    const auto pending = m_pending.constFind(asset.taskId);
    if (pending == m_pending.cend() || pending->asset != asset)
        return;
    m_pending.erase(pending);
    m_failedAt.insert(asset.taskId, m_clock.elapsed());
}

void ThumbnailCache::decode(const QString &taskId, const QString &path)
{
    const quint64 number = ++m_lastDecode;
    m_pending[taskId].decode = number;
    decodeImageAs(path, m_px, ImageFit::Fill, this,
                  [this, taskId, number](const Result<QImage> &image) {
                      takeImage(taskId, number, image);
                  });
}

void ThumbnailCache::takeImage(const QString &taskId, quint64 number, const Result<QImage> &image)
{
    const auto pending = m_pending.constFind(taskId);
    if (pending == m_pending.cend() || pending->decode != number)
        return;
    m_pending.erase(pending);
    if (!image) {
        m_failedAt.insert(taskId, m_clock.elapsed());
        return;
    }
    m_failedAt.remove(taskId);
    m_covers.insert(taskId, new QPixmap(QPixmap::fromImage(*image)),
                    std::max<qsizetype>(1, image->sizeInBytes()));
    Q_EMIT coverReady(taskId);
}

void ThumbnailCache::startAgain(const QStringList &taskIds)
{
    for (const QString &id : taskIds) {
        if (!m_visible.contains(id))
            continue;
        const auto pending = m_pending.constFind(id);
        if (pending != m_pending.cend() && pending->asset.isNull())
            m_pending.erase(pending); // asked before there was an answer
        start(id);
    }
}

void ThumbnailCache::forget(const QStringList &taskIds)
{
    for (const QString &id : taskIds) {
        giveUp(id);
        m_covers.remove(id);
        m_failedAt.remove(id);
    }
}

} // namespace taskreel
