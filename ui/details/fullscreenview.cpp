// SPDX-License-Identifier: MIT
#include "ui/details/fullscreenview.h"

#include "ui/theme/theme.h"

#include <QCloseEvent>
#include <QShortcut>
#include <QVBoxLayout>
#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace taskreel {

FullScreenView::FullScreenView(Theme *theme, QWidget *stage, QWidget *controls, QWidget *window)
    : QWidget(window, Qt::Window)
    , m_stage(stage)
    , m_controls(controls)
{
    setObjectName(u"fullScreenView"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Full screen"));
    QPalette dark = palette();
    dark.setColor(QPalette::Window, theme->color(ColorToken::Stage));
    setPalette(dark);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(stage, 1);
    column->addWidget(controls);
    for (const auto key : {Qt::Key_Escape, Qt::Key_F11})
        connect(new QShortcut(key, this), &QShortcut::activated, this, &QWidget::close);
    m_hideTimer.setSingleShot(true);
    m_hideTimer.setInterval(2500ms);
    connect(&m_hideTimer, &QTimer::timeout, this, [this] {
        if (!m_controls->underMouse() && !m_controls->isAncestorOf(focusWidget()))
            m_controls->hide();
    });
    stage->setMouseTracking(true);
    stage->installEventFilter(this);
    showControls();
}

void FullScreenView::showControls()
{
    m_controls->show();
    m_hideTimer.start();
}

bool FullScreenView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseMove)
        showControls();
    return QWidget::eventFilter(watched, event);
}

void FullScreenView::closeEvent(QCloseEvent *event)
{
    m_hideTimer.stop();
    m_stage->removeEventFilter(this);
    m_controls->show();
    event->accept();
    Q_EMIT closed();
}

} // namespace taskreel
