// SPDX-License-Identifier: MIT
// The part of DownloadJob that gives the file its names: before its bytes, and after them.
#include "core/downloads/downloadjob.h"

#include <QDir>
#include <QFileInfo>

namespace taskreel {

QString DownloadJob::wishedPath() const
{
    return QDir::cleanPath(m_wish.folder + u'/' + m_record.relativePath);
}

void DownloadJob::choose()
{
    m_stage = Stage::Preparing;
    const bool skips =
        m_wish.policy == ConflictPolicy::SkipIdentical || m_wish.policy == ConflictPolicy::Ask;
    const auto folderOf = [](const QString &path) { return QFileInfo(path).path(); };
    if (!skips || !m_wish.saved || folderOf(m_wish.saved->path) != folderOf(wishedPath()))
        return chooseFreely();
    apart(
        [file = *m_wish.saved](const std::atomic_bool &stop) { return isStillSaved(file, stop); },
        [this](bool still) {
            if (m_stage != Stage::Preparing)
                return;
            if (still)
                report(Saved{m_wish.saved->path, m_wish.saved->bytes, m_wish.saved->sha256, true});
            else
                chooseFreely();
        });
}

void DownloadJob::chooseFreely()
{
    PlaceWish wish;
    wish.wanted = wishedPath();
    wish.taken = m_wish.taken;
    wish.policy = m_wish.policy;
    if (const std::optional<LocalMedia> here = m_services.library->local(m_record.asset))
        wish.bytes = here->bytes;
    m_services.fetcher->run(
        this, [wish] { return choosePlace(wish); },
        [this](const Result<Place> &place) { placeChosen(place); });
}

void DownloadJob::placeChosen(const Result<Place> &place)
{
    if (m_stage != Stage::Preparing)
        return;
    if (!place)
        return report(tl::unexpected<Error>(place.error()));
    if (place->inUse) {
        m_stage = Stage::Deciding;
        Q_EMIT nameInUse(place->target);
        return;
    }
    m_target = place->target;
    m_replaces = place->replaces;
    begin();
    Q_EMIT prepared();
}

void DownloadJob::decide(const Wish &wish)
{
    if (m_stage != Stage::Deciding)
        return;
    m_wish = wish;
    choose();
}

void DownloadJob::place(const FetchedAsset &fetched)
{
    m_stage = Stage::Placing;
    noteProgress(fetched.bytes, fetched.bytes);
    const QString wished =
        m_wish.policy == ConflictPolicy::SkipIdentical ? wishedPath() : QString();
    apart(
        [target = m_target, fetched, replaces = m_replaces, wished](const std::atomic_bool &stop) {
            const FinalName name = finalName(target, fetched, replaces, wished, stop);
            if (name.same)
                QFile::remove(fetched.partPath);
            return name;
        },
        [this, fetched](const FinalName &name) { nameChosen(fetched, name); });
}

void DownloadJob::nameChosen(const FetchedAsset &fetched, const FinalName &name)
{
    if (name.same)
        return report(Saved{name.path, fetched.bytes, fetched.sha256, false});
    m_record.targetPath = m_target;
    m_record.replaces = m_replaces;
    m_record.finalPath = name.path;
    m_record.total = fetched.bytes;
    m_record.sha256 = fetched.sha256;
    onRecord([this, fetched, replaces = name.replaces] { rename(fetched, replaces); });
}

void DownloadJob::rename(const FetchedAsset &fetched, bool replaces)
{
    apart([part = fetched.partPath, path = m_record.finalPath,
           replaces](const std::atomic_bool &) { return placeAt(part, path, replaces); },
          [this, fetched](const Result<QString> &placed) {
              if (placed)
                  report(Saved{*placed, fetched.bytes, fetched.sha256, false});
              else if (placed.error().kind == ErrorKind::NameTaken
                       && ++m_namesTaken <= kMostNamesTaken)
                  place(fetched);
              else
                  report(tl::unexpected<Error>(placed.error()));
          });
}

} // namespace taskreel
