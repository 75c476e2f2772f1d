// SPDX-License-Identifier: MIT
#include "ui/details/detailpane.h"

#include "core/settings/appsettings.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "ui/common/thumbnailcache.h"
#include "ui/details/detailtabs.h"
#include "ui/details/fullscreenview.h"
#include "ui/details/markseditor.h"
#include "ui/details/panesplitter.h"
#include "ui/details/worksbar.h"
#include "ui/details/worksstrip.h"
#include "ui/details/workviewer.h"
#include "ui/list/taskselection.h"
#include "ui/stage/frameconverter.h"
#include "ui/stage/transport.h"
#include "ui/stage/videostage.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QPushButton>
#include <QVBoxLayout>
#include <QVideoFrame>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {


constexpr char kShares[] = "detailShares"; ///< name of the line's place among the window states

} // namespace

DetailPane::DetailPane(const Services &services, QWidget *parent)
    : QWidget(parent), m_services(services), m_player(new PlaybackController(this)),
      m_viewer(new WorkViewer({services.repository, services.media, services.settings, m_player,
                               services.thumbnails, services.poller},
                              this))
{
    setObjectName(u"detailPane"_s);
    makeStage();
    layOut();
    wireViewer();
    wirePlayer();
    takeWords();
    takeItems();
    connect(services.selection, &TaskSelection::currentChanged, m_viewer, &WorkViewer::showTask);
    m_viewer->showTask(services.selection->current());
}

DetailPane::~DetailPane() = default;

void DetailPane::makeStage()
{
    m_stage = new VideoStage(m_services.theme);
    m_stage->setObjectName(u"stage"_s);
    m_stage->setMinimumHeight(96);
    m_stage->installEventFilter(this);
    m_offer = new QPushButton(m_stage);
    m_offer->setObjectName(u"stageOffer"_s);
    m_offer->installEventFilter(this);
    m_offer->hide();
    connect(m_offer, &QPushButton::clicked, this, &DetailPane::pressOffer);
    m_transport = new Transport(
        {m_services.theme, m_services.settings, m_services.actions, m_player});
    m_strip = new WorksStrip(m_services.theme, m_services.media);
    m_works = new WorksBar(m_services.theme, m_services.actions, m_strip);
}

void DetailPane::layOut()
{
    auto *picture = new QWidget;
    m_pictureLayout = new QVBoxLayout(picture);
    m_pictureLayout->setContentsMargins(0, 0, 0, 0);
    m_pictureLayout->setSpacing(0);
    m_pictureLayout->addWidget(m_stage, 1);
    m_pictureLayout->addWidget(m_transport);
    m_marks = new MarksEditor(
        {m_services.theme, m_services.repository, m_services.selection, m_services.actions});
    connect(m_marks, &MarksEditor::tagsEdited, this, &DetailPane::tagsEdited);
    connect(m_marks, &MarksEditor::noteEdited, this, &DetailPane::noteEdited);
    connect(m_marks, &MarksEditor::left, this, &DetailPane::editingLeft);
    m_tabs = new DetailTabs(m_services.theme, m_services.repository, m_viewer, m_marks);
    m_tabs->setMinimumHeight(96);
    auto *details = new QWidget;
    auto *detailsLayout = new QVBoxLayout(details);
    detailsLayout->setContentsMargins(0, 0, 0, 0);
    detailsLayout->setSpacing(0);
    detailsLayout->addWidget(m_works);
    detailsLayout->addWidget(m_tabs, 1);
    auto *splitter = new PaneSplitter(picture, details);
    splitter->setObjectName(u"detailSplitter"_s);
    AppSettings *settings = m_services.settings;
    splitter->setShares(settings->windowState(QLatin1StringView(kShares)));
    connect(splitter, &PaneSplitter::sharesChanged, settings, [settings, splitter] {
        settings->setWindowState(QLatin1StringView(kShares), splitter->shares());
    });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter);
}

void DetailPane::wireViewer()
{
    connect(m_viewer, &WorkViewer::cleared, m_stage, &VideoStage::clear);
    connect(m_viewer, &WorkViewer::pictureReady, m_stage, &VideoStage::setCover);
    connect(m_viewer, &WorkViewer::progressChanged, m_stage, &VideoStage::setProgress);
    connect(m_viewer, &WorkViewer::wordsChanged, this, &DetailPane::takeWords);
    connect(m_viewer, &WorkViewer::itemsChanged, this, &DetailPane::takeItems);
    connect(m_viewer, &WorkViewer::itemChanged, this, &DetailPane::takeItem);
    connect(m_viewer, &WorkViewer::taskChanged, this, &DetailPane::currentChanged);
    connect(m_viewer, &WorkViewer::freshLinkWanted, m_services.poller,
            [poller = m_services.poller](const QString &id) { poller->checkNow({id}); });
    connect(m_strip, &WorksStrip::chosen, m_viewer, &WorkViewer::showItem);
}

void DetailPane::wirePlayer()
{
    AppSettings *settings = m_services.settings;
    connect(m_player, &PlaybackController::frameReady, m_stage, &VideoStage::setFrame);
    connect(m_player, &PlaybackController::frameReady, this, &DetailPane::offerFrame);
    connect(m_player, &PlaybackController::playingChanged, this, &DetailPane::announcePlayback);
    connect(m_player, &PlaybackController::shownChanged, this, &DetailPane::announcePlayback);
    connect(m_player, &PlaybackController::clipReady, this,
            [this] { Q_EMIT playbackChanged(isPlaying()); });
    connect(m_player, &PlaybackController::failed, this, &DetailPane::announcePlayback);
    connect(m_viewer, &WorkViewer::cleared, this, &DetailPane::announcePlayback);
    connect(m_viewer, &WorkViewer::itemChanged, this, &DetailPane::announcePlayback);
    connect(settings, &AppSettings::loopChanged, m_player, &PlaybackController::setLoop);
    connect(settings, &AppSettings::mutedChanged, m_player, &PlaybackController::setMuted);
    connect(settings, &AppSettings::volumeChanged, m_player, &PlaybackController::setVolume);
    m_player->setLoop(settings->loop());
    m_player->setMuted(settings->muted());
    m_player->setVolume(settings->volume());
    connect(m_stage, &VideoStage::dragRequested, this, &DetailPane::dragRequested);
    connect(m_stage, &VideoStage::clicked, this, &DetailPane::togglePlaying);
    connect(m_stage, &VideoStage::fullScreenRequested, this, &DetailPane::toggleFullScreen);
}

void DetailPane::takeWords()
{
    const StageWords &words = m_viewer->words();
    m_stage->setPlaceholder(words.title, words.text);
    m_stage->setNotice(words.notice);
    m_stage->setLabel(words.label);
    switch (words.offer) {
    case StageWords::Offer::None:
        m_offer->hide();
        return;
    case StageWords::Offer::TryAgain:
        m_offer->setText(tr("Try again"));
        break;
    case StageWords::Offer::FetchLink:
        m_offer->setText(tr("Fetch this link"));
        break;
    }
    m_offer->setAccessibleName(m_offer->text());
    placeOffer();
    m_offer->show();
}

void DetailPane::placeOffer()
{
    // Below the words in the middle, above the sentence at the lower edge.
    m_offer->adjustSize();
    const int low = m_stage->height() - m_offer->height() - 2 * measure::kControlHeight;
    m_offer->move((m_stage->width() - m_offer->width()) / 2,
                  std::min(m_stage->height() / 2 + 3 * measure::kMargin + measure::kGap, low));
}

void DetailPane::pressOffer()
{
    if (m_viewer->words().offer == StageWords::Offer::FetchLink)
        m_viewer->fetchLink();
    else
        m_viewer->tryAgain();
}

bool DetailPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_stage && event->type() == QEvent::Resize)
        placeOffer();
    // Space presses the button that has the focus; the stage's shortcut would take it away.
    if (watched == m_offer && event->type() == QEvent::ShortcutOverride
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space) {
        event->accept();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void DetailPane::takeItems()
{
    m_strip->setItems(m_viewer->taskId(), m_viewer->items());
    m_transport->setWorkCount(int(m_viewer->items().size()));
    takeItem();
}

void DetailPane::takeItem()
{
    m_strip->setCurrent(m_viewer->index());
    m_works->setPosition(m_viewer->index(), int(m_viewer->items().size()));
    m_transport->setPlayable(m_viewer->isPlayable());
    Q_EMIT currentChanged();
}

QWidget *DetailPane::stage() const
{
    return m_stage;
}

QString DetailPane::currentTaskId() const
{
    return m_viewer->taskId();
}

QString DetailPane::currentWorkKey() const
{
    const ShowItem *item = m_viewer->item();
    return item ? item->workKey : QString();
}

bool DetailPane::hasWork() const
{
    return m_viewer->item();
}

QString DetailPane::currentLink() const
{
    const ClipLoader::Entry *shown = m_viewer->shown();
    return shown ? QString::fromUtf8(shown->source.url) : QString();
}

AssetId DetailPane::currentAsset() const
{
    const ClipLoader::Entry *shown = m_viewer->shown();
    return shown ? shown->asset : AssetId();
}

QString DetailPane::localPath() const
{
    const ClipLoader::Entry *shown = m_viewer->shown();
    return shown && shown->file ? shown->file->path : QString();
}

QString DetailPane::savedPath() const
{
    const TaskSummary *row = m_viewer->row();
    return row ? row->savedPath : QString();
}

bool DetailPane::isPlaying() const
{
    return m_player->isPlaying() && m_player->hasClip(m_player->shown());
}

bool DetailPane::isPlayingLarge() const
{
    constexpr qint64 kLarge = 3'000'000; // px; 1440 × 1440 leaves room (tst_bench_hover)
    const QSize size = m_player->frameSize();
    return isPlaying() && qint64(size.width()) * size.height() > kLarge;
}

void DetailPane::announcePlayback()
{
    if (m_playbackAnnounced == isPlaying())
        return;
    m_playbackAnnounced = isPlaying();
    Q_EMIT playbackChanged(m_playbackAnnounced);
}

/// A clip without a cover runs: its picture for the list comes from here, since nobody else decodes
/// meanwhile.
void DetailPane::offerFrame(const QVideoFrame &frame)
{
    constexpr QSize kBound{480, 480}; // px
    constexpr int kSlack = 3; // frames that a busy window may skip
    const QString id = m_viewer->taskId();
    if (!m_services.thumbnails->wantsFrame(id))
        return;
    const int tenth = int(double(m_player->duration()) * m_player->frameRate() / 10'000);
    const int number = m_player->frameNumber();
    if (number < tenth || number > tenth + kSlack)
        return;
    FrameConverter converter;
    const QImage picture = converter.convertUpright(frame, kBound, FrameConverter::Fit::Inside);
    if (!picture.isNull())
        m_services.thumbnails->offerFrame(id, picture);
}

void DetailPane::showMarksLine()
{
    if (m_fullScreen) {
        m_fullScreen->close();
        window()->activateWindow();
    }
    m_tabs->setCurrentIndex(0);
}

void DetailPane::editTags()
{
    showMarksLine();
    m_marks->editTags();
}

void DetailPane::editNote()
{
    showMarksLine();
    m_marks->editNote();
}

void DetailPane::toggleFullScreen()
{
    if (m_fullScreen) {
        m_fullScreen->close();
        return;
    }
    m_fullScreen = new FullScreenView(m_services.theme, m_stage, m_transport, window());
    connect(m_fullScreen, &FullScreenView::closed, this, &DetailPane::takeBackStage);
    m_fullScreen->showFullScreen();
    m_fullScreen->activateWindow(); // where no window manager does it
    m_stage->setFocus();
}

void DetailPane::takeBackStage()
{
    m_pictureLayout->insertWidget(0, m_stage, 1);
    m_pictureLayout->insertWidget(1, m_transport);
    m_stage->show();
    m_transport->show();
    m_stage->setFocus();
}

} // namespace taskreel
