// SPDX-License-Identifier: MIT
#include "core/media/medialibrary.h"

#include "core/net/partfile.h"

#include <QFileInfo>
#include <QLoggingCategory>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

Q_LOGGING_CATEGORY(lcMedia, "taskreel.media", QtInfoMsg)

static constexpr int kFetchesAtOnce = 4;
static constexpr int kLeftForShown = 1; // so that a click never waits behind thumbnails

MediaLibrary::MediaLibrary(AssetFetcher *fetcher, Store *store, const Places &places,
                           bool loopbackAllowed, QObject *parent)
    : QObject(parent), m_fetcher(fetcher), m_store(store), m_loopbackAllowed(loopbackAllowed),
      m_kept(places.keptFolder), m_cache(places.cacheFolder)
{
    for (QTimer *timer : {&m_pumpTimer, &m_budgetTimer, &m_recordTimer}) {
        timer->setSingleShot(true);
        timer->setInterval(0);
    }
    connect(&m_pumpTimer, &QTimer::timeout, this, &MediaLibrary::pump);
    connect(&m_budgetTimer, &QTimer::timeout, this, &MediaLibrary::checkBudget);
    connect(&m_recordTimer, &QTimer::timeout, this, &MediaLibrary::writeRecords);
    connect(m_fetcher, &AssetFetcher::finished, this, &MediaLibrary::fetchFinished);
    connect(m_fetcher, &AssetFetcher::progress, this,
            [this](quint64 id, qint64 received, qint64 total) {
                if (const auto it = m_fetches.constFind(id); it != m_fetches.cend())
                    Q_EMIT progress(*it, received, total);
            });
}

MediaLibrary::~MediaLibrary()
{
    writeRecords();
    for (auto it = m_fetches.cbegin(); it != m_fetches.cend(); ++it)
        m_fetcher->cancel(it.key());
    for (auto it = m_copies.cbegin(); it != m_copies.cend(); ++it)
        m_fetcher->cancel(it.key());
}

void MediaLibrary::load(const QList<StoredFile> &kept, const QList<StoredFile> &saved)
{
    m_kept.load(kept);
    m_saved.load(saved);
    if (m_scan == Scan::NotBegun)
        beginScan();
    m_budgetTimer.start();
}

void MediaLibrary::noteSaved(const StoredFile &file)
{
    m_saved.insert(file);
}

void MediaLibrary::setFreshness(const std::function<bool(const QString &taskId)> &isFresh)
{
    m_isFresh = isFresh;
}

bool MediaLibrary::isFresh(const QString &taskId) const
{
    return m_isFresh && m_isFresh(taskId);
}

QString MediaLibrary::thumbnailFolder() const
{
    return m_kept.folder() + u"/covers"_s;
}

void MediaLibrary::beginScan()
{
    m_scan = Scan::Running;
    m_fetcher->run(
        this,
        [folder = m_cache.folder(), keys = m_kept.fileKeys()] {
            return CacheFolder::scan(folder, keys);
        },
        [this](const CacheFolder::Index &index) {
            m_cache.load(index);
            m_scan = Scan::Done;
            m_pumpTimer.start();
            Q_EMIT cacheRead();
        });
}

/// What a kept or cached file is, as long as nobody has looked into it in this run: it was checked
/// before it was given its extension.
static MediaProbe probeFromName(const QString &path)
{
    using Form = MediaProbe::Form;
    struct Known
    {
        QLatin1StringView extension;
        Form form;
        MediaKind kind;
    };
    static constexpr Known kKnown[]{
        {"mp4"_L1, Form::Mp4, MediaKind::Video},   {"webm"_L1, Form::WebM, MediaKind::Video},
        {"png"_L1, Form::Png, MediaKind::Image},   {"jpg"_L1, Form::Jpeg, MediaKind::Image},
        {"webp"_L1, Form::WebP, MediaKind::Image}, {"gif"_L1, Form::Gif, MediaKind::Image},
        {"mp3"_L1, Form::Mp3, MediaKind::Audio},   {"wav"_L1, Form::Wav, MediaKind::Audio},
        {"flac"_L1, Form::Flac, MediaKind::Audio}, {"ogg"_L1, Form::Ogg, MediaKind::Audio},
        {"m4a"_L1, Form::Mp4, MediaKind::Audio},   {"mov"_L1, Form::Mp4, MediaKind::Video},
        {"mkv"_L1, Form::WebM, MediaKind::Video},  {"opus"_L1, Form::Ogg, MediaKind::Audio},
        {"glb"_L1, Form::Glb, MediaKind::Model},
    };
    MediaProbe probe;
    probe.extension = QFileInfo(path).suffix();
    const auto *known =
        std::find_if(std::begin(kKnown), std::end(kKnown),
                     [&probe](const Known &k) { return probe.extension == k.extension; });
    if (known == std::end(kKnown))
        return probe;
    probe.form = known->form;
    probe.kind = known->kind;
    probe.complete = true;
    return probe;
}

std::optional<LocalMedia> MediaLibrary::local(const AssetId &asset, Trust trust)
{
    if (const KeptStore::Entry *entry = m_kept.find(asset); entry && m_kept.isIntact(entry->file)) {
        const QString path = m_kept.absolutePath(entry->file);
        const MediaProbe probe = entry->probe ? *entry->probe : probeFromName(path);
        if (probe.complete)
            return LocalMedia{path, probe, entry->file.bytes, m_pins.pin(asset)};
    }
    if (const CacheFolder::Entry *entry = m_cache.find(asset);
        entry && (entry->probe || trust == Trust::ByName) && CacheFolder::isIntact(*entry)) {
        const MediaProbe probe = entry->probe ? *entry->probe : probeFromName(entry->path);
        if (probe.complete)
            return LocalMedia{entry->path, probe, entry->bytes, m_pins.pin(asset)};
    }
    const SavedIndex::Entry *saved = m_saved.find(asset);
    if (saved && saved->probe && SavedIndex::isThere(saved->file))
        return LocalMedia{saved->file.path, *saved->probe, saved->file.bytes, m_pins.pin(asset)};
    return std::nullopt;
}

bool MediaLibrary::isWanted(const AssetId &asset) const
{
    return m_wants.contains(asset);
}

void MediaLibrary::obtain(const AssetId &asset, const Source &source, MediaKind kind,
                          ObtainPriority priority)
{
    const auto it = m_wants.find(asset);
    if (it == m_wants.end()) {
        Want want;
        want.source = source;
        want.kind = kind;
        want.priority = priority;
        want.order = ++m_lastOrder;
        want.pin = m_pins.pin(asset);
        m_wants.insert(asset, want);
    } else {
        ++it->users;
        it->priority = std::max(it->priority, priority);
        it->source = source; // a newer answer may carry a newer link
    }
    m_pumpTimer.start();
}

void MediaLibrary::release(const AssetId &asset)
{
    const auto it = m_wants.find(asset);
    if (it == m_wants.end() || --it->users > 0)
        return;
    if (it->stage == Stage::Asked || it->stage == Stage::Queued)
        m_wants.erase(it);
}

void MediaLibrary::pump()
{
    if (m_scan == Scan::NotBegun)
        beginScan();
    if (m_scan != Scan::Done)
        return;
    QList<AssetId> asked;
    for (auto it = m_wants.cbegin(); it != m_wants.cend(); ++it) {
        if (it->stage == Stage::Asked)
            asked.append(it.key());
    }
    for (const AssetId &asset : std::as_const(asked))
        lookUp(asset);
    startFetches();
}

void MediaLibrary::lookUp(const AssetId &asset)
{
    const auto want = m_wants.find(asset);
    if (want == m_wants.end() || want->stage != Stage::Asked)
        return; // a receiver of obtained() released it
    if (const KeptStore::Entry *kept = m_kept.find(asset)) {
        const QString path = m_kept.absolutePath(kept->file);
        if (!m_kept.isIntact(kept->file))
            forgetKept(asset);
        else if (kept->probe)
            return deliver(asset, {path, *kept->probe, kept->file.bytes, {}});
        else
            return check(asset, path);
    }
    if (const CacheFolder::Entry *cached = m_cache.find(asset)) {
        if (!CacheFolder::isIntact(*cached))
            m_cache.remove(asset);
        else if (cached->probe)
            return deliver(asset, {cached->path, *cached->probe, cached->bytes, {}});
        else
            return check(asset, cached->path);
    }
    if (const SavedIndex::Entry *saved = m_saved.find(asset))
        return checkSaved(asset, saved->file);
    want->stage = Stage::Queued;
}

/// The user's own file, which may have gone or changed: looked into each time.
void MediaLibrary::checkSaved(const AssetId &asset, const StoredFile &file)
{
    Want &want = m_wants[asset];
    want.stage = Stage::Checking;
    m_fetcher->run(
        this, [file] { return SavedIndex::isThere(file) ? probeFile(file.path) : MediaProbe(); },
        [this, asset, order = want.order, file](const MediaProbe &probe) {
            const auto waiting = m_wants.find(asset);
            if (waiting == m_wants.end() || waiting->order != order)
                return;
            if (probe.complete && probe.kind != MediaKind::Unknown) {
                m_saved.setProbe(asset, probe);
                return deliver(asset, {file.path, probe, file.bytes, {}});
            }
            m_saved.remove(asset);
            waiting->stage = Stage::Queued;
            startFetches();
        });
}

/// A file of an earlier run: look into it before anybody relies on it.
void MediaLibrary::check(const AssetId &asset, const QString &path)
{
    Want &want = m_wants[asset];
    want.stage = Stage::Checking;
    m_fetcher->run(
        this, [path] { return probeFile(path); },
        [this, asset, order = want.order, path](const MediaProbe &probe) {
            checked(asset, order, path, probe);
        });
}

void MediaLibrary::checked(const AssetId &asset, quint64 order, const QString &path,
                           const MediaProbe &probe)
{
    const auto want = m_wants.find(asset);
    if (want == m_wants.end() || want->order != order)
        return;
    if (probe.complete && probe.kind != MediaKind::Unknown) {
        m_kept.setProbe(asset, probe);
        m_cache.setProbe(asset, probe);
        return deliver(asset, {path, probe, QFileInfo(path).size(), {}});
    }
    qCWarning(lcMedia).noquote() << "damaged, fetched again:" << path << probe.problem;
    if (m_kept.find(asset))
        forgetKept(asset);
    m_cache.remove(asset);
    want->stage = Stage::Queued;
    startFetches();
}

std::optional<AssetId> MediaLibrary::nextToFetch() const
{
    auto best = m_wants.cend();
    for (auto it = m_wants.cbegin(); it != m_wants.cend(); ++it) {
        if (it->stage != Stage::Queued)
            continue;
        const bool better = best == m_wants.cend() || it->priority > best->priority
            || (it->priority == best->priority && it->order < best->order);
        if (better)
            best = it;
    }
    const bool shown = best != m_wants.cend() && best->priority == ObtainPriority::Shown;
    const qsizetype room = kFetchesAtOnce - (shown ? 0 : kLeftForShown) - m_fetches.size();
    return best != m_wants.cend() && room > 0 ? std::optional(best.key()) : std::nullopt;
}

void MediaLibrary::startFetches()
{
    while (const std::optional<AssetId> asset = nextToFetch())
        startFetch(*asset);
    makeRoomForShown();
}

/// Somebody went quickly through the rows: what they looked at for a moment must not hold up what
/// they look at now. Without such a need a fetch runs on, since they may come back.
void MediaLibrary::makeRoomForShown()
{
    qsizetype waiting = 0;
    for (const Want &want : std::as_const(m_wants))
        waiting += want.stage == Stage::Queued && want.priority == ObtainPriority::Shown ? 1 : 0;
    for (auto it = m_fetches.cbegin(); it != m_fetches.cend() && m_stopping.size() < waiting;
         ++it) {
        const Want &want = m_wants[*it];
        if (want.users > 0 || want.keep || m_stopping.contains(it.key()))
            continue;
        m_stopping.insert(it.key());
        m_fetcher->cancel(it.key());
    }
}

void MediaLibrary::fetchStopped(const AssetId &asset)
{
    const auto want = m_wants.find(asset);
    if (want->users > 0)
        want->stage = Stage::Queued; // asked for again meanwhile
    else
        m_wants.erase(want);
}

void MediaLibrary::startFetch(const AssetId &asset)
{
    Want &want = m_wants[asset];
    want.stage = Stage::Fetching;
    const quint64 id =
        m_fetcher->start(AssetRequest{0, want.source, m_cache.partPathFor(asset), want.kind,
                                      m_loopbackAllowed, isFresh(asset.taskId)});
    m_fetches.insert(id, asset);
}

void MediaLibrary::fetchFinished(quint64 id, const Result<FetchedAsset> &result)
{
    if (m_copies.contains(id))
        return copyFinished(m_copies.take(id), result);
    const auto it = m_fetches.constFind(id);
    if (it == m_fetches.cend())
        return; // a download's
    const AssetId asset = *it;
    m_fetches.erase(it);
    const bool stopped = m_stopping.remove(id);
    if (stopped && !result && result.error().kind == ErrorKind::Cancelled)
        fetchStopped(asset);
    else if (result)
        place(asset, *result);
    else
        giveUp(asset, result.error());
    startFetches();
}

void MediaLibrary::place(const AssetId &asset, const FetchedAsset &fetched)
{
    m_wants[asset].stage = Stage::Placing;
    const QString path = m_cache.pathFor(asset, fetched.probe.extension);
    m_fetcher->run(
        this, [part = fetched.partPath, path] { return placeReplacing(part, path); },
        [this, asset, fetched](const Result<QString> &result) { placed(asset, fetched, result); });
}

void MediaLibrary::placed(const AssetId &asset, const FetchedAsset &fetched,
                          const Result<QString> &path)
{
    if (!path)
        return giveUp(asset, path.error());
    m_cache.insert(asset, {*path, fetched.bytes, fetched.sha256, fetched.probe});
    if (fetched.probe.kind == MediaKind::Image && fetched.bytes <= kSmallImageBytes)
        m_wants[asset].keep = true; // the size of a table's cover
    deliver(asset, {*path, fetched.probe, fetched.bytes, {}});
}

void MediaLibrary::deliver(const AssetId &asset, LocalMedia file)
{
    const Want want = m_wants.take(asset);
    if (want.keep)
        keep(asset);
    file.pin = want.pin;
    Q_EMIT obtained(asset, file);
}

void MediaLibrary::giveUp(const AssetId &asset, const Error &error)
{
    qCInfo(lcMedia).noquote() << "not obtained:" << asset.toString() << static_cast<int>(error.kind)
                              << error.detail;
    m_wants.remove(asset);
    Q_EMIT failed(asset, error);
}

} // namespace taskreel
