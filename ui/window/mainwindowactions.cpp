// SPDX-License-Identifier: MIT
// The second half of MainWindow: its own actions, intake, removing, dialogs.
#include "core/appcontext.h"
#include "core/models/taskfilter.h"
#include "core/tasks/intake.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "ui/common/actionregistry.h"
#include "ui/history/historydialog.h"
#include "ui/list/listpane.h"
#include "ui/list/taskselection.h"
#include "ui/settings/keydialog.h"
#include "ui/settings/settingsdialog.h"
#include "ui/theme/theme.h"
#include "ui/window/actionids.h"
#include "ui/window/banner.h"
#include "ui/window/intakemessages.h"
#include "ui/window/mainwindow.h"
#include "ui/window/menus.h"
#include "ui/window/noticeboard.h"
#include "ui/window/removecommand.h"
#include "ui/window/shortcutsheet.h"
#include "ui/window/topbar.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QUndoStack>

namespace taskreel {

using namespace Qt::StringLiterals;
using Topic = NoticeBoard::Topic;

namespace {

constexpr int kShortMs = 8'000;
constexpr int kUndoMs = 12'000;

} // namespace

void MainWindow::addFileActions()
{
    m_actions->add({.id = actionid::kPaste,
                    .text = tr("&Add from clipboard"),
                    .iconName = u"edit-paste"_s,
                    .shortcuts = {QKeySequence::Paste}},
                   this, [this] { paste(); });
    m_actions->add({.id = actionid::kAddFiles,
                    .text = tr("Add from &files…"),
                    .iconName = u"document-open"_s,
                    .shortcuts = {QKeySequence::Open}},
                   this, [this] { chooseFiles(); });
    m_actions->add({.id = actionid::kImportHistory,
                    .text = tr("Import from &history…"),
                    .iconName = u"view-history"_s,
                    .shortcuts = {QKeySequence(Qt::CTRL | Qt::Key_H)}},
                   this, [this] { openHistory(); });
    m_actions->add({.id = actionid::kEnterKey, .text = tr("Enter API &key…")}, this,
                   [this] { enterKey(); });
    m_actions->add({.id = actionid::kSettings,
                    .text = tr("&Settings…"),
                    .iconName = u"configure"_s,
                    .shortcuts = {QKeySequence(Qt::CTRL | Qt::Key_Comma)}},
                   this, [this] { openSettings(); });
    m_actions->add({.id = actionid::kTryDemo, .text = tr("&Try the demo")}, this,
                   [this] { Q_EMIT tryDemoRequested(); });
    m_actions->add({.id = actionid::kLeaveDemo, .text = tr("&Leave demo")}, this,
                   [this] { Q_EMIT leaveDemoRequested(); });
    m_actions->add({.id = actionid::kQuit,
                    .text = tr("&Quit"),
                    .iconName = u"application-exit"_s,
                    .shortcuts = {QKeySequence(Qt::CTRL | Qt::Key_Q)}},
                   this, [this] { close(); });
}

void MainWindow::addEditActions()
{
    QAction *undo = m_actions->add({.id = actionid::kUndo,
                                    .text = tr("&Undo"),
                                    .iconName = u"edit-undo"_s,
                                    .shortcuts = {QKeySequence(Qt::CTRL | Qt::Key_Z)}},
                                   this, [this] { m_undo->undo(); });
    QAction *redo = m_actions->add(
            {.id = actionid::kRedo,
             .text = tr("&Redo"),
             .iconName = u"edit-redo"_s,
             .shortcuts = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)}},
            this, [this] { m_undo->redo(); });
    undo->setEnabled(false);
    redo->setEnabled(false);
    connect(m_undo, &QUndoStack::indexChanged, this, [this] {
        if (m_board)
            m_board->withdraw(NoticeBoard::Topic::Removed);
    });
    connect(m_undo, &QUndoStack::canUndoChanged, undo, &QAction::setEnabled);
    connect(m_undo, &QUndoStack::canRedoChanged, redo, &QAction::setEnabled);
    connect(m_undo, &QUndoStack::undoTextChanged, undo, [undo](const QString &what) {
        undo->setText(what.isEmpty() ? tr("&Undo") : tr("&Undo: %1").arg(what));
    });
    connect(m_undo, &QUndoStack::redoTextChanged, redo, [redo](const QString &what) {
        redo->setText(what.isEmpty() ? tr("&Redo") : tr("&Redo: %1").arg(what));
    });
    m_actions->add({.id = actionid::kSelectAll,
                    .text = tr("Select &all"),
                    .iconName = u"edit-select-all"_s,
                    .shortcuts = {QKeySequence::SelectAll}},
                   this, [this] { m_list->selectAll(); });
    m_actions->add({.id = actionid::kSearch,
                    .text = tr("&Search"),
                    .iconName = u"edit-find"_s,
                    .shortcuts = {QKeySequence::Find}},
                   this, [this] { m_topBar->focusSearch(); });
    // In the search box and the list alone: elsewhere Esc has other uses.
    m_actions->add({.id = actionid::kClearFilters,
                    .text = tr("Clear &filters"),
                    .shortcuts = {QKeySequence(Qt::Key_Escape)},
                    .context = Qt::WidgetShortcut},
                   this, [this] { m_context.filter()->clear(); });
}

void MainWindow::addViewActions()
{
    m_actions->add({.id = actionid::kTable,
                    .text = tr("As &table"),
                    .iconName = u"view-list-details"_s,
                    .shortcuts = {QKeySequence(Qt::CTRL | Qt::Key_1)}},
                   this, [this] { m_list->setGrid(false); });
    m_actions->add({.id = actionid::kGrid,
                    .text = tr("As &covers"),
                    .iconName = u"view-list-icons"_s,
                    .shortcuts = {QKeySequence(Qt::CTRL | Qt::Key_2)}},
                   this, [this] { m_list->setGrid(true); });
    QAction *menuBarAction = m_actions->add({.id = actionid::kMenuBar,
                                             .text = tr("Show &menu bar"),
                                             .shortcuts = {QKeySequence(Qt::CTRL | Qt::Key_M)},
                                             .checkable = true},
                                            this, nullptr);
    connect(menuBarAction, &QAction::toggled, this, [this](bool on) { menuBar()->setVisible(on); });
    m_actions->add({.id = actionid::kOpenMenu,
                    .text = tr("&Open menu"),
                    .shortcuts = {QKeySequence(Qt::Key_F10)}},
                   this, [this] { m_topBar->openMenu(); });
    m_actions->add({.id = actionid::kFullScreen,
                    .text = tr("&Full screen"),
                    .iconName = u"view-fullscreen"_s,
                    .shortcuts = {QKeySequence(Qt::Key_F11)}},
                   this, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    m_actions->add({.id = actionid::kShortcuts,
                    .text = tr("&Shortcuts"),
                    .iconName = u"input-keyboard"_s,
                    .shortcuts = {QKeySequence(Qt::Key_F1)}},
                   this, [this] { showShortcuts(); });
    m_actions->add({.id = actionid::kShortcutsByKey,
                    .text = tr("Shortcuts"),
                    .shortcuts = {QKeySequence(Qt::Key_Question)},
                    .singleKey = true},
                   this, [this] { showShortcuts(); });
    m_actions->add({.id = actionid::kAbout, .text = tr("&About Taskreel")}, this,
                   [this] { showAbout(); });
}

void MainWindow::wireIntake()
{
    connect(m_topBar, &TopBar::textGiven, m_context.intake(), &Intake::addText);
    connect(m_topBar, &TopBar::pasted, this, &MainWindow::takeMime);
    connect(m_context.intake(), &Intake::finished, this, &MainWindow::takeReport);
}

void MainWindow::takeMime(const QMimeData *mime)
{
    QStringList files;
    const QList<QUrl> urls = mime->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    }
    if (!files.isEmpty())
        m_context.intake()->addFiles(files);
    else if (mime->hasText())
        m_context.intake()->addText(mime->text());
}

void MainWindow::paste()
{
    if (const QMimeData *mime = QGuiApplication::clipboard()->mimeData())
        takeMime(mime);
}

void MainWindow::chooseFiles()
{
    auto *dialog = new QFileDialog(this, tr("Add task IDs from files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, m_context.intake(), &Intake::addFiles);
    dialog->open();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->source())
        return; // files on their way out of this window
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    takeMime(event->mimeData());
}

void MainWindow::takeReport(const IntakeReport &report)
{
    Notice notice{.level = report.added.isEmpty() ? Notice::Level::Information : Notice::Level::Success,
                  .text = intakeSentence(report)};
    const bool more = hasMoreToShow(report);
    if (more)
        notice.buttons = {{tr("Show…"), [this, report] {
                               showIntakeDetails(report, m_context.intake(), this);
                           }}};
    m_board->post(Topic::Intake, notice, more ? 0 : kShortMs);
    // Somebody who pastes what is here already wants to see it.
    QString shown = report.added.value(0);
    if (shown.isEmpty() && report.known.size() == 1)
        shown = report.known.constFirst();
    const bool replace = m_selection->current().isEmpty() || report.added.isEmpty();
    if (!shown.isEmpty() && replace)
        m_selection->set(shown, {shown});
}

void MainWindow::removeTasks(const QStringList &ids)
{
    if (ids.isEmpty())
        return;
    const QString neighbour = m_list->neighbourOf(QSet<QString>(ids.cbegin(), ids.cend()));
    m_undo->push(new RemoveCommand(m_context.repository(), m_selection, ids, neighbour));
    const auto say = [this, count = int(ids.size()), step = m_undo->index()] {
        Notice notice{
            .text = tr("%n task(s) removed from the list. Saved files stay.", nullptr, count)};
        // Later steps stand above it on the stack: its button must not undo those.
        if (m_undo->index() == step)
            notice.buttons = {{tr("Undo"), [this] { m_undo->undo(); }}};
        m_board->post(Topic::Removed, notice, kUndoMs);
    };
    // What is said is on disk.
    m_context.repository()->whenWritten(this, [say](bool) { say(); });
}

void MainWindow::enterKey()
{
    auto *dialog = new KeyDialog(m_context.key(), &m_theme, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::openSettings()
{
    auto *dialog = new SettingsDialog(m_context.settings(), m_context.key(), &m_theme, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setTasks(m_context.repository(), m_selection->current());
    dialog->open();
}

void MainWindow::openHistory()
{
    auto *dialog = new HistoryDialog(
            {m_context.history(), m_context.repository(), m_context.poller(), &m_theme}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &HistoryDialog::importRequested, m_context.intake(), &Intake::addIds);
    connect(dialog, &HistoryDialog::enterKeyRequested, this, &MainWindow::enterKey);
    dialog->open();
}

void MainWindow::showShortcuts()
{
    auto *sheet = new ShortcutSheet(*m_actions, m_menus->byName(), &m_theme, this);
    sheet->show();
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Taskreel"));
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("Taskreel %1").arg(QStringLiteral(TASKREEL_VERSION)));
    box->setInformativeText(tr("Shows and keeps the results of PiAPI tasks. MIT licence."));
    box->open();
}

void MainWindow::say(const QString &sentence)
{
    m_board->post(Topic::Intake, {.text = sentence}, kShortMs);
}

} // namespace taskreel
