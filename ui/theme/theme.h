// SPDX-License-Identifier: MIT
#pragma once

#include "core/settings/appsettings.h"

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPalette>

namespace taskreel {

/// The colours of LOOK.md, by what they are for. Nothing outside ui/theme names a colour.
enum class ColorToken {
    Window, Base, Alternate, SelectedRow, HoverRow, Line, Text, Dim, Accent, OnAccent,
    Completed, Running, Pending, Failed, Stage, StageText, StageLabel,
};

/// Measures in device-independent px.
namespace measure {
inline constexpr int kGrid = 4;
inline constexpr int kGap = 8;
inline constexpr int kMargin = 12;
inline constexpr int kControlHeight = 32;
inline constexpr int kRadius = 6;
inline constexpr int kChipHeight = 26;
inline constexpr int kRowHeight = 52;
inline constexpr int kCoverWidth = 71;
inline constexpr int kCoverHeight = 40;
inline constexpr int kCoverRadius = 4;
inline constexpr int kTileWidth = 194;
inline constexpr int kIcon = 20;
} // namespace measure

/// Palette, style, colours, small font and icons of the whole program. GUI thread; one an application,
/// owned by main's composition and handed to widgets by reference. apply() may be called at any time;
/// changed() follows and everything repaints, without a restart.
class Theme final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Theme)

public:
    explicit Theme(QObject *parent = nullptr);

    void apply(Appearance appearance);
    [[nodiscard]] bool isDark() const { return m_dark; }
    [[nodiscard]] QColor color(ColorToken token) const;
    [[nodiscard]] static QColor colorFor(ColorToken token, bool dark); ///< the table, for the contrast test
    [[nodiscard]] QFont smallFont(const QFont &base) const; ///< base − 1.5 pt
    /// A freedesktop icon in the theme's variant, tinted for the palette; `app` and status glyphs are our own.
    [[nodiscard]] QIcon icon(const QString &name) const;

Q_SIGNALS:
    void changed();

private:
    bool m_dark = false;
};

} // namespace taskreel
