// SPDX-License-Identifier: MIT
// The part of MainWindow that remembers: sizes, the shown page, the task on the stage.
#include "core/appcontext.h"
#include "core/models/taskfilter.h"
#include "core/settings/appsettings.h"
#include "core/tasks/taskrepository.h"
#include "ui/common/actionregistry.h"
#include "ui/list/listpane.h"
#include "ui/list/taskselection.h"
#include "ui/window/actionids.h"
#include "ui/window/downloadsdrawer.h"
#include "ui/window/mainwindow.h"

#include <QSplitter>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace taskreel {

namespace {

constexpr int kTurnWidth = 900; ///< narrower: the details go below the list

const QString kGeometryState = u"geometry"_s;
const QString kMenuBarState = u"menuBar"_s;
const QString kTaskState = u"currentTask"_s;

QString splitterState(Qt::Orientation orientation)
{
    return orientation == Qt::Horizontal ? u"splitterBeside"_s : u"splitterBelow"_s;
}

} // namespace

void MainWindow::turnSplitter()
{
    const Qt::Orientation wanted = width() < kTurnWidth ? Qt::Vertical : Qt::Horizontal;
    if (m_splitter->orientation() == wanted)
        return;
    AppSettings *settings = m_context.settings();
    settings->setWindowState(splitterState(m_splitter->orientation()), m_splitter->saveState());
    m_splitter->setOrientation(wanted);
    const QByteArray state = settings->windowState(splitterState(wanted));
    if (state.isEmpty() || !m_splitter->restoreState(state))
        m_splitter->setSizes(wanted == Qt::Horizontal ? QList<int>{kListShare, 1000 - kListShare} : QList<int>{400, 600});
    m_splitter->setOrientation(wanted);
}

void MainWindow::restoreState()
{
    const AppSettings *settings = m_context.settings();
    if (!restoreGeometry(settings->windowState(kGeometryState)))
        resize(1440, 860);
    m_splitter->setSizes({kListShare, 1000 - kListShare});
    m_splitter->restoreState(settings->windowState(splitterState(Qt::Horizontal)));
    m_splitter->setOrientation(Qt::Horizontal);
    m_actions->action(actionid::kMenuBar)
            ->setChecked(!settings->windowState(kMenuBarState).isEmpty());
    m_drawer->restoreState();
    turnSplitter();
}

void MainWindow::saveState()
{
    AppSettings *settings = m_context.settings();
    settings->setWindowState(kGeometryState, saveGeometry());
    settings->setWindowState(splitterState(m_splitter->orientation()), m_splitter->saveState());
    settings->setWindowState(kMenuBarState, m_actions->action(actionid::kMenuBar)->isChecked()
                                                    ? QByteArrayLiteral("1")
                                                    : QByteArray());
    if (m_listIsThere)
        settings->setWindowState(kTaskState, m_selection->current().toUtf8());
    m_list->saveState();
    m_drawer->saveState();
    settings->sync();
}

void MainWindow::watchState()
{
    m_saveLater.setSingleShot(true);
    m_saveLater.setInterval(1s);
    connect(&m_saveLater, &QTimer::timeout, this, &MainWindow::saveState);
    const auto later = qOverload<>(&QTimer::start);
    connect(m_splitter, &QSplitter::splitterMoved, &m_saveLater, later);
    connect(m_list, &ListPane::stateChanged, &m_saveLater, later);
    connect(m_drawer, &DownloadsDrawer::stateChanged, &m_saveLater, later);
    connect(m_selection, &TaskSelection::currentChanged, &m_saveLater, later);
    connect(m_actions->action(actionid::kMenuBar), &QAction::toggled, &m_saveLater, later);
}

/// Where one left off: the task of last time, or the first one. Of a large library the first rows come
/// alone; the task may be among the others.
void MainWindow::restoreTask(bool allRowsAreHere)
{
    m_listIsThere = allRowsAreHere;
    if (!m_selection->current().isEmpty())
        return;
    QString id = QString::fromUtf8(m_context.settings()->windowState(kTaskState));
    if (!allRowsAreHere && !id.isEmpty() && !m_context.repository()->find(id))
        return;
    if (!m_context.repository()->find(id) && m_context.filter()->rowCount() > 0)
        id = m_context.filter()->idAt(m_context.filter()->index(0, 0));
    if (m_context.repository()->find(id))
        m_selection->set(id, {id});
}

} // namespace taskreel
