// SPDX-License-Identifier: MIT
#include "ui/desktop/reducedmotion.h"

#include "ui/desktop/portalsetting.h"

#include <QApplication>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace taskreel {

ReducedMotion::ReducedMotion(QObject *parent)
    : QObject(parent)
    , m_reduced(QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) == 0)
{
    auto *setting =
        new PortalSetting(u"org.gnome.desktop.interface"_s, u"enable-animations"_s, this);
    connect(setting, &PortalSetting::told, this, &ReducedMotion::take);
}

void ReducedMotion::take(const QVariant &value)
{
    if (value.userType() != QMetaType::Bool || value.toBool() != m_reduced)
        return;
    m_reduced = !value.toBool();
    Q_EMIT changed(m_reduced);
}

} // namespace taskreel
