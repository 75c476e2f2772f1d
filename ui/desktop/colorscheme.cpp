// SPDX-License-Identifier: MIT
#include "ui/desktop/colorscheme.h"

#include "ui/desktop/portalsetting.h"

using namespace Qt::StringLiterals;

namespace taskreel {

ColorScheme::ColorScheme(QObject *parent)
    : QObject(parent)
{
    auto *setting = new PortalSetting(u"org.freedesktop.appearance"_s, u"color-scheme"_s, this);
    connect(setting, &PortalSetting::told, this, &ColorScheme::take);
}

void ColorScheme::take(const QVariant &value)
{
    Preference preference = Preference::None;
    switch (value.toUInt()) {
    case 1:
        preference = Preference::Dark;
        break;
    case 2:
        preference = Preference::Light;
        break;
    default:
        break;
    }
    if (preference == m_preference)
        return;
    m_preference = preference;
    Q_EMIT changed(preference);
}

} // namespace taskreel
