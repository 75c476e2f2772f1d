// SPDX-License-Identifier: MIT
#pragma once

#include <QMainWindow>
#include <QSet>
#include <QTimer>

class QMimeData;
class QSplitter;
class QStackedWidget;
class QUndoStack;

namespace taskreel {

class ActionRegistry;
class AppContext;
class Banner;
class DetailPane;
class DownloadActions;
class DownloadsDrawer;
class LibraryActions;
class ExportActions;
class FileActions;
class ListPane;
class MarkActions;
class Menus;
class NoticeBoard;
class TaskActions;
class TaskSelection;
class Theme;
class ThumbnailCache;
class TopBar;
class Welcome;
struct IntakeReport;

/// The window of one session: composes the rooms and wires them to the services. GUI thread.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MainWindow)

public:
    /// Both borrowed, both outlive the window.
    MainWindow(AppContext &context, Theme &theme);
    ~MainWindow() override;

    [[nodiscard]] ActionRegistry *actions() const { return m_actions; }
    [[nodiscard]] TaskSelection *selection() const { return m_selection; }
    /// A second start handed something over, or a notification was clicked.
    void raiseAndActivate();
    /// What went wrong outside the window, in words: in the banner.
    void showProblem(const QString &sentence);
    void saveState(); ///< window, list and the shown task, for the next start

Q_SIGNALS:
    void tryDemoRequested();
    void leaveDemoRequested();

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    /// Of 1000: at 1440 px, room for the column Saved and three covers.
    static constexpr int kListShare = 445;

    void addFileActions();
    void addEditActions();
    void addViewActions();
    void buildParts();
    void layOut();
    QWidget *makeDemoMarker();
    QWidget *makeDownloadAllButton();
    void wire();
    void wireDownloads();
    void wireIntake();
    void wireSmallPictures();
    void takeMime(const QMimeData *mime);
    void paste();
    void chooseFiles();
    void takeReport(const IntakeReport &report);
    void removeTasks(const QStringList &ids);
    void enterKey();
    void openSettings();
    void openHistory();
    void showShortcuts();
    void showAbout();
    void say(const QString &sentence);
    void showPage();
    void turnSplitter();
    void preferVisible(const QSet<QString> &visible);
    void restoreState();
    void watchState();
    void restoreTask(bool allRowsAreHere);

    AppContext &m_context;
    Theme &m_theme;
    ActionRegistry *m_actions;
    TaskSelection *m_selection;
    QUndoStack *m_undo;
    ThumbnailCache *m_thumbnails = nullptr;
    TaskActions *m_taskActions = nullptr;
    LibraryActions *m_libraryActions = nullptr;
    MarkActions *m_markActions = nullptr;
    ExportActions *m_exportActions = nullptr;
    FileActions *m_fileActions = nullptr;
    DownloadActions *m_downloadActions = nullptr;
    Menus *m_menus = nullptr;
    TopBar *m_topBar = nullptr;
    Banner *m_banner = nullptr;
    NoticeBoard *m_board = nullptr;
    Welcome *m_welcome = nullptr;
    ListPane *m_list = nullptr;
    DetailPane *m_pane = nullptr;
    QSplitter *m_splitter = nullptr;
    QStackedWidget *m_pages = nullptr;
    DownloadsDrawer *m_drawer = nullptr; ///< the pages, and the downloads below them
    QWidget *m_blank = nullptr; ///< until the library is open
    QTimer m_saveLater; ///< a kill loses no more than the last moment
    QSet<QString> m_visible;
    bool m_ready = false;
    bool m_listIsThere = false; ///< before that, the remembered task is the one of last time
};

} // namespace taskreel
