// SPDX-License-Identifier: MIT
#pragma once

#include "core/settings/appsettings.h"

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPalette>
#include <array>

class QAbstractButton;

namespace taskreel {

/// The program's colours, by what they are for. Nothing outside ui/theme names a colour.
enum class ColorToken {
    Window,
    Base,
    Alternate,
    SelectedRow,
    HoverRow,
    Line,
    Text,
    Dim,
    Accent,
    OnAccent,
    Completed,
    Running,
    Pending,
    Failed,
    Stage,
    StageText,
    StageLabel,
    Button,
    ButtonHover,
    Count
};

using ColorTable = std::array<QColor, std::size_t(ColorToken::Count)>;

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
    /// Reads the desktop's own style and palette: make it before anything else sets one.
    explicit Theme(QObject *parent = nullptr);

    void apply(Appearance appearance);
    [[nodiscard]] bool isDark() const { return m_dark; }
    [[nodiscard]] QColor color(ColorToken token) const { return m_colors[std::size_t(token)]; }
    [[nodiscard]] static QColor colorFor(ColorToken token, bool dark); ///< the table, for the contrast test
    [[nodiscard]] QFont smallFont(const QFont &base) const; ///< base − 1.5 pt
    /// A freedesktop icon, in the text colour of the palette that holds when it is painted, so that it
    /// follows a change of appearance by itself.
    [[nodiscard]] QIcon icon(const QString &name) const;

    /// The desktop asks for dark windows (ui/desktop reads it): matters for System where Qt has no
    /// style of the desktop's own.
    void setDesktopPrefersDark(bool dark);
    /// The desktop's palette changed: reads it again when it is the one in use.
    void refreshFromDesktop();

Q_SIGNALS:
    void changed();

private:
    void useOwn(bool dark);
    void useDesktop();
    void setStyle(const QString &desktopStyle);

    Appearance m_appearance = Appearance::System;
    QString m_desktopStyle; ///< name of the style that Qt chose at start
    bool m_desktopHasLook = false; ///< a style or a palette of the desktop's own
    bool m_desktopPrefersDark = false;
    bool m_applied = false;
    bool m_dark = false;
    ColorTable m_colors;
};

/// Marks a push button as the primary one of its place: accent fill, weight 600.
void makePrimary(QAbstractButton *button);

} // namespace taskreel
