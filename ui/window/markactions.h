// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/taskmarks.h"

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QTimer>

#include <functional>

class QUndoStack;

namespace taskreel {

class ActionRegistry;
class AppContext;
class DetailPane;
class TaskSelection;

/// Triage: star, reject, tag and note the selected tasks, each a step that can be undone; and taking
/// finished or failed tasks out of the list. GUI thread.
class MarkActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MarkActions)

public:
    /// All borrowed, all outlive this.
    MarkActions(AppContext *context, ActionRegistry *actions, TaskSelection *selection,
                QUndoStack *undo, QObject *parent = nullptr);

    void attach(DetailPane *pane); ///< where tags and notes are written

Q_SIGNALS:
    void removeRequested(const QStringList &ids);

private:
    using Edit = std::function<void(TaskMarks &)>;

    void addActions();
    void toggleStar();
    void toggleReject();
    void setTags(const QStringList &ids, const QStringList &given, const QStringList &taken);
    void setNote(const QStringList &ids, const QString &note);
    void apply(const QStringList &ids, const Edit &edit, const QString &text);
    void remove(bool failed);
    void update();
    [[nodiscard]] QStringList selectedIds() const;
    [[nodiscard]] bool all(const QStringList &ids, bool TaskMarks::*mark) const;

    AppContext *m_context;
    ActionRegistry *m_actions;
    TaskSelection *m_selection;
    QUndoStack *m_undo;
    QPointer<DetailPane> m_pane;
    QTimer m_later; ///< selections and changes of a turn
};

} // namespace taskreel
