// SPDX-License-Identifier: MIT
#include "ui/list/filterbutton.h"

#include "core/models/taskfilter.h"
#include "ui/list/filterpopup.h"
#include "ui/theme/theme.h"

#include <QLocale>

namespace taskreel {

using namespace Qt::StringLiterals;

FilterButton::FilterButton(TaskFilter *filter, AppSettings *settings, Theme *theme, QWidget *parent)
    : QToolButton(parent)
    , m_filter(filter)
    , m_settings(settings)
    , m_theme(theme)
{
    setObjectName(u"filterButton"_s);
    setAccessibleName(tr("Filter"));
    setIcon(theme->icon(u"view-filter"_s));
    setIconSize({18, 18});
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    connect(this, &QToolButton::clicked, this, &FilterButton::openPopup);
    connect(filter, &TaskFilter::filterChanged, this, &FilterButton::showCount);
    showCount();
}

void FilterButton::openPopup()
{
    if (!m_popup)
        m_popup = new FilterPopup(m_filter, m_settings, m_theme, this);
    m_popup->popUp(mapToGlobal(QPoint(0, height() + 4)));
}

void FilterButton::showCount()
{
    const int count = m_filter->criteria().facetCount();
    setText(count > 0 ? QLocale().toString(count) : QString());
    setToolButtonStyle(count > 0 ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    setDown(false);
    const QString words = count > 0 ? tr("%n filter(s) on", nullptr, count)
                                    : tr("Model, kind, version, saved, marks, date");
    setAccessibleDescription(words);
    setToolTip(count > 0 ? tr("Filter: %1").arg(words) : tr("Filter by more: %1").arg(words));
}

} // namespace taskreel
