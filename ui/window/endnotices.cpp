// SPDX-License-Identifier: MIT
#include "ui/window/endnotices.h"

#include "core/settings/appsettings.h"
#include "core/tasks/taskrepository.h"
#include "ui/desktop/desktopnotifier.h"

#include <QApplication>
#include <QEvent>
#include <QWidget>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kPromptLength = 120;

} // namespace

EndNotices::EndNotices(TaskRepository *repository, AppSettings *settings, QWidget *window,
                       const EndWatch::Times &times)
    : QObject(window)
    , m_repository(repository)
    , m_settings(settings)
    , m_window(window)
    , m_watch(repository, times)
    , m_notifier(new DesktopNotifier(this))
{
    window->installEventFilter(this);
    connect(&m_watch, &EndWatch::ended, this, &EndNotices::takeEnd);
    connect(&m_watch, &EndWatch::batchClosed, this, &EndNotices::takeBatch);
    connect(m_notifier, &DesktopNotifier::activated, this, &EndNotices::takeActivated);
}

QString EndNotices::summary(int ready, int failed)
{
    QStringList parts;
    if (ready > 0)
        parts.append(tr("%n ready", nullptr, ready));
    if (failed > 0)
        parts.append(tr("%n failed", nullptr, failed));
    return parts.join(u", "_s);
}

QString EndNotices::promptOf(const QString &id) const
{
    const TaskSummary *row = m_repository->find(id);
    if (!row)
        return {};
    const QString prompt = row->prompt.simplified();
    if (prompt.isEmpty())
        return row->id;
    return prompt.size() > kPromptLength ? prompt.left(kPromptLength) + u'…' : prompt;
}

/// Settings, the history and the full-screen picture are windows of their own.
bool EndNotices::isWatched() const
{
    return m_window->isActiveWindow() || QApplication::activeWindow();
}

void EndNotices::takeEnd(const QString &id)
{
    if (m_settings->notifications() != Notifications::Each || isWatched())
        return;
    const TaskSummary *row = m_repository->find(id);
    const bool ready = row && row->status == TaskStatus::Completed;
    m_notifier->show(ready ? tr("Ready") : tr("Failed"), promptOf(id), {id}, false);
}

void EndNotices::takeBatch(const QStringList &ready, const QStringList &failed)
{
    if (m_settings->notifications() != Notifications::Together || isWatched())
        return;
    m_ready += ready;
    m_failed += failed;
    const QStringList all = m_ready + m_failed;
    QString body = promptOf(all.constFirst());
    if (all.size() > 1)
        body = tr("%1 and %n more", nullptr, int(all.size() - 1)).arg(body);
    m_notifier->show(summary(int(m_ready.size()), int(m_failed.size())), body, all, true);
}

void EndNotices::takeActivated(const QStringList &ids)
{
    QStringList here;
    for (const QString &id : ids) {
        if (m_repository->contains(id))
            here.append(id);
    }
    Q_EMIT showRequested(here);
    forget();
}

void EndNotices::forget()
{
    m_ready.clear();
    m_failed.clear();
    m_notifier->withdrawAll();
}

bool EndNotices::eventFilter(QObject *watched, QEvent *event)
{
    // Somebody looks: what stands on the desktop is old news.
    if (event->type() == QEvent::WindowActivate)
        forget();
    return QObject::eventFilter(watched, event);
}

} // namespace taskreel
