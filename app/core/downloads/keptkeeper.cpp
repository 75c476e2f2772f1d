// SPDX-License-Identifier: MIT
#include "core/downloads/keptkeeper.h"

#include "core/domain/onpool.h"
#include "core/media/medialibrary.h"
#include "core/net/filehash.h"
#include "core/tasks/taskrepository.h"

#include <QFileInfo>

#include <algorithm>
#include <limits>
#include <tuple>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

bool isPicture(const StoredFile &file)
{
    static const QStringList pictures{u"png"_s, u"jpg"_s, u"webp"_s, u"gif"_s};
    return pictures.contains(QFileInfo(file.path).suffix());
}

/// A clip with the place of its file, for the pool.
struct Candidate
{
    KeptClip clip;
    QString path;
};

bool isSavedIndeed(const Candidate &candidate, const std::atomic_bool &stop)
{
    const StoredFile &saved = candidate.clip.saved;
    const StoredFile &kept = candidate.clip.file;
    if (QFileInfo(saved.path).size() != kept.bytes)
        return false;
    const QByteArray hash = sha256Of(saved.path, stop);
    // A file that was cached by an earlier run is kept without a hash.
    return !hash.isEmpty()
        && hash == (kept.sha256.isEmpty() ? sha256Of(candidate.path, stop) : kept.sha256);
}

} // namespace

KeptKeeper::KeptKeeper(TaskRepository *repository, MediaLibrary *media, QObject *parent)
    : QObject(parent), m_repository(repository), m_media(media),
      m_stop(std::make_shared<std::atomic_bool>(false))
{
    connect(media, &MediaLibrary::budgetExceeded, this, &KeptKeeper::makeRoom);
    connect(media, &MediaLibrary::budgetKept, this, [this] {
        m_budgetSaid = -1;
        Q_EMIT roomAgain();
    });
    connect(repository, &TaskRepository::tasksRemoved, this, [this](const QStringList &ids) {
        for (const QString &id : ids)
            m_removedNow.insert(id);
    });
}

KeptKeeper::~KeptKeeper()
{
    *m_stop = true;
}

void KeptKeeper::loadSaved(const QList<StoredFile> &saved)
{
    for (const StoredFile &file : saved)
        noteSaved(file);
}

void KeptKeeper::noteSaved(const StoredFile &file)
{
    m_saved.insert(file.asset, file);
}

QList<KeptClip> KeptKeeper::clips() const
{
    QList<KeptClip> clips;
    const QList<StoredFile> kept = m_media->keptFiles();
    for (const StoredFile &file : kept) {
        KeptClip clip{file, KeptClip::Class::OnlyHere, {}, m_media->isInUse(file.asset)};
        if (!m_repository->contains(file.asset.taskId))
            clip.loss = KeptClip::Class::RemovedTask;
        else if (isPicture(file) && file.bytes <= MediaLibrary::kSmallImageBytes)
            continue; // what the list shows without a network
        // Of removed tasks, too: nothing is lost with it.
        if (const auto saved = m_saved.constFind(file.asset); saved != m_saved.cend()) {
            clip.loss = KeptClip::Class::AlsoSaved;
            clip.saved = *saved;
        }
        clips.append(clip);
    }
    std::sort(clips.begin(), clips.end(), [](const KeptClip &a, const KeptClip &b) {
        return std::tie(a.loss, a.file.lastShownAt, a.file.path)
            < std::tie(b.loss, b.file.lastShownAt, b.file.path);
    });
    return clips;
}

void KeptKeeper::makeRoom()
{
    if (m_busy) {
        m_again = true;
        return;
    }
    QList<KeptClip> free = clips();
    free.removeIf([this](const KeptClip &clip) {
        const bool may = clip.loss == KeptClip::Class::AlsoSaved
            || (clip.loss == KeptClip::Class::RemovedTask
                && !m_removedNow.contains(clip.file.asset.taskId));
        return !may || clip.inUse;
    });
    if (free.isEmpty())
        sayFull();
    else
        compare(free, m_media->keptBytes() - m_media->keptBudget(), false);
}

void KeptKeeper::release(const QList<KeptClip> &clips)
{
    compare(clips, std::numeric_limits<qint64>::max(), true);
}

void KeptKeeper::compare(const QList<KeptClip> &clips, qint64 enough, bool asked)
{
    m_busy = true;
    QList<Candidate> candidates;
    candidates.reserve(clips.size());
    for (const KeptClip &clip : clips)
        candidates.append({clip, m_media->keptPath(clip.file)});
    onPool(
        this,
        [candidates, enough, stop = m_stop] {
            QList<KeptClip> going;
            qint64 bytes = 0;
            for (const Candidate &candidate : candidates) {
                if (bytes >= enough || *stop)
                    break;
                if (candidate.clip.loss == KeptClip::Class::AlsoSaved
                    && !isSavedIndeed(candidate, *stop))
                    continue;
                going.append(candidate.clip);
                bytes += candidate.clip.file.bytes;
            }
            return going;
        },
        [this, asked](const QList<KeptClip> &going) { compared(going, asked); });
}

void KeptKeeper::compared(const QList<KeptClip> &going, bool asked)
{
    QList<AssetId> assets;
    qint64 bytes = 0;
    for (const KeptClip &clip : going) {
        // Shown, or brought back, while files were compared.
        if (m_media->isInUse(clip.file.asset))
            continue;
        if (!asked && clip.loss == KeptClip::Class::RemovedTask
            && m_repository->contains(clip.file.asset.taskId))
            continue;
        assets.append(clip.file.asset);
        bytes += clip.file.bytes;
    }
    m_again = false; // dropping looks at the budget anew
    m_media->dropKept(assets);
    const bool again = std::exchange(m_again, false);
    m_busy = false;
    if (!assets.isEmpty() || asked)
        Q_EMIT released(static_cast<int>(assets.size()), bytes, asked);
    if (m_media->keptBytes() <= m_media->keptBudget())
        return;
    if (again && !assets.isEmpty())
        makeRoom();
    else
        sayFull();
}

void KeptKeeper::sayFull()
{
    const qint64 budget = m_media->keptBudget();
    if (std::exchange(m_budgetSaid, budget) != budget)
        Q_EMIT full(m_media->keptBytes(), budget);
}

} // namespace taskreel
