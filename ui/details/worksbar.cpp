// SPDX-License-Identifier: MIT
#include "ui/details/worksbar.h"

#include "ui/common/actionregistry.h"
#include "ui/details/actionbutton.h"
#include "ui/details/detailpane.h"
#include "ui/details/worksstrip.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace taskreel {

WorksBar::WorksBar(Theme *theme, ActionRegistry *actions, WorksStrip *strip, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_actions(actions)
    , m_strip(strip)
    , m_position(new QLabel(this))
    , m_more(new QPushButton(u"⋯"_s, this))
{
    m_position->setObjectName(u"workPosition"_s);
    m_position->setTextFormat(Qt::PlainText);
    m_buttons = {
        {paneaction::kDownload, new ActionButton(tr("Download"), u"paneDownload"_s, this)},
        {paneaction::kCopyLink, new ActionButton(tr("Copy link"), u"paneCopyLink"_s, this)},
        {paneaction::kShowInFolder,
         new ActionButton(tr("Show in folder"), u"paneShowInFolder"_s, this)},
    };
    m_more->setObjectName(u"paneMore"_s);
    m_more->setAccessibleName(tr("More actions"));
    m_more->setToolTip(tr("More actions"));
    m_more->setFixedWidth(measure::kControlHeight + measure::kGap);
    connect(m_more, &QPushButton::clicked, this, &WorksBar::fillMenu);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(measure::kMargin, measure::kGap, measure::kMargin, measure::kGap);
    row->setSpacing(measure::kGap);
    row->addWidget(strip);
    row->addWidget(m_position);
    row->addStretch(1);
    for (const auto &[id, button] : std::as_const(m_buttons))
        row->addWidget(button);
    row->addWidget(m_more);
    connect(theme, &Theme::changed, this, &WorksBar::colour);
    colour();
    setPosition(-1, 0);
    findActions();
}

void WorksBar::colour()
{
    QPalette dim = palette();
    dim.setColor(QPalette::WindowText, m_theme->color(ColorToken::Dim));
    m_position->setPalette(dim);
}

void WorksBar::setPosition(int index, int count)
{
    m_position->setText(count > 0 ? tr("Work %1 of %2").arg(index + 1).arg(count) : QString());
    fit();
}

void WorksBar::findActions()
{
    for (const auto &[id, button] : std::as_const(m_buttons)) {
        if (!button->hasAction() && m_actions->contains(id))
            button->setAction(m_actions->action(id));
    }
    fit();
}

void WorksBar::fillMenu()
{
    auto *menu = new QMenu(m_more);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const QLatin1StringView id :
         {paneaction::kOpenInBrowser, paneaction::kCopyId, paneaction::kCheckNow}) {
        if (m_actions->contains(id))
            menu->addAction(m_actions->action(id));
    }
    if (!menu->isEmpty())
        menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height())));
    else
        delete menu;
}

QSize WorksBar::minimumSizeHint() const
{
    // Small enough for icons: resizeEvent() does the rest.
    const int controls = 4 * (measure::kControlHeight + 2 * measure::kGap);
    return {controls + measure::kMargin, measure::kControlHeight + 2 * measure::kGap};
}

void WorksBar::fit()
{
    const int gaps = measure::kGap * int(m_buttons.size() + 3);
    const int fixed = 2 * measure::kMargin + gaps + m_more->sizeHint().width();
    int full = 0;
    for (const auto &[id, button] : std::as_const(m_buttons))
        full += button->isVisibleTo(this) ? button->fullWidth() : 0;
    const int position = m_position->text().isEmpty() ? 0 : m_position->sizeHint().width();
    const bool narrow = fixed + full + position + m_strip->sizeHint().width() > width();
    int shown = 0;
    for (const auto &[id, button] : std::as_const(m_buttons)) {
        button->setIconOnly(narrow);
        shown += button->isVisibleTo(this) ? button->sizeHint().width() : 0;
    }
    // The thumbnails say which one it is, too.
    const int strip = m_strip->minimumSizeHint().width() * 3 / 2;
    m_position->setVisible(!narrow || fixed + shown + position + strip <= width());
}

void WorksBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void WorksBar::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    findActions();
}

bool WorksBar::event(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        QMetaObject::invokeMethod(this, &WorksBar::fit, Qt::QueuedConnection);
    return QWidget::event(event);
}

} // namespace taskreel
