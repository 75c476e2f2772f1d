// SPDX-License-Identifier: MIT
// The second half of AppStyle: controls of several parts, sizes and hints.
#include "ui/theme/appstyle.h"
#include "ui/theme/palettes.h"

#include <QAbstractScrollArea>
#include <QPainter>
#include <QScrollBar>
#include <QStyleOption>
#include <QTableView>

namespace taskreel {

namespace {

constexpr int kScrollBarWidth = 12;
constexpr int kSliderHandle = 14;
constexpr int kTextMargin = 8; // of table cells and their headings

} // namespace

void AppStyle::drawSlider(const QStyleOptionComplex *option, QPainter *painter,
                          const QWidget *widget) const
{
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (!slider)
        return;
    const bool flat = slider->orientation == Qt::Horizontal;
    const bool enabled = option->state.testFlag(State_Enabled);
    const QRect handle = proxy()->subControlRect(CC_Slider, option, SC_SliderHandle, widget);
    const QRect r = option->rect;
    const QPointF c = QRectF(handle).center();
    QRectF groove = flat ? QRectF(r.left() + 2, c.y() - 2, r.width() - 4, 4)
                         : QRectF(c.x() - 2, r.top() + 2, 4, r.height() - 4);
    QRectF filled = groove;
    if (flat && !slider->upsideDown)
        filled.setRight(c.x());
    else if (flat)
        filled.setLeft(c.x());
    else
        filled.setTop(c.y());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color(ColorToken::Line));
    painter->drawRoundedRect(groove, 2, 2);
    const QColor ink = enabled ? color(ColorToken::Accent) : color(ColorToken::Line);
    painter->setBrush(ink);
    painter->drawRoundedRect(filled, 2, 2);
    if (enabled) {
        const bool over = option->activeSubControls.testFlag(SC_SliderHandle);
        painter->drawEllipse(c, over ? 7.0 : 6.0, over ? 7.0 : 6.0);
        if (option->state.testFlag(State_HasFocus)
            && option->state.testFlag(State_KeyboardFocusChange)) {
            painter->setBrush(color(ColorToken::OnAccent));
            painter->drawEllipse(c, 2.5, 2.5);
        }
    }
    painter->restore();
}

void AppStyle::drawScrollBar(const QStyleOptionComplex *option, QPainter *painter,
                             const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (!bar)
        return;
    const auto *area = widget ? qobject_cast<const QAbstractScrollArea *>(widget->parentWidget()
                                                            ? widget->parentWidget()->parentWidget()
                                                            : nullptr)
                              : nullptr;
    const QPalette::ColorRole ground = area ? area->viewport()->backgroundRole() : QPalette::Window;
    painter->fillRect(option->rect, option->palette.color(ground));
    if (bar->maximum <= bar->minimum)
        return;
    const QRect handle = proxy()->subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget);
    const bool over = option->state.testFlag(State_MouseOver) || option->state.testFlag(State_Sunken);
    const double margin = over ? 2.0 : 3.5;
    const bool upright = bar->orientation == Qt::Vertical;
    const QRectF pill = upright ? QRectF(handle).adjusted(margin, 2, -margin, -2)
                                : QRectF(handle).adjusted(2, margin, -2, -margin);
    const double radius = (upright ? pill.width() : pill.height()) / 2;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(blend(color(ColorToken::Dim), color(ColorToken::Base), over ? 0.75 : 0.4));
    painter->drawRoundedRect(pill, radius, radius);
    painter->restore();
}

void AppStyle::drawComboBox(const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const
{
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    if (!combo)
        return;
    const bool over = option->state.testFlag(State_MouseOver) && option->state.testFlag(State_Enabled);
    if (combo->editable) {
        drawField(painter, option);
    } else if (combo->frame || over) {
        const bool ring = option->state.testFlag(State_HasFocus)
                && option->state.testFlag(State_KeyboardFocusChange);
        drawBox(painter, option->rect, color(over ? ColorToken::ButtonHover : ColorToken::Button),
                color(ring ? ColorToken::Accent : ColorToken::Line));
    }
    const QRect arrow = proxy()->subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
    drawArrow(painter, arrow, Qt::DownArrow, option->palette.color(QPalette::ButtonText));
}

void AppStyle::drawSpinBox(const QStyleOptionComplex *option, QPainter *painter,
                           const QWidget *widget) const
{
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
    if (!spin)
        return;
    drawField(painter, option);
    if (spin->buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const QColor ink = option->palette.color(QPalette::ButtonText);
    const QColor off = option->palette.color(QPalette::Disabled, QPalette::ButtonText);
    drawArrow(painter, proxy()->subControlRect(CC_SpinBox, option, SC_SpinBoxUp, widget), Qt::UpArrow,
              spin->stepEnabled.testFlag(QAbstractSpinBox::StepUpEnabled) ? ink : off);
    drawArrow(painter, proxy()->subControlRect(CC_SpinBox, option, SC_SpinBoxDown, widget),
              Qt::DownArrow,
              spin->stepEnabled.testFlag(QAbstractSpinBox::StepDownEnabled) ? ink : off);
}

void AppStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                  QPainter *painter, const QWidget *widget) const
{
    switch (control) {
    case CC_Slider:
        drawSlider(option, painter, widget);
        return;
    case CC_ScrollBar:
        drawScrollBar(option, painter, widget);
        return;
    case CC_ComboBox:
        drawComboBox(option, painter, widget);
        return;
    case CC_SpinBox:
        drawSpinBox(option, painter, widget);
        return;
    case CC_ToolButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option)) {
            QStyleOptionToolButton copy(*button);
            drawToolPanel(&copy, painter);
            // The panel and the focus ring are drawn; the arrow of a popup menu says nothing on an icon.
            copy.state &= ~(State_HasFocus | State_Sunken | State_On);
            copy.rect = proxy()->subControlRect(CC_ToolButton, option, SC_ToolButton, widget);
            proxy()->drawControl(CE_ToolButtonLabel, &copy, painter, widget);
        }
        return;
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

QRect AppStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                               SubControl subControl, const QWidget *widget) const
{
    const QRect r = option->rect;
    if (control == CC_ScrollBar) {
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (!bar)
            return {};
        const bool upright = bar->orientation == Qt::Vertical;
        const int length = upright ? r.height() : r.width();
        const int range = bar->maximum - bar->minimum;
        const int handle = range > 0
                ? std::clamp(int(qint64(bar->pageStep) * length / (qint64(range) + bar->pageStep)),
                             std::min(32, length), length)
                : length;
        const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                                  length - handle, bar->upsideDown);
        const auto part = [&](int from, int to) {
            return upright ? QRect(r.left(), r.top() + from, r.width(), to - from)
                           : QRect(r.left() + from, r.top(), to - from, r.height());
        };
        switch (subControl) {
        case SC_ScrollBarSlider:
            return part(start, start + handle);
        case SC_ScrollBarSubPage:
            return part(0, start);
        case SC_ScrollBarAddPage:
            return part(start + handle, length);
        case SC_ScrollBarGroove:
            return r;
        default:
            return {};
        }
    }
    if (control == CC_ComboBox) {
        if (subControl == SC_ComboBoxArrow)
            return visualRect(option->direction, r, QRect(r.right() - 26, r.top(), 22, r.height()));
        if (subControl == SC_ComboBoxEditField)
            return visualRect(option->direction, r, r.adjusted(8, 1, -28, -1));
    }
    if (control == CC_SpinBox) {
        switch (subControl) {
        case SC_SpinBoxUp:
            return QRect(r.right() - 22, r.top() + 2, 20, r.height() / 2 - 2);
        case SC_SpinBoxDown:
            return QRect(r.right() - 22, r.top() + r.height() / 2, 20, r.height() / 2 - 2);
        case SC_SpinBoxEditField:
            return r.adjusted(8, 1, -24, -1);
        default:
            break;
        }
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

QRect AppStyle::subElementRect(SubElement element, const QStyleOption *option,
                               const QWidget *widget) const
{
    if (element == SE_LineEditContents) {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        return frame && frame->lineWidth > 0 ? option->rect.adjusted(9, 1, -9, -1) : option->rect;
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QSize AppStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                 const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            const bool menu = button->features.testFlag(QStyleOptionButton::HasMenu);
            result.setWidth(size.width() + (button->text.isEmpty() ? 14 : 26)
                            + (menu && !button->text.isEmpty() ? 12 : 0));
            result.setHeight(std::max(size.height() + 10, measure::kControlHeight));
        }
        break;
    case CT_LineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0)
            result = QSize(size.width() + 22, std::max(size.height(), measure::kControlHeight));
        break;
    case CT_ComboBox:
        // As wide as the words with what stands beside them (SC_ComboBoxEditField).
        result = result.expandedTo(QSize(size.width() + 42, measure::kControlHeight));
        break;
    case CT_SpinBox:
        result.setHeight(std::max(result.height(), measure::kControlHeight));
        break;
    case CT_ToolButton:
        result = result.expandedTo(QSize(measure::kControlHeight, measure::kControlHeight));
        break;
    case CT_TabBarTab:
        result = QSize(result.width() + 8, std::max(result.height(), 34));
        break;
    case CT_HeaderSection:
        result.setHeight(std::max(result.height(), 34));
        break;
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
            item && item->menuItemType != QStyleOptionMenuItem::Separator)
            result.setHeight(std::max(result.height(), 28));
        break;
    default:
        break;
    }
    return result;
}

int AppStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return kScrollBarWidth;
    case PM_SplitterWidth:
        return 1;
    case PM_SliderThickness:
    case PM_SliderControlThickness:
        return 20;
    case PM_SliderLength:
        return kSliderHandle;
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
        return 16;
    case PM_ToolBarIconSize:
        return measure::kIcon;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_HeaderMarkSize:
        return 14;
    case PM_HeaderMargin:
        return kTextMargin;
    case PM_FocusFrameHMargin:
        // Texts of a table stand under those of its header: item views add one pixel of their own.
        if (qobject_cast<const QTableView *>(widget))
            return kTextMargin - 1;
        return QProxyStyle::pixelMetric(metric, option, widget);
    case PM_TabBarTabHSpace:
        return 20;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 18;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int AppStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                        QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_Slider_AbsoluteSetButtons:
        return Qt::LeftButton;
    case SH_Slider_PageSetButtons:
    case SH_EtchDisabledText:
    case SH_ComboBox_Popup:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_TabBar_ElideMode:
        return 0;
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

void AppStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (widget->inherits("QHeaderView") || qobject_cast<QScrollBar *>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

} // namespace taskreel
