// SPDX-License-Identifier: MIT
#include "ui/theme/palettes.h"

namespace taskreel {

namespace {

constexpr QRgb kLight[] = {
    0xfff5f6f8, // Window
    0xffffffff, // Base
    0xfffafbfc, // Alternate
    0xffe0ecfd, // SelectedRow
    0xfff0f4fa, // HoverRow
    0xffdfe3e8, // Line
    0xff1c1f24, // Text
    0xff5b636e, // Dim
    0xff1f6feb, // Accent
    0xffffffff, // OnAccent
    0xff17703d, // Completed
    0xff1a62d6, // Running
    0xff7d5800, // Pending
    0xffb92d25, // Failed
    0xff101215, // Stage
    0xffe7e9ec, // StageText
    0xff1d2024, // StageLabel
    0xffffffff, // Button
    0xffeef1f5, // ButtonHover
};

constexpr QRgb kDark[] = {
    0xff1b1d21, // Window
    0xff15171a, // Base
    0xff191b1f, // Alternate
    0xff1e3a61, // SelectedRow
    0xff20242a, // HoverRow
    0xff2b2f36, // Line
    0xffe7e9ec, // Text
    0xffa3aab4, // Dim
    0xff2f6fde, // Accent
    0xffffffff, // OnAccent
    0xff5cc983, // Completed
    0xff78b0ff, // Running
    0xffdcb04d, // Pending
    0xfff58a82, // Failed
    0xff0d0e10, // Stage
    0xffe7e9ec, // StageText
    0xff1d2024, // StageLabel
    0xff262a30, // Button
    0xff2f343b, // ButtonHover
};

static_assert(std::size(kLight) == std::size_t(ColorToken::Count));
static_assert(std::size(kDark) == std::size_t(ColorToken::Count));

QColor at(const ColorTable &colors, ColorToken token)
{
    return colors[std::size_t(token)];
}

} // namespace

QColor blend(const QColor &over, const QColor &under, double share)
{
    const auto mix = [share](float a, float b) { return float(a * share + b * (1 - share)); };
    return QColor::fromRgbF(mix(over.redF(), under.redF()), mix(over.greenF(), under.greenF()),
                            mix(over.blueF(), under.blueF()));
}

ColorTable ownColors(bool dark)
{
    ColorTable colors;
    for (std::size_t i = 0; i < colors.size(); ++i)
        colors[i] = QColor(dark ? kDark[i] : kLight[i]);
    return colors;
}

ColorTable colorsFromPalette(const QPalette &palette)
{
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    const QColor window = palette.color(QPalette::Window);
    const QColor highlight = palette.color(QPalette::Highlight);
    ColorTable colors = ownColors(base.lightness() < 128);
    const auto set = [&colors](ColorToken token, const QColor &color) {
        colors[std::size_t(token)] = color;
    };
    set(ColorToken::Window, window);
    set(ColorToken::Base, base);
    set(ColorToken::Alternate, palette.color(QPalette::AlternateBase));
    set(ColorToken::SelectedRow, blend(highlight, base, 0.18));
    set(ColorToken::HoverRow, blend(highlight, base, 0.07));
    set(ColorToken::Line, blend(text, window, 0.15));
    set(ColorToken::Text, text);
    set(ColorToken::Dim, blend(text, base, 0.72));
    set(ColorToken::Accent, highlight);
    set(ColorToken::OnAccent, palette.color(QPalette::HighlightedText));
    set(ColorToken::Button, palette.color(QPalette::Button));
    set(ColorToken::ButtonHover, blend(text, palette.color(QPalette::Button), 0.08));
    return colors;
}

QPalette paletteFromColors(const ColorTable &colors, bool dark)
{
    const QColor text = at(colors, ColorToken::Text);
    const QColor dim = at(colors, ColorToken::Dim);
    const QColor window = at(colors, ColorToken::Window);
    const QColor line = at(colors, ColorToken::Line);
    QPalette palette;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, at(colors, ColorToken::Base));
    palette.setColor(QPalette::AlternateBase, at(colors, ColorToken::Alternate));
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::PlaceholderText, dim);
    palette.setColor(QPalette::Button, at(colors, ColorToken::Button));
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::BrightText, at(colors, ColorToken::Failed));
    palette.setColor(QPalette::Highlight, at(colors, ColorToken::Accent));
    palette.setColor(QPalette::HighlightedText, at(colors, ColorToken::OnAccent));
    palette.setColor(QPalette::Link, at(colors, ColorToken::Running));
    palette.setColor(QPalette::LinkVisited, at(colors, ColorToken::Running));
    palette.setColor(QPalette::ToolTipBase, at(colors, dark ? ColorToken::Button : ColorToken::Text));
    palette.setColor(QPalette::ToolTipText, dark ? text : at(colors, ColorToken::Base));
    palette.setColor(QPalette::Light, blend(text, window, dark ? 0.10 : 0.0));
    palette.setColor(QPalette::Midlight, blend(text, window, 0.06));
    palette.setColor(QPalette::Mid, line);
    palette.setColor(QPalette::Dark, blend(text, window, 0.25));
    palette.setColor(QPalette::Shadow, blend(text, window, dark ? 0.0 : 0.5));
    const QColor faded = blend(text, window, 0.42);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faded);
    palette.setColor(QPalette::Disabled, QPalette::Base, window);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, line);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, faded);
    return palette;
}

} // namespace taskreel
