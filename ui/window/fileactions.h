// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloads/fileoffers.h"
#include "core/downloads/savedwatch.h"

#include <QObject>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <functional>

class QMimeData;
class QWidget;

namespace taskreel {

class ActionRegistry;
class AppContext;
class DetailPane;
class ListPane;
class TaskSelection;

/// Results as files of the desktop: drawn out of the list or the stage, copied to the clipboard; and a
/// look at saved files whenever they are shown, or the window comes to the front. GUI thread.
class FileActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FileActions)

public:
    /// All borrowed, all outlive this.
    FileActions(AppContext *context, ActionRegistry *actions, TaskSelection *selection,
                QObject *parent = nullptr);
    ~FileActions() override;

    void attach(ListPane *list, DetailPane *pane);
    /// What carries a drag out, in place of the desktop: for tests.
    using Carrier = std::function<void(QWidget *from, QMimeData *mime)>;
    void setCarrier(const Carrier &carrier) { m_carrier = carrier; }

Q_SIGNALS:
    void said(const QString &sentence);

private:
    void update();
    void copyFiles();
    void drag(QWidget *from, const QStringList &paths);
    void look();
    void takeSelected();

    AppContext *m_context;
    ActionRegistry *m_actions;
    TaskSelection *m_selection;
    QPointer<ListPane> m_list;
    QPointer<DetailPane> m_pane;
    FileOffers m_offers;
    SavedWatch m_watch;
    Carrier m_carrier;
    QSet<QString> m_visible;
    QTimer m_lookSoon; ///< when scrolling and selecting have come to rest
};

} // namespace taskreel
