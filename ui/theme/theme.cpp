// SPDX-License-Identifier: MIT
#include "ui/theme/theme.h"

#include "ui/theme/appstyle.h"
#include "ui/theme/palettes.h"
#include "ui/theme/themeicon.h"

#include <QAbstractButton>
#include <QApplication>
#include <QStyleFactory>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

const QString kFusion = u"fusion"_s;

void prepareIconThemes()
{
    QStringList paths = QIcon::themeSearchPaths();
    const QString system = u"/usr/share/icons"_s;
    if (!paths.contains(system))
        QIcon::setThemeSearchPaths(paths << system);
    QIcon::setFallbackThemeName(u"breeze"_s);
    // A bare X server has no icon theme but hicolor, which holds application icons alone.
    if (QIcon::themeName().isEmpty() || QIcon::themeName() == "hicolor"_L1)
        QIcon::setThemeName(u"breeze"_s);
}

} // namespace

Theme::Theme(QObject *parent)
    : QObject(parent)
    , m_desktopStyle(QApplication::style()->name().toLower())
    , m_colors(ownColors(false))
{
    const bool styled = m_desktopStyle != kFusion && m_desktopStyle != "windows"_L1;
    const QColor plain = QApplication::style()->standardPalette().color(QPalette::Window);
    m_desktopHasLook = styled || QApplication::palette().color(QPalette::Window) != plain;
    prepareIconThemes();
}

QColor Theme::colorFor(ColorToken token, bool dark)
{
    return ownColors(dark)[std::size_t(token)];
}

void Theme::apply(Appearance appearance)
{
    m_appearance = appearance;
    switch (appearance) {
    case Appearance::Light:
        useOwn(false);
        break;
    case Appearance::Dark:
        useOwn(true);
        break;
    case Appearance::System:
        if (m_desktopHasLook)
            useDesktop();
        else
            useOwn(m_desktopPrefersDark);
        break;
    }
    m_applied = true;
    Q_EMIT changed();
}

void Theme::setDesktopPrefersDark(bool dark)
{
    if (m_desktopPrefersDark == dark)
        return;
    m_desktopPrefersDark = dark;
    if (m_applied && m_appearance == Appearance::System && !m_desktopHasLook)
        apply(Appearance::System);
}

void Theme::refreshFromDesktop()
{
    if (!m_applied || m_appearance != Appearance::System || !m_desktopHasLook)
        return;
    const ColorTable colors = colorsFromPalette(QApplication::palette());
    if (colors == m_colors)
        return;
    m_colors = colors;
    m_dark = QApplication::palette().color(QPalette::Base).lightness() < 128;
    setStyle(m_desktopStyle);
    Q_EMIT changed();
}

void Theme::useOwn(bool dark)
{
    m_dark = dark;
    m_colors = ownColors(dark);
    setStyle(kFusion);
    QApplication::setPalette(paletteFromColors(m_colors, dark));
}

void Theme::useDesktop()
{
    QApplication::setPalette(QPalette());
    m_colors = colorsFromPalette(QApplication::palette());
    m_dark = QApplication::palette().color(QPalette::Base).lightness() < 128;
    setStyle(m_desktopStyle);
}

void Theme::setStyle(const QString &desktopStyle)
{
    if (desktopStyle == kFusion) {
        QApplication::setStyle(new AppStyle(m_colors));
    } else if (QApplication::style()->name().toLower() != desktopStyle) {
        QApplication::setStyle(QStyleFactory::create(desktopStyle));
    }
}

QFont Theme::smallFont(const QFont &base) const
{
    QFont font(base);
    if (base.pointSizeF() > 0)
        font.setPointSizeF(std::max(base.pointSizeF() - 1.5, 6.0));
    else
        font.setPixelSize(std::max(base.pixelSize() - 2, 8));
    return font;
}

QIcon Theme::icon(const QString &name) const
{
    return themeIcon(name);
}

void makePrimary(QAbstractButton *button)
{
    button->setProperty(AppStyle::kPrimary, true);
    QFont font = button->font();
    font.setWeight(QFont::DemiBold);
    button->setFont(font);
}

} // namespace taskreel
