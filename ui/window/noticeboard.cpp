// SPDX-License-Identifier: MIT
#include "ui/window/noticeboard.h"

namespace taskreel {

namespace {

/// The answer to what somebody did just now; everything else describes a state.
bool isNews(NoticeBoard::Topic topic)
{
    using Topic = NoticeBoard::Topic;
    return topic == Topic::Exchange || topic == Topic::Cancel || topic == Topic::Intake || topic == Topic::Removed
        || topic == Topic::Export || topic == Topic::Downloads;
}

} // namespace

NoticeBoard::NoticeBoard(Banner *banner, QObject *parent) : QObject(parent), m_banner(banner)
{
    connect(banner, &Banner::closed, this, &NoticeBoard::closeShown);
}

void NoticeBoard::post(Topic topic, const Notice &notice, int forMs)
{
    if (QTimer *timer = m_timers.value(topic))
        timer->stop();
    m_notices.insert(topic, {notice, forMs, ++m_posted});
    if (m_shown == topic)
        m_shown = Topic::Count; // new words: announced again
    showFirst();
}

void NoticeBoard::reword(Topic topic, const QString &text)
{
    const auto posted = m_notices.find(topic);
    if (posted == m_notices.end())
        return;
    posted->notice.text = text;
    if (m_shown == topic)
        m_banner->showText(text);
}

void NoticeBoard::withdraw(Topic topic)
{
    if (QTimer *timer = m_timers.value(topic))
        timer->stop();
    if (m_notices.remove(topic))
        showFirst();
}

NoticeBoard::Topic NoticeBoard::first() const
{
    Topic newest = Topic::Count;
    Topic standing = Topic::Count;
    for (int i = int(Topic::Count) - 1; i >= 0; --i) {
        const auto topic = Topic(i);
        const auto posted = m_notices.constFind(topic);
        if (posted == m_notices.cend())
            continue;
        if (!isNews(topic))
            standing = topic;
        else if (newest == Topic::Count || posted->order > m_notices.constFind(newest)->order)
            newest = topic;
    }
    return newest == Topic::Count ? standing : newest;
}

void NoticeBoard::showFirst()
{
    const Topic topic = first();
    if (topic == Topic::Count) {
        m_shown = topic;
        m_banner->hide();
        return;
    }
    if (m_shown == topic)
        return;
    m_shown = topic;
    const Posted posted = m_notices.value(topic);
    m_banner->showNotice(posted.notice);
    if (posted.forMs > 0)
        startTimer(topic, posted.forMs);
}

/// The time runs from when the words can be read.
void NoticeBoard::startTimer(Topic topic, int ms)
{
    QTimer *&timer = m_timers[topic];
    if (!timer) {
        timer = new QTimer(this);
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, [this, topic] { withdraw(topic); });
    }
    if (!timer->isActive())
        timer->start(ms);
}

void NoticeBoard::closeShown()
{
    if (m_shown != Topic::Count)
        withdraw(m_shown);
}

} // namespace taskreel
