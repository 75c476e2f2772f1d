// SPDX-License-Identifier: MIT
#include "core/downloads/fileoffers.h"

#include "core/downloads/downloadplan.h"
#include "core/formats/filenaming.h"
#include "core/media/medialibrary.h"
#include "core/net/partfile.h"
#include "core/settings/appsettings.h"
#include "core/tasks/taskrepository.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr QLatin1StringView kFolder{"handed-out"};

FileOffers::FileOffers(const Services &services) : m_services(services) { }

FileOffers::~FileOffers() = default;

VariantWish FileOffers::wish() const
{
    return m_services.settings->withoutWatermark() ? VariantWish::Unwatermarked
                                                   : VariantWish::Watermarked;
}

/// The wanted version first, the other last.
static std::array<Variant, 3> variantsFor(VariantWish wish)
{
    if (wish == VariantWish::Watermarked)
        return {Variant::Watermarked, Variant::Unstated, Variant::Unwatermarked};
    return {Variant::Unwatermarked, Variant::Unstated, Variant::Watermarked};
}

/// By medium, the best version of each.
QHash<QString, QString> FileOffers::savedPaths(const QString &taskId) const
{
    QHash<QString, QString> paths;
    const QList<StoredFile> files = m_services.repository->savedFiles(taskId);
    const QSet<AssetId> lost = m_services.repository->lostFiles(taskId);
    for (const Variant variant : variantsFor(wish())) {
        for (const StoredFile &file : files) {
            const AssetId &asset = file.asset;
            if (asset.variant == variant && !lost.contains(asset)
                && !paths.contains(asset.mediaKey))
                paths.insert(asset.mediaKey, file.path);
        }
    }
    return paths;
}

void FileOffers::prepare(const QStringList &taskIds)
{
    for (const QString &id : taskIds) {
        const TaskSummary *row = m_services.repository->find(id);
        if (row && row->resultCount > 0 && row->saveState != SaveState::Saved)
            (void)m_services.repository->task(id); // into the cache of answers
    }
}

QStringList FileOffers::ofTasks(const QStringList &taskIds)
{
    QStringList paths;
    for (const QString &id : taskIds)
        paths += ofTask(id);
    return paths;
}

QStringList FileOffers::ofTask(const QString &taskId)
{
    QHash<QString, QString> saved = savedPaths(taskId);
    const std::optional<Task> task = m_services.repository->task(taskId);
    QStringList paths;
    if (!task) {
        paths = saved.values();
        std::sort(paths.begin(), paths.end());
        return paths;
    }
    for (const Work &work : task->works) {
        for (const Media &medium : work.media) {
            if (medium.role != MediaRole::Result)
                continue;
            if (saved.contains(medium.key)) {
                paths.append(saved.value(medium.key));
                continue;
            }
            for (const Variant variant : variantsFor(wish())) {
                const QString path = ofAsset({task->id, medium.key, variant});
                if (!path.isEmpty()) {
                    paths.append(path);
                    break;
                }
            }
        }
    }
    return paths;
}

QString FileOffers::ofAsset(const AssetId &asset)
{
    const QList<StoredFile> files = m_services.repository->savedFiles(asset.taskId);
    const QSet<AssetId> lost = m_services.repository->lostFiles(asset.taskId);
    for (const StoredFile &file : files) {
        if (file.asset == asset && !lost.contains(asset))
            return file.path;
    }
    const std::optional<LocalMedia> local = m_services.library->local(asset);
    if (local)
        m_given.insert(asset, local->pin);
    const std::optional<Task> task =
        local ? m_services.repository->task(asset.taskId) : std::nullopt;
    if (!task)
        return local ? local->path : QString();
    const QString name = nameOf(asset, *task);
    // What it really is, whatever the address had said.
    return linked(local->path, QFileInfo(name).completeBaseName() + u'.' + local->probe.extension);
}

/// The name without folders that a download would give it.
QString FileOffers::nameOf(const AssetId &asset, const Task &task) const
{
    const VariantWish wanted = asset.variant == Variant::Watermarked ? VariantWish::Watermarked
                                                                     : VariantWish::Unwatermarked;
    const QList<PlannedFile> plan =
        planDownload(task, std::nullopt, {wanted, true}, m_services.settings->nameTemplate());
    for (const PlannedFile &file : plan) {
        if (file.asset == asset)
            return QFileInfo(file.relativePath).fileName();
    }
    // Not among what is downloaded: a link, a picture of an unfinished task.
    return sanitisedFileName(asset.taskId.left(8) + u' ' + asset.mediaKey + u".bin"_s);
}

/// What a killed run left there. One run a library: nobody else uses them now.
static void removeOld(const QDir &parent)
{
    const QStringList old =
        parent.entryList(QStringList{QString(kFolder) + u'*'}, QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : old)
        QDir(parent.filePath(name)).removeRecursively();
}

QString FileOffers::linked(const QString &path, const QString &name)
{
    const QString known = m_links.value(path + u'\n' + name);
    if (!known.isEmpty() && QFile::exists(known))
        return known;
    // Beside the kept files: a second name must be on their file system.
    const QString place = QFileInfo(QFileInfo(path).path()).path();
    std::unique_ptr<QTemporaryDir> &folder = m_folders[place];
    if (!folder) {
        removeOld(QDir(place));
        folder = std::make_unique<QTemporaryDir>(place + u'/' + kFolder);
    }
    if (!folder->isValid())
        return path;
    const QString link = freePath(folder->filePath(name));
    // A file system without second names: its own will do.
    if (::link(QFile::encodeName(path).constData(), QFile::encodeName(link).constData()) != 0)
        return path;
    m_links.insert(path + u'\n' + name, link);
    return link;
}

} // namespace taskreel
