// SPDX-License-Identifier: MIT
#pragma once

#include "ui/window/banner.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace taskreel {

/// Everything that could stand in the banner: what somebody did just now first (intake, removing,
/// downloads; the newest), then the states, the most pressing first. GUI thread.
class NoticeBoard final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NoticeBoard)

public:
    /// States in order of importance: a later one waits until the earlier ones are gone.
    enum class Topic { Key, Library, Store, Disk, Conflicts, Settings, Kept, Unfinished, RateLimit, Offline, Expiry,
                       Exchange, Cancel, Intake, Removed, Export, Downloads, Count };

    explicit NoticeBoard(Banner *banner, QObject *parent = nullptr);

    /// @param forMs gone by itself when it was to be read that long; 0: stays
    void post(Topic topic, const Notice &notice, int forMs = 0);
    /// Other words for a notice that stands: no new announcement.
    void reword(Topic topic, const QString &text);
    void withdraw(Topic topic);
    [[nodiscard]] bool has(Topic topic) const { return m_notices.contains(topic); }

private:
    struct Posted
    {
        Notice notice;
        int forMs = 0;
        quint64 order = 0; ///< later is more
    };

    [[nodiscard]] Topic first() const; ///< the one to show; Count: none
    void showFirst();
    void startTimer(Topic topic, int ms);
    void closeShown();

    Banner *m_banner;
    QHash<Topic, Posted> m_notices;
    QHash<Topic, QTimer *> m_timers;
    quint64 m_posted = 0;
    Topic m_shown = Topic::Count;
};

} // namespace taskreel
