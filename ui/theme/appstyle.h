// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme/theme.h"

#include <QProxyStyle>

class QStyleOptionButton;
class QStyleOptionTab;

namespace taskreel {

/// Fusion with our measures: flat fields and buttons of 32 px with corners of 6, one line weight,
/// accent focus, slim sliders and scroll bars, underlined tabs, a flat header, no group frames.
/// Owned by QApplication; made anew for each set of colours.
class AppStyle final : public QProxyStyle
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AppStyle)

public:
    static constexpr char kPrimary[] = "primary"; ///< property of a primary button
    static constexpr char kJoined[] = "joined"; ///< `left` or `right` half of a split button

    explicit AppStyle(const ColorTable &colors);

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                         SubControl subControl, const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option,
                         const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option,
                    const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returnData) const override;
    void polish(QWidget *widget) override;
    using QProxyStyle::polish;

private:
    [[nodiscard]] QColor color(ColorToken token) const { return m_colors[std::size_t(token)]; }
    void drawBox(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &line) const;
    void drawField(QPainter *painter, const QStyleOption *option) const;
    void drawPushButton(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawPushButtonLabel(const QStyleOptionButton *option, QPainter *painter,
                             const QWidget *widget) const;
    void drawToolPanel(const QStyleOption *option, QPainter *painter) const;
    void drawCheckMark(const QStyleOption *option, QPainter *painter, bool round) const;
    void drawArrow(QPainter *painter, const QRect &rect, Qt::ArrowType arrow,
                   const QColor &ink) const;
    void drawTab(const QStyleOptionTab *option, QPainter *painter) const;
    void drawHeaderSection(const QStyleOption *option, QPainter *painter) const;
    void drawSlider(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    void drawScrollBar(const QStyleOptionComplex *option, QPainter *painter,
                       const QWidget *widget) const;
    void drawComboBox(const QStyleOptionComplex *option, QPainter *painter,
                      const QWidget *widget) const;
    void drawSpinBox(const QStyleOptionComplex *option, QPainter *painter,
                     const QWidget *widget) const;

    ColorTable m_colors;
};

} // namespace taskreel
