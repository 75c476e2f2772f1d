// SPDX-License-Identifier: MIT
#pragma once

#include "core/exchange/listexport.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace taskreel {

class ActionRegistry;
class AppContext;
class NoticeBoard;
class TaskSelection;

/// The list, or the selected part of it, as a file or on the clipboard. GUI thread.
class ExportActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ExportActions)

public:
    /// All borrowed, all outlive this.
    /// @param window the parent of the file dialog
    ExportActions(AppContext *context, ActionRegistry *actions, TaskSelection *selection,
                  QWidget *window);

    void attach(NoticeBoard *board); ///< where it says how it went

private:
    void addActions();
    void chooseFile(const QStringList &ids);
    void run(const QStringList &ids, ListFormat format, const QString &path);
    void showProgress(int done, int total);
    void takeResult(const Result<ListExport::Outcome> &result);
    void update();
    [[nodiscard]] QStringList allIds() const; ///< in the order of the list, as pasted
    [[nodiscard]] QStringList selectedIds() const;

    AppContext *m_context;
    ActionRegistry *m_actions;
    TaskSelection *m_selection;
    QWidget *m_window;
    NoticeBoard *m_board = nullptr;
    QPointer<ListExport> m_running; ///< a newer one takes its place
};

} // namespace taskreel
