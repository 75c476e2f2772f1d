// SPDX-License-Identifier: MIT
#include "ui/details/detailpane.h"

#include "core/settings/appsettings.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "ui/details/factsview.h"
#include "ui/details/fullscreenview.h"
#include "ui/details/tasklog.h"
#include "ui/details/worksbar.h"
#include "ui/details/worksstrip.h"
#include "ui/details/workviewer.h"
#include "ui/list/taskselection.h"
#include "ui/stage/transport.h"
#include "ui/stage/videostage.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QFontDatabase>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

constexpr int kTabsFrom = 380; ///< px
constexpr std::array kSpeeds{0.25, 0.5, 1.0, 1.5, 2.0};

QPlainTextEdit *makeText(const QString &name, const QString &objectName)
{
    auto *view = new QPlainTextEdit;
    view->setObjectName(objectName);
    view->setAccessibleName(name);
    view->setReadOnly(true);
    view->setFrameShape(QFrame::NoFrame);
    view->setTabChangesFocus(true);
    return view;
}

/// Setting the same text again would lose selection and scroll position.
void setTextIfNew(QPlainTextEdit *view, const QString &text)
{
    if (view->toPlainText() != text)
        view->setPlainText(text);
}

} // namespace

DetailPane::DetailPane(const Services &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_player(new PlaybackController(this))
    , m_viewer(new WorkViewer({services.repository, services.media, services.settings, m_player}, this))
    , m_log(new TaskLog(services.repository, this))
{
    setObjectName(u"detailPane"_s);
    makeStage();
    makeTabs();
    layOut();
    wireViewer();
    wirePlayer();
    takeWords();
    takeItems();
    updateTexts();
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
    m_offer->hide();
    connect(m_offer, &QPushButton::clicked, this, &DetailPane::pressOffer);
    m_transport = new Transport(
        {m_services.theme, m_services.settings, m_services.actions, m_player});
    m_strip = new WorksStrip(m_services.theme, m_services.media);
    m_works = new WorksBar(m_services.theme, m_services.actions, m_strip);
}

void DetailPane::makeTabs()
{
    m_facts = new FactsView(m_services.theme);
    m_prompt = makeText(tr("Prompt"), u"promptView"_s);
    m_json = makeText(tr("Raw answer"), u"jsonView"_s);
    m_json->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_json->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_logView = makeText(tr("What happened"), u"logView"_s);
    m_tabs = new QTabWidget;
    m_tabs->setObjectName(u"detailTabs"_s);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_facts, tr("Details"));
    m_tabs->addTab(m_prompt, tr("Prompt"));
    m_tabs->addTab(m_json, tr("JSON"));
    m_tabs->addTab(m_logView, tr("Log"));
    connect(m_tabs, &QTabWidget::currentChanged, this, &DetailPane::requestJson);
    connect(m_services.repository, &TaskRepository::answerReady, this, &DetailPane::takeJson);
    connect(m_log, &TaskLog::changed, this, [this](const QStringList &ids) {
        if (ids.contains(m_viewer->taskId()))
            updateLog();
    });
}

void DetailPane::layOut()
{
    m_picture = new QWidget;
    m_pictureLayout = new QVBoxLayout(m_picture);
    m_pictureLayout->setContentsMargins(0, 0, 0, 0);
    m_pictureLayout->setSpacing(0);
    m_pictureLayout->addWidget(m_stage, 1);
    m_pictureLayout->addWidget(m_transport);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_picture, 3);
    column->addWidget(m_works);
    column->addWidget(m_tabs, 1);
    m_tabs->setMinimumHeight(96);
}

void DetailPane::wireViewer()
{
    connect(m_viewer, &WorkViewer::cleared, m_stage, &VideoStage::clear);
    connect(m_viewer, &WorkViewer::pictureReady, m_stage, &VideoStage::setCover);
    connect(m_viewer, &WorkViewer::progressChanged, m_stage, &VideoStage::setProgress);
    connect(m_viewer, &WorkViewer::wordsChanged, this, &DetailPane::takeWords);
    connect(m_viewer, &WorkViewer::itemsChanged, this, &DetailPane::takeItems);
    connect(m_viewer, &WorkViewer::itemChanged, this, &DetailPane::takeItem);
    connect(m_viewer, &WorkViewer::taskChanged, this, &DetailPane::updateTexts);
    connect(m_viewer, &WorkViewer::freshLinkWanted, m_services.poller,
            [poller = m_services.poller](const QString &id) { poller->checkNow({id}); });
    connect(m_strip, &WorksStrip::chosen, m_viewer, &WorkViewer::showItem);
}

void DetailPane::wirePlayer()
{
    AppSettings *settings = m_services.settings;
    connect(m_player, &PlaybackController::frameReady, m_stage, &VideoStage::setFrame);
    connect(settings, &AppSettings::loopChanged, m_player, &PlaybackController::setLoop);
    connect(settings, &AppSettings::mutedChanged, m_player, &PlaybackController::setMuted);
    connect(settings, &AppSettings::volumeChanged, m_player, &PlaybackController::setVolume);
    m_player->setLoop(settings->loop());
    m_player->setMuted(settings->muted());
    m_player->setVolume(settings->volume());
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
    m_offer->adjustSize();
    m_offer->move((m_stage->width() - m_offer->width()) / 2,
                  m_stage->height() * 2 / 3 - m_offer->height() / 2);
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
    return QWidget::eventFilter(watched, event);
}

void DetailPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // In a low pane the picture and its controls come first.
    m_tabs->setVisible(height() >= kTabsFrom);
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
    updateFacts();
    Q_EMIT currentChanged();
}

void DetailPane::updateTexts()
{
    const std::optional<Task> &task = m_viewer->task();
    QStringList parts;
    if (task) {
        parts.append(task->prompt);
        if (!task->negativePrompt.isEmpty())
            parts.append(tr("Negative prompt: %1").arg(task->negativePrompt));
        parts.append(textResults(*task));
        parts.removeAll(QString());
    }
    setTextIfNew(m_prompt, parts.join(u"\n\n"_s));
    updateFacts();
    updateLog();
    m_jsonTaskId.clear(); // what is shown may be old
    requestJson();
    Q_EMIT currentChanged();
}

void DetailPane::updateFacts()
{
    const ClipLoader::Entry *shown = m_viewer->shown();
    FactSources sources;
    sources.row = m_viewer->row();
    sources.task = m_viewer->task() ? &*m_viewer->task() : nullptr;
    sources.item = m_viewer->item();
    sources.source = shown ? &shown->source : nullptr;
    sources.file = shown && shown->file ? &*shown->file : nullptr;
    sources.now = QDateTime::currentDateTimeUtc();
    m_facts->setFacts(taskFacts(sources));
}

void DetailPane::updateLog()
{
    setTextIfNew(m_logView, m_log->lines(m_viewer->taskId()).join(u'\n'));
}

void DetailPane::requestJson()
{
    const QString id = m_viewer->taskId();
    if (id.isEmpty()) {
        m_json->clear();
        return;
    }
    // Read only when somebody looks: an answer may be large.
    if (m_tabs->currentWidget() != m_json || m_jsonTaskId == id)
        return;
    m_jsonTaskId = id;
    m_services.repository->requestAnswer(id);
}

void DetailPane::takeJson(const QString &id, const QByteArray &json)
{
    if (id != m_viewer->taskId() || id != m_jsonTaskId)
        return;
    const QByteArray indented = QJsonDocument::fromJson(json).toJson(QJsonDocument::Indented);
    setTextIfNew(m_json, json.isEmpty() ? tr("Nothing was answered yet.")
                                        : QString::fromUtf8(indented));
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

void DetailPane::togglePlaying()
{
    if (m_viewer->isPlayable())
        m_player->togglePlaying();
}

void DetailPane::stepFrames(int count)
{
    m_player->stepFrames(count);
}

void DetailPane::seekBy(qint64 ms)
{
    m_player->seek(std::clamp<qint64>(m_player->position() + ms, 0, m_player->duration()));
}

void DetailPane::seekToStart()
{
    m_player->seek(0);
}

void DetailPane::seekToEnd()
{
    m_player->seek(m_player->duration());
}

void DetailPane::setSpeed(double rate)
{
    m_player->setSpeed(rate);
}

void DetailPane::speedUp()
{
    const auto next = std::find_if(kSpeeds.cbegin(), kSpeeds.cend(),
                                   [this](double rate) { return rate > m_player->speed() + 0.01; });
    if (next != kSpeeds.cend())
        m_player->setSpeed(*next);
}

void DetailPane::slowDown()
{
    const auto next = std::find_if(kSpeeds.crbegin(), kSpeeds.crend(),
                                   [this](double rate) { return rate < m_player->speed() - 0.01; });
    if (next != kSpeeds.crend())
        m_player->setSpeed(*next);
}

void DetailPane::nextWork()
{
    m_viewer->showItem(m_viewer->index() + 1);
}

void DetailPane::previousWork()
{
    m_viewer->showItem(m_viewer->index() - 1);
}

void DetailPane::tryAgain()
{
    m_viewer->tryAgain();
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
