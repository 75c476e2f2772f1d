// SPDX-License-Identifier: MIT
#include "ui/window/mainwindow.h"

#include "core/appcontext.h"
#include "core/downloads/autosaver.h"
#include "core/downloads/downloadqueue.h"
#include "core/models/taskfilter.h"
#include "core/secrets/apikey.h"
#include "core/settings/appsettings.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "ui/common/actionregistry.h"
#include "ui/common/thumbnailcache.h"
#include "ui/desktop/reducedmotion.h"
#include "ui/details/detailpane.h"
#include "ui/downloads/downloadspanel.h"
#include "ui/list/hoverplay.h"
#include "ui/list/listpane.h"
#include "ui/list/taskselection.h"
#include "ui/stage/backgroundclip.h"
#include "ui/stage/framegrabber.h"
#include "ui/theme/theme.h"
#include "ui/window/actionids.h"
#include "ui/window/banner.h"
#include "ui/window/downloadactions.h"
#include "ui/window/downloadnotices.h"
#include "ui/window/downloadsdrawer.h"
#include "ui/window/libraryactions.h"
#include "ui/window/endnotices.h"
#include "ui/window/expirywatch.h"
#include "ui/window/exportactions.h"
#include "ui/window/fileactions.h"
#include "ui/window/markactions.h"
#include "ui/window/menus.h"
#include "ui/window/noticeboard.h"
#include "ui/window/servicenotices.h"
#include "ui/window/summarybar.h"
#include "ui/window/taskactions.h"
#include "ui/window/topbar.h"
#include "ui/window/welcome.h"

#include <QAbstractItemView>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QThreadPool>
#include <QTimer>
#include <QToolButton>
#include <QUndoStack>

namespace taskreel {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kLowHeight = 600; ///< lower: the picture gives way, so that nothing overlaps

} // namespace

MainWindow::MainWindow(AppContext &context, Theme &theme)
    : m_context(context)
    , m_theme(theme)
    , m_actions(new ActionRegistry(this))
    , m_selection(new TaskSelection(this))
    , m_undo(new QUndoStack(this))
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(context.profile().isDemo ? tr("Demo – Taskreel") : tr("Taskreel"));
    setAcceptDrops(true);
    // Decoding of pictures and reading of long texts share the pool: two, so that one stays free.
    QThreadPool::globalInstance()->setMaxThreadCount(2);
    m_actions->setIconSource([this](const QString &name) { return m_theme.icon(name); });
    addFileActions();
    m_libraryActions = new LibraryActions(&m_context, m_actions, this);
    addEditActions();
    addViewActions();
    m_thumbnails = new ThumbnailCache(context.media(), context.repository(), this);
    m_taskActions = new TaskActions(&context, m_actions, m_selection, this);
    m_markActions = new MarkActions(&context, m_actions, m_selection, m_undo, this);
    m_exportActions = new ExportActions(&context, m_actions, m_selection, this);
    m_fileActions = new FileActions(&context, m_actions, m_selection, this);
    m_downloadActions = new DownloadActions(&context, m_actions, this);
    auto *expiry = new ExpiryWatch(&context, m_actions, this);
    buildParts();
    m_exportActions->attach(m_board);
    expiry->attach(m_board);
    layOut();
    wire();
    wireDownloads();
    wireIntake();
    wireSmallPictures();
    restoreState();
    watchState();
    showPage();
    // A library that takes long, or was open before: the empty window does not stay blank.
    QTimer::singleShot(1500ms, this, [this] {
        m_ready = true;
        showPage();
    });
}

MainWindow::~MainWindow()
{
    m_undo->disconnect(this); // it tells of its end
    // The views go before the models and services that they look at.
    delete takeCentralWidget();
}

void MainWindow::buildParts()
{
    m_menus = new Menus(m_actions, m_context.profile().isDemo, this);
    m_menus->fill(menuBar());
    menuBar()->hide();
    m_topBar = new TopBar({&m_theme, m_context.settings(), m_context.filter(), m_actions});
    m_topBar->setMenu(m_menus->all());
    m_topBar->setDownloadMenu(m_menus->downloads());
    m_banner = new Banner(&m_theme);
    m_board = new NoticeBoard(m_banner, this);
    m_libraryActions->attach(m_board);
    m_welcome = new Welcome;
    m_list = new ListPane({&m_theme, m_context.filter(), m_selection, m_context.settings(), m_thumbnails});
    m_list->addTool(makeDownloadAllButton());
    m_menus->addColumns(m_list->columnMenu());
    m_pane = new DetailPane({&m_theme, m_context.repository(), m_context.media(), m_context.settings(),
                             m_selection, m_actions, m_thumbnails, m_context.poller()});
    m_taskActions->attach(m_list, m_pane);
    m_markActions->attach(m_pane);
    m_fileActions->attach(m_list, m_pane);
    const QList<QWidget *> views = m_list->views();
    for (QWidget *view : views)
        m_actions->addSingleKeyScope(view);
    for (QWidget *view : views)
        view->addAction(m_actions->action(actionid::kClearFilters));
    m_actions->addSingleKeyScope(m_pane->stage());
    m_actions->setSingleKeysEnabled(m_context.settings()->singleKeyShortcuts());
    const QList<QAction *> all = m_actions->all();
    for (QAction *action : all) {
        if (action->shortcutContext() != Qt::WidgetWithChildrenShortcut)
            addAction(action);
    }
}

void MainWindow::layOut()
{
    m_splitter = new QSplitter;
    m_splitter->setObjectName(u"splitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_list->setMinimumSize(300, 104);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, kListShare);
    m_splitter->setStretchFactor(1, 1000 - kListShare);
    m_blank = new QWidget;
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_blank);
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(m_splitter);
    auto *central = new QWidget;
    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_topBar);
    if (m_context.profile().isDemo)
        layout->addWidget(makeDemoMarker());
    layout->addWidget(m_banner);
    auto *panel = new DownloadsPanel({&m_theme, m_context.downloadModel(), m_actions});
    m_downloadActions->attach(panel);
    m_drawer = new DownloadsDrawer(m_pages, panel, m_context.settings(), m_actions);
    layout->addWidget(m_drawer, 1);
    layout->addWidget(new SummaryBar({&m_theme, m_context.filter(), m_context.poller(),
                                      m_context.downloads(), m_context.key(), m_actions,
                                      m_context.repository(), m_selection}));
    setCentralWidget(central);
    setMinimumSize(560, 400);
}

QWidget *MainWindow::makeDemoMarker()
{
    auto *marker = new QWidget;
    auto *words = new QLabel(tr("Demo: sample tasks and clips from a service inside the program."));
    words->setForegroundRole(QPalette::PlaceholderText);
    auto *leave = new QPushButton(tr("Leave demo"));
    leave->setObjectName(u"leaveDemo"_s);
    leave->setFlat(true);
    connect(leave, &QPushButton::clicked, m_actions->action(actionid::kLeaveDemo), &QAction::trigger);
    auto *layout = new QHBoxLayout(marker);
    layout->setContentsMargins(measure::kMargin, 2, measure::kGap, 2);
    layout->addWidget(words, 1);
    layout->addWidget(leave);
    return marker;
}

QWidget *MainWindow::makeDownloadAllButton()
{
    QAction *action = m_actions->action(actionid::kDownloadAll);
    auto *button = new QToolButton;
    button->setObjectName(u"downloadAll"_s);
    button->setIcon(action->icon());
    button->setIconSize({18, 18});
    button->setFixedSize(30, 28);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(tr("Download all"));
    button->setToolTip(tr("Download all completed (%1)")
                               .arg(action->shortcut().toString(QKeySequence::NativeText)));
    button->setEnabled(action->isEnabled());
    connect(button, &QToolButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, button,
            [button, action] { button->setEnabled(action->isEnabled()); });
    return button;
}

void MainWindow::wire()
{
    auto *ends = new EndNotices(m_context.repository(), m_context.settings(), this);
    connect(ends, &EndNotices::showRequested, this, [this](const QStringList &ids) {
        raiseAndActivate();
        if (!ids.isEmpty())
            m_selection->set(ids.constFirst(), QSet<QString>(ids.cbegin(), ids.cend()));
    });
    auto *notices = new ServiceNotices(&m_context, m_board, this);
    connect(notices, &ServiceNotices::enterKeyRequested, this, &MainWindow::enterKey);
    connect(notices, &ServiceNotices::settingsRequested, this, &MainWindow::openSettings);
    connect(notices, &ServiceNotices::freeSpaceRequested, m_libraryActions,
            &LibraryActions::openFreeSpace);
    connect(m_welcome, &Welcome::enterKeyPressed, this, &MainWindow::enterKey);
    connect(m_welcome, &Welcome::tryDemoPressed, this, &MainWindow::tryDemoRequested);
    connect(&m_context, &AppContext::rowsCame, this, [this] {
        showPage();
        restoreTask(false);
        // With tasks the keys are for the list; without, for pasting.
        if (m_context.repository()->count() > 0)
            m_list->view()->setFocus();
    });
    connect(&m_context, &AppContext::ready, this, [this] {
        m_ready = true;
        restoreTask(true);
        showPage();
        if (m_context.repository()->count() == 0)
            m_topBar->focusPasteBox();
    });
    connect(&m_context, &AppContext::openFailed, this, [this] {
        m_ready = true;
        showPage();
    });
    connect(m_context.filter(), &TaskFilter::countsChanged, this, &MainWindow::showPage);
    connect(m_context.key(), &ApiKey::stateChanged, this, &MainWindow::showPage);
    connect(m_selection, &TaskSelection::selectedChanged, m_topBar,
            [this] { m_topBar->showSelectedCount(m_selection->selected().size()); });
    connect(m_selection, &TaskSelection::currentChanged, this, [this] { preferVisible(m_visible); });
    connect(m_list, &ListPane::visibleTasksChanged, this, &MainWindow::preferVisible);
    connect(m_list, &ListPane::contextMenuRequested, this,
            [this](const QPoint &position) { m_menus->context()->popup(position); });
    connect(m_list, &ListPane::activated, this, [this] { m_pane->stage()->setFocus(); });
    connect(m_taskActions, &TaskActions::removeRequested, this, &MainWindow::removeTasks);
    connect(m_taskActions, &TaskActions::cancelRequested, notices, &ServiceNotices::askToCancel);
    connect(m_markActions, &MarkActions::removeRequested, this, &MainWindow::removeTasks);
    connect(m_pane, &DetailPane::editingLeft, this, [this] { m_list->view()->setFocus(); });
    connect(m_taskActions, &TaskActions::said, this, &MainWindow::say);
    connect(m_fileActions, &FileActions::said, this, &MainWindow::say);
    connect(m_context.settings(), &AppSettings::singleKeyShortcutsChanged, m_actions,
            &ActionRegistry::setSingleKeysEnabled);
    connect(m_context.settings(), &AppSettings::appearanceChanged, this,
            [this] { m_theme.apply(m_context.settings()->appearance()); });
    connect(&m_theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void MainWindow::wireDownloads()
{
    new AutoSaver(m_context.repository(), m_context.downloads(), m_context.settings(), this);
    new DownloadNotices(&m_context, m_board, this);
    connect(m_downloadActions, &DownloadActions::said, this, &MainWindow::say);
    connect(m_drawer, &DownloadsDrawer::closed, this, [this] { m_list->view()->setFocus(); });
}

/// Frames of clips without a cover, and clips under the pointer: the stage comes first.
void MainWindow::wireSmallPictures()
{
    auto *clip = new BackgroundClip(this);
    auto *frames = new FrameGrabber(clip, this);
    m_thumbnails->setFrameMaker(frames);
    auto *hover = new HoverPlay({m_context.filter(), m_context.repository(), m_context.media(),
                                 m_context.settings(), m_thumbnails, clip},
                                this);
    m_list->addHover(hover);
    connect(hover, &HoverPlay::playingChanged, frames, &FrameGrabber::setHoverPlaying);
    connect(m_pane, &DetailPane::playbackChanged, frames, &FrameGrabber::setStagePlaying);
    connect(m_pane, &DetailPane::playbackChanged, hover,
            [this, hover] { hover->setHeld(m_pane->isPlayingLarge()); });
    auto *motion = new ReducedMotion(this);
    connect(motion, &ReducedMotion::changed, hover, &HoverPlay::setMotionReduced);
    hover->setMotionReduced(motion->isReduced());
}

void MainWindow::preferVisible(const QSet<QString> &visible)
{
    m_visible = visible;
    m_context.poller()->setPreferred(m_selection->current(), visible);
}

void MainWindow::showPage()
{
    const bool hasKey = m_context.key()->state() == ApiKey::State::Available;
    m_welcome->setChoices(!hasKey, !m_context.profile().isDemo);
    if (m_context.repository()->count() > 0)
        m_pages->setCurrentWidget(m_splitter);
    else
        m_pages->setCurrentWidget(m_ready ? m_welcome : m_blank);
}

void MainWindow::raiseAndActivate()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::showProblem(const QString &sentence)
{
    m_board->post(NoticeBoard::Topic::Settings, {.level = Notice::Level::Error, .text = sentence});
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_pane->stage()->setMinimumHeight(height() < kLowHeight ? 72 : 140);
    turnSplitter();
    m_saveLater.start();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveState();
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    // The desktop changed its colours; our own palette arrives here too and changes nothing.
    if (event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::PaletteChange)
        m_theme.refreshFromDesktop();
}

} // namespace taskreel
