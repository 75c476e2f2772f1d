// SPDX-License-Identifier: MIT
#include "ui/list/hoverplay.h"

#include "core/models/taskfilter.h"
#include "core/settings/appsettings.h"
#include "core/tasks/taskrepository.h"
#include "ui/common/thumbnailcache.h"
#include "ui/stage/backgroundclip.h"

#include <QAbstractItemView>
#include <QGuiApplication>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWindow>

#include <chrono>
#include <utility>

namespace taskreel {

using namespace std::chrono_literals;

namespace {
constexpr auto kRest = 300ms; // so that a pointer on its way starts nothing
} // namespace

HoverPlay::HoverPlay(const Services &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRest);
    connect(&m_rest, &QTimer::timeout, this, &HoverPlay::rested);
    connect(services.repository, &TaskRepository::taskReady, this, [this](const Task &task) {
        if (task.id == m_pointed && m_playing.isEmpty() && !m_rest.isActive())
            play(task);
    });
    connect(services.clip, &BackgroundClip::picture, this,
            [this](quint64 number, const QImage &picture) {
                if (number == m_number)
                    m_services.thumbnails->showLive(m_playing, QPixmap::fromImage(picture));
            });
    connect(services.clip, &BackgroundClip::failed, this, [this](quint64 number) {
        if (number != m_number)
            return;
        m_failed.insert(m_clip.path);
        stop();
    });
    connect(services.settings, &AppSettings::hoverPlayChanged, this, &HoverPlay::stop);
    connect(qGuiApp, &QGuiApplication::focusWindowChanged, this, &HoverPlay::stop);
    connect(services.filter, &QAbstractItemModel::rowsRemoved, this, &HoverPlay::stop);
    connect(services.filter, &QAbstractItemModel::rowsInserted, this, &HoverPlay::stop);
    connect(services.filter, &QAbstractItemModel::layoutChanged, this, &HoverPlay::stop);
    connect(services.filter, &QAbstractItemModel::modelReset, this, &HoverPlay::stop);
}

HoverPlay::~HoverPlay() = default;

void HoverPlay::watch(QAbstractItemView *view, int coverColumn)
{
    m_views.append(view);
    m_columns.append(coverColumn);
    view->viewport()->setMouseTracking(true);
    view->viewport()->installEventFilter(this);
    connect(view->verticalScrollBar(), &QScrollBar::valueChanged, this, &HoverPlay::stop);
    connect(view->horizontalScrollBar(), &QScrollBar::valueChanged, this, &HoverPlay::stop);
}

void HoverPlay::setHeld(bool held)
{
    m_held = held;
    if (held)
        stop();
}

void HoverPlay::setMotionReduced(bool reduced)
{
    m_motionReduced = reduced;
    stop();
}

bool HoverPlay::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseMove: {
        const auto *move = static_cast<QMouseEvent *>(event);
        auto *view = qobject_cast<QAbstractItemView *>(watched->parent());
        if (move->buttons() == Qt::NoButton && view)
            point(view, move->position().toPoint());
        break;
    }
    case QEvent::Leave:
    case QEvent::Hide:
    case QEvent::Resize:
    case QEvent::Wheel:
    case QEvent::MouseButtonPress:
        stop();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

QString HoverPlay::taskAt(QAbstractItemView *view, const QPoint &position) const
{
    const QModelIndex index = view->indexAt(position);
    const int column = m_columns.value(m_views.indexOf(view), -1);
    if (!index.isValid() || (column >= 0 && index.column() != column))
        return {};
    return m_services.filter->idAt(index);
}

void HoverPlay::point(QAbstractItemView *view, const QPoint &position)
{
    const QString id = taskAt(view, position);
    if (!m_playing.isEmpty() && id == m_playing)
        return;
    stop();
    m_view = view;
    m_pointed = id;
    if (!id.isEmpty() && mayPlay())
        m_rest.start();
}

bool HoverPlay::mayPlay() const
{
    return !m_held && !m_motionReduced && m_services.settings->hoverPlay() && m_view
            && m_view->isVisible() && m_view->isActiveWindow();
}

void HoverPlay::rested()
{
    const QString id = m_pointed;
    if (!mayPlay() || id.isEmpty())
        return;
    if (const std::optional<Task> task = m_services.repository->task(id))
        play(*task); // else it is being read
}

void HoverPlay::play(const Task &task)
{
    const TaskSummary *row = m_services.repository->find(task.id);
    if (!row || !mayPlay())
        return;
    const LocalClip clip =
        localClip(*m_services.media, task, row->savedPath, m_services.settings->withoutWatermark());
    if (clip.path.isEmpty() || m_failed.contains(clip.path))
        return;
    m_clip = clip;
    m_playing = task.id;
    m_number = m_services.clip->play(clip.path, m_services.thumbnails->px());
    Q_EMIT playingChanged(true);
}

void HoverPlay::stop()
{
    m_rest.stop();
    m_pointed.clear();
    if (m_playing.isEmpty())
        return;
    m_playing.clear();
    m_clip = {};
    m_services.clip->stop(std::exchange(m_number, 0));
    m_services.thumbnails->endLive();
    Q_EMIT playingChanged(false);
}

} // namespace taskreel
