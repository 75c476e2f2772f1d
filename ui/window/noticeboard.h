// SPDX-License-Identifier: MIT
#pragma once

#include "ui/window/banner.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace taskreel {

/// Everything that could stand in the banner, the most pressing first. GUI thread.
class NoticeBoard final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NoticeBoard)

public:
    /// In order of importance: a later one waits until the earlier ones are gone.
    enum class Topic { Key, Library, Store, Settings, RateLimit, Offline, Intake, Removed, Downloads, Count };

    explicit NoticeBoard(Banner *banner, QObject *parent = nullptr);

    /// @param forMs gone by itself after that time; 0: stays
    void post(Topic topic, const Notice &notice, int forMs = 0);
    /// Other words for a notice that stands: no new announcement.
    void reword(Topic topic, const QString &text);
    void withdraw(Topic topic);
    [[nodiscard]] bool has(Topic topic) const { return m_notices.contains(topic); }

private:
    void showFirst();
    void closeShown();

    Banner *m_banner;
    QHash<Topic, Notice> m_notices;
    QHash<Topic, QTimer *> m_timers;
    Topic m_shown = Topic::Count;
};

} // namespace taskreel
