// SPDX-License-Identifier: MIT
#include "ui/window/downloadsdrawer.h"

#include "core/settings/appsettings.h"
#include "ui/common/actionregistry.h"
#include "ui/downloads/downloadaction.h"
#include "ui/downloads/downloadspanel.h"
#include "ui/downloads/downloadtableview.h"

#include <QAction>

#include <algorithm>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

const QString kHeightState = u"downloadsHeight"_s;
const QString kOpenState = u"downloadsOpen"_s;
constexpr int kFirstHeight = 230; ///< px: the buttons, the heading and five rows
constexpr int kLeastForBoth = 540; ///< px; lower: the panel alone

} // namespace

DownloadsDrawer::DownloadsDrawer(QWidget *pages, DownloadsPanel *panel, AppSettings *settings,
                                 ActionRegistry *actions, QWidget *parent)
    : QSplitter(Qt::Vertical, parent), m_pages(pages), m_panel(panel), m_settings(settings),
      m_action(actions->action(downloadaction::kShowPanel)), m_height(kFirstHeight)
{
    setObjectName(u"downloadsDrawer"_s);
    setChildrenCollapsible(false);
    addWidget(pages);
    addWidget(panel);
    setStretchFactor(0, 1);
    setStretchFactor(1, 0);
    panel->hide();
    connect(m_action, &QAction::toggled, this, &DownloadsDrawer::setOpen);
    connect(panel, &DownloadsPanel::closePressed, m_action,
            [this] { m_action->setChecked(false); });
    connect(this, &QSplitter::splitterMoved, this, [this] {
        m_height = m_panel->height();
        Q_EMIT stateChanged();
    });
}

void DownloadsDrawer::restoreState()
{
    const int height = m_settings->windowState(kHeightState).toInt();
    if (height > 0)
        m_height = height;
    m_action->setChecked(!m_settings->windowState(kOpenState).isEmpty());
}

void DownloadsDrawer::saveState()
{
    m_settings->setWindowState(kHeightState, QByteArray::number(m_height));
    m_settings->setWindowState(kOpenState,
                               m_action->isChecked() ? QByteArrayLiteral("1") : QByteArray());
}

void DownloadsDrawer::setOpen(bool open)
{
    const bool focused = m_panel->isAncestorOf(focusWidget()) && m_panel->isVisible();
    m_panel->setVisible(open);
    arrange();
    if (open && isVisible())
        m_panel->view()->setFocus(Qt::OtherFocusReason);
    else if (!open && focused)
        Q_EMIT closed();
    Q_EMIT stateChanged();
}

void DownloadsDrawer::arrange()
{
    const bool open = m_action->isChecked();
    m_pages->setVisible(!open || height() >= kLeastForBoth);
    if (!open || m_pages->isHidden())
        return;
    const int panel = std::clamp(m_height, m_panel->minimumHeight(),
                                 std::max(m_panel->minimumHeight(), height() / 2));
    setSizes({height() - panel - handleWidth(), panel});
}

void DownloadsDrawer::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    arrange();
}

} // namespace taskreel
