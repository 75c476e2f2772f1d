// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QPointer>

class QWidget;

namespace taskreel {

class ActionRegistry;
class AppContext;
class NoticeBoard;
class VerifyDialog;
struct Error;
struct ExportReport;
struct ImportReport;

/// Export, import, verification and room for the library: their actions, dialogs, and progress with Cancel in the
/// banner. GUI thread.
class LibraryActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LibraryActions)

public:
    /// All borrowed, all outlive this.
    LibraryActions(AppContext *context, ActionRegistry *actions, QWidget *window);

    void attach(NoticeBoard *board);
    void openFreeSpace();

private:
    void update();
    void openVerify();
    void openExport();
    void chooseExportFile(bool withClips);
    void chooseImportFile();
    void showProgress(bool clips, qint64 done, qint64 total);
    void begin(bool isExport);
    void showExported(const ExportReport &report);
    void showImported(const ImportReport &report);
    void showFailed(const Error &error);

    AppContext *m_context;
    ActionRegistry *m_actions;
    QWidget *m_window;
    NoticeBoard *m_board = nullptr;
    QPointer<VerifyDialog> m_verify; ///< while it is open
    bool m_isExport = false; ///< what runs, or ran last
};

} // namespace taskreel
