// SPDX-License-Identifier: MIT
#include "ui/window/noticeboard.h"

namespace taskreel {

NoticeBoard::NoticeBoard(Banner *banner, QObject *parent) : QObject(parent), m_banner(banner)
{
    connect(banner, &Banner::closed, this, &NoticeBoard::closeShown);
}

void NoticeBoard::post(Topic topic, const Notice &notice, int forMs)
{
    m_notices.insert(topic, notice);
    if (QTimer *timer = m_timers.value(topic))
        timer->stop();
    if (forMs > 0) {
        QTimer *&timer = m_timers[topic];
        if (!timer) {
            timer = new QTimer(this);
            timer->setSingleShot(true);
            connect(timer, &QTimer::timeout, this, [this, topic] { withdraw(topic); });
        }
        timer->start(forMs);
    }
    if (m_shown == topic)
        m_shown = Topic::Count; // new words: announced again
    showFirst();
}

void NoticeBoard::reword(Topic topic, const QString &text)
{
    const auto notice = m_notices.find(topic);
    if (notice == m_notices.end())
        return;
    notice->text = text;
    if (m_shown == topic)
        m_banner->showText(text);
}

void NoticeBoard::withdraw(Topic topic)
{
    if (m_notices.remove(topic))
        showFirst();
}

void NoticeBoard::showFirst()
{
    for (int i = 0; i < int(Topic::Count); ++i) {
        const auto topic = Topic(i);
        const auto notice = m_notices.constFind(topic);
        if (notice == m_notices.cend())
            continue;
        if (m_shown != topic) {
            m_shown = topic;
            m_banner->showNotice(*notice);
        }
        return;
    }
    m_shown = Topic::Count;
    m_banner->hide();
}

void NoticeBoard::closeShown()
{
    if (m_shown != Topic::Count)
        withdraw(m_shown);
}

} // namespace taskreel
