// SPDX-License-Identifier: MIT
#include "ui/details/workviewer.h"

#include "core/settings/appsettings.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"

#include <algorithm>
#include <chrono>
#include <utility>

using namespace std::chrono_literals;

namespace taskreel {

namespace {
constexpr auto kClipDelay = 60ms; // running through rows asks for no clip
} // namespace

WorkViewer::WorkViewer(const Services &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_loader(services.media)
{
    m_clipDelay.setSingleShot(true);
    m_clipDelay.setInterval(kClipDelay);
    m_clock.setInterval(1s);
    connect(&m_clipDelay, &QTimer::timeout, this, &WorkViewer::beginClips);
    connect(&m_clock, &QTimer::timeout, this, &WorkViewer::updateWords);
    connect(services.repository, &TaskRepository::tasksChanged, this, &WorkViewer::takeChange);
    connect(services.repository, &TaskRepository::taskReady, this, &WorkViewer::takeTask);
    connect(services.repository, &TaskRepository::tasksRemoved, this,
            [this](const QStringList &ids) {
                if (ids.contains(m_id))
                    showTask({});
            });
    connect(services.settings, &AppSettings::withoutWatermarkChanged, this,
            &WorkViewer::applySwitch);
    connect(services.media, &MediaLibrary::obtained, this, &WorkViewer::takeCover);
    connect(services.media, &MediaLibrary::failed, this, &WorkViewer::missCover);
    connect(services.poller, &TaskPoller::holdChanged, this, &WorkViewer::updateWords);
    connect(&m_loader, &ClipLoader::fileReady, this, &WorkViewer::takeFile);
    connect(&m_loader, &ClipLoader::failed, this, &WorkViewer::takeFailure);
    connect(&m_loader, &ClipLoader::progressChanged, this, &WorkViewer::updateWords);
    connect(services.player, &PlaybackController::frameReady, this, &WorkViewer::takeFirstFrame);
    connect(services.player, &PlaybackController::failed, this, &WorkViewer::takeDecodeFailure);
    updateWords();
}

WorkViewer::~WorkViewer()
{
    releaseCover();
}

const TaskSummary *WorkViewer::row() const
{
    return m_id.isEmpty() ? nullptr : m_services.repository->find(m_id);
}

const ShowItem *WorkViewer::item() const
{
    return m_index < 0 ? nullptr : &m_items[m_index];
}

const ClipLoader::Entry *WorkViewer::shown() const
{
    return m_index < 0 ? nullptr : &m_loader.shown();
}

bool WorkViewer::isPlayable() const
{
    if (m_index < 0 || m_loader.shown().error.kind != ErrorKind::None)
        return false;
    const MediaKind kind = kindIn(m_loader.shownSlot());
    return kind == MediaKind::Video || kind == MediaKind::Audio;
}

MediaKind WorkViewer::kindIn(ClipSlot slot) const
{
    const ClipLoader::Entry &entry = m_loader.entry(slot);
    if (entry.file && entry.file->probe.kind != MediaKind::Unknown)
        return entry.file->probe.kind;
    return m_items[m_index].medium.kind;
}

void WorkViewer::showTask(const QString &id)
{
    if (id == m_id)
        return;
    m_id = id;
    m_task.reset();
    m_items.clear();
    m_index = -1;
    m_askedForFreshLink = false;
    Q_EMIT itemsChanged();
    startItem();
    if (row())
        m_task = m_services.repository->task(m_id);
    m_services.player->play(); // a new task starts by itself; sound is as it was left
    Q_EMIT taskChanged();
    present();
}

/// Finds the shown work again in what the task says now, or the first one.
void WorkViewer::present()
{
    const QString key = m_index < 0 ? QString() : m_items[m_index].medium.key;
    QList<ShowItem> items = m_task ? showItems(*m_task) : QList<ShowItem>();
    const auto same = std::find_if(items.cbegin(), items.cend(),
                                   [&key](const ShowItem &i) { return i.medium.key == key; });
    const bool hadItem = m_index >= 0;
    const bool stays = hadItem && same != items.cend();
    const bool changed = items != m_items;
    const int index = stays ? int(same - items.cbegin()) : items.isEmpty() ? -1 : 0;
    m_items = std::move(items);
    m_index = index;
    if (changed)
        Q_EMIT itemsChanged();
    if (!stays && (hadItem || m_index >= 0)) {
        startItem();
    } else if (stays && changed) {
        m_loader.setMedium(m_id, m_items[m_index].medium, m_services.settings->withoutWatermark());
        if ((!m_hasPicture || m_standsIn) && m_coverAsset.isNull())
            obtainCover();
        Q_EMIT itemChanged();
    }
    updateWords();
}

void WorkViewer::showItem(int index)
{
    if (index < 0 || index >= m_items.size() || index == m_index)
        return;
    m_index = index;
    startItem();
    updateWords();
}

/// Takes the old work off the stage and starts the one at m_index: its cover at once, its clips when
/// nothing else was chosen for a moment.
void WorkViewer::startItem()
{
    ++m_generation;
    m_clipDelay.stop();
    releaseCover();
    m_loader.clear();
    m_services.player->clear();
    m_hasPicture = false;
    m_standsIn = false;
    m_hasVideo = false;
    m_imageSlot.reset();
    m_linkAllowed = false;
    m_words = {}; // the stage has none after this
    Q_EMIT cleared();
    if (m_index >= 0) {
        m_loader.setMedium(m_id, m_items[m_index].medium, m_services.settings->withoutWatermark());
        m_pictureSlot = m_loader.shownSlot();
        m_services.player->show(m_pictureSlot);
        obtainCover();
        m_clipDelay.start();
    }
    Q_EMIT itemChanged();
}

void WorkViewer::beginClips()
{
    const ShowItem &shownItem = m_items[m_index];
    const bool isLink = shownItem.medium.role == MediaRole::Link && !m_linkAllowed;
    if (!isLink && shownItem.medium.kind != MediaKind::Model)
        m_loader.begin();
    updateWords();
}

void WorkViewer::fetchLink()
{
    if (m_index < 0)
        return;
    m_linkAllowed = true;
    m_loader.begin();
    updateWords();
}

void WorkViewer::tryAgain()
{
    if (m_index < 0)
        return;
    m_askedForFreshLink = false;
    if ((!m_hasPicture || m_standsIn) && m_coverAsset.isNull())
        obtainCover();
    m_loader.tryAgain();
    giveToStage(m_loader.shownSlot());
    updateWords();
}

void WorkViewer::takeFile(ClipSlot slot)
{
    giveToStage(slot);
    if (slot == m_loader.shownSlot())
        Q_EMIT itemChanged();
    updateWords();
}

/// Hands a file that is there to whoever can show it.
void WorkViewer::giveToStage(ClipSlot slot)
{
    const ClipLoader::Entry &entry = m_loader.entry(slot);
    if (!entry.file || entry.error.kind != ErrorKind::None)
        return;
    const MediaKind kind = kindIn(slot);
    const bool isShown = slot == m_loader.shownSlot();
    if (kind == MediaKind::Video || kind == MediaKind::Audio) {
        if (isShown)
            m_services.player->show(slot);
        m_services.player->setClip(slot, entry.file->path);
    } else if (kind == MediaKind::Image && isShown && m_imageSlot != slot) {
        decode(*entry.file, slot);
    }
}

void WorkViewer::takeFailure(ClipSlot slot)
{
    const ErrorKind kind = m_loader.entry(slot).error.kind;
    const bool mayBeStale = kind == ErrorKind::LinkDead || kind == ErrorKind::NotMedia;
    if (mayBeStale && !std::exchange(m_askedForFreshLink, true))
        Q_EMIT freshLinkWanted(m_id);
    // The other variant stands in.
    m_services.player->show(m_loader.shownSlot());
    giveToStage(m_loader.shownSlot());
    Q_EMIT itemChanged();
    updateWords();
}

void WorkViewer::takeDecodeFailure(ClipSlot slot, const Error &error)
{
    if (m_index < 0 || m_loader.entry(slot).asset.isNull())
        return;
    m_loader.reportError(slot, error);
    m_services.player->show(m_loader.shownSlot());
    giveToStage(m_loader.shownSlot());
    Q_EMIT itemChanged();
    updateWords();
}

void WorkViewer::takeFirstFrame()
{
    const ClipSlot slot = m_services.player->shown();
    if (m_index < 0 || (m_hasVideo && m_pictureSlot == slot))
        return;
    m_hasPicture = true;
    m_standsIn = false;
    m_hasVideo = true;
    m_pictureSlot = slot;
    if (!m_loader.entry(slot).asset.isNull())
        m_services.media->markShown(m_loader.entry(slot).asset);
    updateWords();
}

void WorkViewer::applySwitch()
{
    if (m_index < 0)
        return;
    m_loader.setWithoutWatermark(m_services.settings->withoutWatermark());
    const ClipSlot slot = m_loader.shownSlot();
    m_services.player->show(slot);
    giveToStage(slot);
    if (!m_hasVideo && !m_imageSlot)
        m_pictureSlot = slot; // a cover belongs to both
    Q_EMIT itemChanged();
    updateWords();
}

void WorkViewer::takeChange(const QStringList &ids)
{
    if (m_id.isEmpty() || !ids.contains(m_id))
        return;
    // Without an answer in memory taskReady() follows; what is on the stage stays until then.
    if (std::optional<Task> task = m_services.repository->task(m_id)) {
        takeTask(*task);
        return;
    }
    Q_EMIT taskChanged();
    updateWords();
}

void WorkViewer::takeTask(const Task &task)
{
    if (m_id.isEmpty() || task.id != m_id)
        return;
    m_task = task;
    Q_EMIT taskChanged();
    present();
    if (m_loader.hasBegun())
        m_loader.begin(); // a fresh link, or a variant that was not there before
}

void WorkViewer::updateWords()
{
    StageSituation situation;
    const TaskSummary *known = row();
    const bool offline = m_services.poller->hold() == TaskPoller::Hold::Offline;
    const TaskSummary waiting = known && offline ? whileOffline(*known) : TaskSummary();
    situation.row = known && offline ? &waiting : known;
    situation.task = m_task ? &*m_task : nullptr;
    situation.item = item();
    situation.shown = shown();
    situation.pictureSlot = m_pictureSlot;
    situation.hasPicture = m_hasPicture;
    situation.asksFirst = m_index >= 0 && m_items[m_index].medium.role == MediaRole::Link
        && !m_linkAllowed;
    situation.now = QDateTime::currentDateTimeUtc();
    const bool counts = situation.row && !situation.item && !isFinal(situation.row->status);
    if (counts != m_clock.isActive())
        counts ? m_clock.start() : m_clock.stop();
    const bool loading = situation.shown && !situation.shown->file && situation.shown->uses > 0;
    Q_EMIT progressChanged(loading ? std::max<qint64>(0, situation.shown->received) : -1,
                           loading ? situation.shown->total : -1);
    StageWords words = stageWords(situation);
    if (words == std::exchange(m_words, words))
        return;
    Q_EMIT wordsChanged();
}

} // namespace taskreel
