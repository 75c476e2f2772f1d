// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QSet>
#include <QString>
#include <QTimer>

namespace taskreel {

class ActionRegistry;
class AppContext;
class NoticeBoard;

/// *Save before it goes*: the action, and the quiet notice when links of unsaved results end within a
/// day. GUI thread.
class ExpiryWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ExpiryWatch)

public:
    /// All borrowed, all outlive this.
    ExpiryWatch(AppContext *context, ActionRegistry *actions, QObject *parent);

    void attach(NoticeBoard *board);

private:
    void save(qint64 withinMs); ///< what ends by then
    void look();

    AppContext *m_context;
    ActionRegistry *m_actions;
    NoticeBoard *m_board = nullptr;
    QSet<QString> m_told; ///< ids that a notice spoke of: they are not brought up again
    QTimer m_later; ///< changes of a moment
    QTimer m_clock; ///< ends come nearer
};

} // namespace taskreel
