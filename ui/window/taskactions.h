// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/variantchoice.h"

#include <QObject>
#include <QPointer>
#include <QStringList>

namespace taskreel {

class ActionRegistry;
class AppContext;
class DetailPane;
class ListPane;
class TaskSelection;

/// The actions on tasks, works, downloads and playback, and when each can be used. They are added first
/// (buttons take them from the registry), the list and the pane come after. GUI thread.
class TaskActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskActions)

public:
    /// All borrowed, all outlive this.
    TaskActions(AppContext *context, ActionRegistry *actions, TaskSelection *selection,
                QObject *parent = nullptr);

    void attach(ListPane *list, DetailPane *pane);

Q_SIGNALS:
    void removeRequested(const QStringList &ids);
    void cancelRequested(const QStringList &ids); ///< pending ones, on the server
    void said(const QString &sentence); ///< something done that is not to be seen elsewhere

private:
    void addTaskActions();
    void addDownloadActions();
    void addPlaybackActions();
    void addSettingActions();
    void update();
    void updateCancel();
    [[nodiscard]] QStringList selectedIds() const; ///< in the order of the list
    [[nodiscard]] QStringList pendingIds() const; ///< of these, those that the server may still cancel
    [[nodiscard]] VariantWish wish() const;
    void downloadWork(VariantWish wish);
    void downloadSelected(VariantWish wish);
    void downloadAll(VariantWish wish);
    void downloadUnsaved();
    void copyIds();
    void copyLink();
    void showSavedFile();
    void openLink();
    void enable(const QString &id, bool enabled);

    AppContext *m_context;
    ActionRegistry *m_actions;
    TaskSelection *m_selection;
    QPointer<ListPane> m_list;
    QPointer<DetailPane> m_pane;
};

} // namespace taskreel
