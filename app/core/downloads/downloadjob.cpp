// SPDX-License-Identifier: MIT
#include "core/downloads/downloadjob.h"

#include "core/net/diskspace.h"
#include "core/net/partfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr qsizetype kLongestNameBytes = 255;

DownloadJob::DownloadJob(const PlannedFile &file, MediaLibrary *library, AssetFetcher *fetcher,
                         bool loopbackAllowed, QObject *parent)
    : QObject(parent), m_file(file), m_library(library), m_fetcher(fetcher),
      m_loopbackAllowed(loopbackAllowed)
{
    connect(m_fetcher, &AssetFetcher::finished, this, &DownloadJob::bytesHere);
    connect(m_fetcher, &AssetFetcher::progress, this,
            [this](quint64 id, qint64 received, qint64 total) {
                if (id == m_fetchId)
                    noteProgress(received, total);
            });
    connect(m_library, &MediaLibrary::obtained, this, &DownloadJob::joinObtained);
    connect(m_library, &MediaLibrary::failed, this, &DownloadJob::joinFailed);
    connect(m_library, &MediaLibrary::progress, this,
            [this](const AssetId &asset, qint64 received, qint64 total) {
                if (m_stage == Stage::Joining && asset == m_file.asset)
                    noteProgress(received, total);
            });
}

DownloadJob::~DownloadJob()
{
    if (m_stage == Stage::Copying || m_stage == Stage::Fetching)
        m_fetcher->cancel(m_fetchId);
    if (m_stage == Stage::Joining)
        m_library->release(m_file.asset);
}

void DownloadJob::start(const QString &folder, const QSet<QString> &taken,
                        const std::optional<StoredFile> &saved)
{
    const QString wanted = QDir::cleanPath(folder + u'/' + m_file.relativePath);
    const std::optional<LocalMedia> here = m_library->local(m_file.asset);
    m_fetcher->run(
        this,
        [wanted, taken, saved, bytes = here ? here->bytes : 0] {
            return choosePlace(wanted, bytes, taken, saved);
        },
        [this](const Result<Place> &place) { placeChosen(place); });
}

/// Transfer thread.
Result<DownloadJob::Place> DownloadJob::choosePlace(const QString &wanted, qint64 bytes,
                                                    const QSet<QString> &taken,
                                                    const std::optional<StoredFile> &saved)
{
    const QString folder = QFileInfo(wanted).path();
    if (saved && QFileInfo(saved->path).path() == folder) {
        const QFileInfo file(saved->path);
        if (file.isFile() && file.size() == saved->bytes)
            return Place{saved->path, saved};
    }
    if (const Result<QString> made = makeFolder(folder); !made)
        return tl::unexpected<Error>(made.error());
    if (const Result<qint64> space = checkDiskSpace(folder, bytes); !space)
        return tl::unexpected<Error>(space.error());
    return Place{freePath(wanted, taken), std::nullopt};
}

void DownloadJob::placeChosen(const Result<Place> &place)
{
    if (m_cancelled)
        return report(failure(ErrorKind::Cancelled));
    if (!place)
        return report(tl::unexpected<Error>(place.error()));
    m_target = place->target;
    if (place->wasThere)
        return report(Saved{place->target, place->wasThere->bytes, place->wasThere->sha256, true});
    begin();
    Q_EMIT prepared();
}

void DownloadJob::begin()
{
    if (const std::optional<LocalMedia> here = m_library->local(m_file.asset))
        copy(*here);
    else if (m_library->isWanted(m_file.asset))
        join();
    else
        fetch();
}

/// The part file stands beside the target; a name at the limit is cut to make room for the suffix.
static QString partPathFor(const QString &target)
{
    const QFileInfo info(target);
    QString name = info.fileName();
    while (name.toUtf8().size() + 5 > kLongestNameBytes)
        name.chop(1);
    return info.path() + u'/' + name + u".part"_s;
}

/// The media library is fetching the same bytes: wait for them instead of fetching them twice.
void DownloadJob::join()
{
    m_stage = Stage::Joining;
    m_library->obtain(m_file.asset, m_file.source, m_file.kind, ObtainPriority::Prefetch);
}

void DownloadJob::joinObtained(const AssetId &asset, const LocalMedia &file)
{
    if (m_stage == Stage::Joining && asset == m_file.asset)
        copy(file);
}

void DownloadJob::joinFailed(const AssetId &asset, const Error &error)
{
    if (m_stage == Stage::Joining && asset == m_file.asset)
        report(tl::unexpected<Error>(error));
}

void DownloadJob::copy(const LocalMedia &file)
{
    m_stage = Stage::Copying;
    m_copied = file.pin;
    m_fetchId = m_fetcher->startCopy(file.path, partPathFor(m_target), m_file.kind);
}

void DownloadJob::fetch()
{
    m_stage = Stage::Fetching;
    m_fetchId = m_fetcher->start(
        AssetRequest{0, m_file.source, partPathFor(m_target), m_file.kind, m_loopbackAllowed,
                     m_library->isFresh(m_file.asset.taskId)});
}

void DownloadJob::noteProgress(qint64 received, qint64 total)
{
    m_received = received;
    m_total = total;
    Q_EMIT progressed();
}

void DownloadJob::bytesHere(quint64 id, const Result<FetchedAsset> &result)
{
    if (id != m_fetchId || (m_stage != Stage::Copying && m_stage != Stage::Fetching))
        return;
    m_copied = {};
    if (result)
        return rename(*result);
    const ErrorKind kind = result.error().kind;
    const bool copyUnusable = m_stage == Stage::Copying && kind != ErrorKind::Cancelled
        && kind != ErrorKind::DiskFull && kind != ErrorKind::CannotWrite;
    if (copyUnusable)
        return fetch(); // the kept file went away or is damaged
    report(tl::unexpected<Error>(result.error()));
}

void DownloadJob::rename(const FetchedAsset &fetched)
{
    m_stage = Stage::Placing;
    noteProgress(fetched.bytes, fetched.bytes);
    const QFileInfo target(m_target);
    const QString path =
        target.path() + u'/' + target.completeBaseName() + u'.' + fetched.probe.extension;
    m_fetcher->run(
        this,
        [part = fetched.partPath, path] {
            const Result<QString> placed = placeWithoutClobber(part, path);
            if (!placed)
                QFile::remove(part);
            return placed;
        },
        [this, fetched](const Result<QString> &placed) {
            if (placed)
                report(Saved{*placed, fetched.bytes, fetched.sha256, false});
            else
                report(tl::unexpected<Error>(placed.error()));
        });
}

void DownloadJob::cancel()
{
    if (m_cancelled || m_stage == Stage::Placing || m_stage == Stage::Done)
        return;
    m_cancelled = true;
    if (m_stage == Stage::Copying || m_stage == Stage::Fetching)
        m_fetcher->cancel(m_fetchId);
    if (m_stage != Stage::Joining)
        return;
    m_library->release(m_file.asset);
    m_stage = Stage::Done;
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT finished(failure(ErrorKind::Cancelled)); }, Qt::QueuedConnection);
}

void DownloadJob::report(const Result<Saved> &result)
{
    if (m_stage == Stage::Done)
        return;
    m_stage = Stage::Done;
    Q_EMIT finished(result);
}

} // namespace taskreel
