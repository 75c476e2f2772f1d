// SPDX-License-Identifier: MIT
#include "ui/window/summarybar.h"

#include "core/downloads/downloadqueue.h"
#include "core/models/taskfilter.h"
#include "core/secrets/apikey.h"
#include "core/tasks/selectiontotals.h"
#include "core/tasks/taskpoller.h"
#include "core/tasks/taskrepository.h"
#include "core/text/downloadtext.h"
#include "core/text/quantities.h"
#include "ui/common/actionregistry.h"
#include "ui/common/elidedlabel.h"
#include "ui/downloads/downloadaction.h"
#include "ui/list/taskselection.h"
#include "ui/theme/theme.h"
#include "ui/window/actionids.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace taskreel {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

SummaryBar::SummaryBar(const Services &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_tasks(new ElidedLabel)
    , m_selected(new ElidedLabel)
    , m_downloads(new ElidedLabel)
    , m_cancel(new QPushButton(tr("Cancel")))
    , m_panel(new QToolButton)
{
    m_tasks->setObjectName(u"tasksSummary"_s);
    m_tasks->setAccessibleName(tr("Tasks summary"));
    m_tasks->setForegroundRole(QPalette::PlaceholderText);
    m_selected->setObjectName(u"selectionSummary"_s);
    m_selected->setAccessibleName(tr("Selection summary"));
    m_selected->setForegroundRole(QPalette::WindowText);
    m_selected->hide();
    m_downloads->setObjectName(u"downloadsSummary"_s);
    m_downloads->setAccessibleName(tr("Downloads summary"));
    m_downloads->setForegroundRole(QPalette::PlaceholderText);
    m_cancel->setObjectName(u"cancelDownloads"_s);
    m_cancel->setAccessibleName(tr("Cancel downloads"));
    m_cancel->setFlat(true);
    m_cancel->setFixedHeight(22);
    m_cancel->hide();
    connect(m_cancel, &QPushButton::clicked, services.actions->action(actionid::kCancelDownloads),
            &QAction::trigger);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(measure::kMargin, 3, measure::kMargin, 2);
    layout->setSpacing(measure::kGap);
    layout->addWidget(m_selected);
    layout->addWidget(m_tasks, 1);
    layout->addWidget(m_downloads);
    layout->addWidget(m_cancel);
    layout->addWidget(m_panel);
    makePanelButton();
    setFixedHeight(std::max(28, fontMetrics().height() + 10));

    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, &SummaryBar::showTasks);
    connect(services.filter, &TaskFilter::countsChanged, this, &SummaryBar::showTasks);
    connect(services.poller, &TaskPoller::activityChanged, this, &SummaryBar::showTasks);
    connect(services.poller, &TaskPoller::holdChanged, this, &SummaryBar::showTasks);
    connect(services.downloads, &DownloadQueue::totalsChanged, this, &SummaryBar::showDownloads);
    connect(services.downloads, &DownloadQueue::stopChanged, this, &SummaryBar::showDownloads);
    connect(services.key, &ApiKey::stateChanged, this, &SummaryBar::showDownloads);
    m_selectedLater.setSingleShot(true);
    m_selectedLater.setInterval(50ms);
    connect(&m_selectedLater, &QTimer::timeout, this, &SummaryBar::showSelected);
    const auto later = [this] {
        // Not put off by each of many changes.
        if (!m_selectedLater.isActive())
            m_selectedLater.start();
    };
    connect(services.selection, &TaskSelection::selectedChanged, this, later);
    connect(services.repository, &TaskRepository::tasksChanged, this, later);
    connect(services.repository, &TaskRepository::tasksRemoved, this, later);
    showTasks();
    showSelected();
    showDownloads();
}

void SummaryBar::showTasks()
{
    const StatusCounts counts = m_services.filter->counts();
    QStringList parts;
    if (counts.all == 0) {
        parts.append(tr("No tasks yet"));
    } else {
        parts.append(tr("%Ln task(s)", nullptr, counts.all));
        if (counts.running > 0)
            parts.append(tr("%Ln running", nullptr, counts.running));
        if (counts.failed > 0)
            parts.append(tr("%Ln failed", nullptr, counts.failed));
    }
    const QString next = nextText();
    if (!next.isEmpty())
        parts.append(next);
    m_tasks->setWords(parts.join(u" · "_s));
    if (!next.isEmpty())
        m_second.start();
    else
        m_second.stop();
}

QString SummaryBar::nextText() const
{
    const QDateTime due = m_services.poller->nextDue();
    const qint64 ms = due.isValid() ? QDateTime::currentDateTimeUtc().msecsTo(due) : -1;
    const QString span = countdownText(std::max<qint64>(ms, 0));
    switch (m_services.poller->hold()) {
    case TaskPoller::Hold::RateLimited:
        //: the service wants fewer requests; %1: a time span, as in "12 s"
        return tr("paused, asking goes on in %1").arg(span);
    case TaskPoller::Hold::Offline:
        return tr("offline, next try in %1").arg(span);
    case TaskPoller::Hold::NoKey:
    case TaskPoller::Hold::KeyRefused:
        return {};
    case TaskPoller::Hold::None:
        break;
    }
    constexpr qint64 kSoonMs = 500;
    return ms > kSoonMs ? tr("next check in %1").arg(span) : QString();
}

void SummaryBar::showSelected()
{
    const SelectionTotals totals =
            selectionTotals(*m_services.repository, m_services.selection->selected());
    m_selected->setVisible(totals.tasks > 1);
    if (totals.tasks < 2)
        return;
    QStringList parts{tr("%Ln selected", nullptr, totals.tasks)};
    // What is not known of all is said of those of which it is.
    const auto part = [&totals](const QString &words, int of) {
        return of == totals.tasks ? words : tr("%1 (of %2)").arg(words, QLocale().toString(of));
    };
    if (totals.costed > 0)
        parts.append(part(costText(totals.cost), totals.costed));
    if (totals.timed > 0) {
        //: %1: how long the service worked on the selected tasks, as in "1 min 45 s"
        parts.append(part(tr("%1 of generation").arg(spanText(totals.generationMs)), totals.timed));
    }
    m_selected->setWords(parts.join(u" · "_s));
}

void SummaryBar::showDownloads()
{
    const DownloadTotals totals = m_services.downloads->totals();
    m_cancel->setVisible(totals.waiting + totals.running > 0);
    m_downloads->setWords(downloadsText());
}

QString SummaryBar::downloadsText() const
{
    const DownloadTotals totals = m_services.downloads->totals();
    const int left = totals.waiting + totals.running;
    if (left + totals.paused == 0) {
        const bool missing = m_services.key->state() == ApiKey::State::Missing;
        return missing ? tr("No API key") : QString();
    }
    const int ended = totals.done + totals.failed;
    QStringList parts;
    if (left > 0 || ended > 0) {
        //: Downloads: %1 are done, of %2
        parts.append(tr("↓ %1 of %2").arg(QLocale().toString(ended),
                                          QLocale().toString(ended + left + totals.paused)));
    }
    if (totals.bytesPerSecond > 0)
        parts.append(speedText(totals.bytesPerSecond));
    if (totals.secondsLeft >= 0)
        parts.append(tr("%1 left").arg(spanText(totals.secondsLeft * 1000)));
    const bool stopped = m_services.downloads->stopError().kind != ErrorKind::None;
    if (stopped && totals.running == 0)
        parts.append(tr("waiting for room on the disk"));
    else if (totals.running == 0 && left > 0)
        parts.append(tr("%Ln waiting", nullptr, totals.waiting));
    if (totals.paused > 0)
        parts.append(tr("%Ln paused", nullptr, totals.paused));
    if (totals.failed > 0)
        parts.append(tr("%Ln failed", nullptr, totals.failed));
    return parts.join(u" · "_s);
}

void SummaryBar::makePanelButton()
{
    QAction *action = m_services.actions->action(downloadaction::kShowPanel);
    m_panel->setObjectName(u"showDownloads"_s);
    m_panel->setAccessibleName(tr("Show downloads"));
    m_panel->setToolTip(tr("Show downloads (%1)").arg(action->shortcut().toString(QKeySequence::NativeText)));
    m_panel->setIcon(action->icon());
    m_panel->setIconSize({16, 16});
    m_panel->setFixedSize(26, 22);
    m_panel->setAutoRaise(true);
    m_panel->setCheckable(true);
    m_panel->setFocusPolicy(Qt::TabFocus);
    connect(m_panel, &QToolButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::toggled, m_panel, &QToolButton::setChecked);
    // The words beside it are a way in, too.
    m_downloads->setCursor(Qt::PointingHandCursor);
    m_downloads->installEventFilter(this);
}

bool SummaryBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_downloads && event->type() == QEvent::MouseButtonRelease) {
        m_panel->click();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void SummaryBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(0, 0, width(), 1, m_services.theme->color(ColorToken::Line));
}

} // namespace taskreel
