// SPDX-License-Identifier: MIT
#include "ui/theme/appstyle.h"

#include "ui/theme/palettes.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QPainter>
#include <QStyleOption>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

bool hasKeyboardFocus(const QStyleOption *option)
{
    return option->state.testFlag(QStyle::State_HasFocus)
            && option->state.testFlag(QStyle::State_KeyboardFocusChange);
}

bool isPrimary(const QWidget *widget)
{
    return widget && widget->property(AppStyle::kPrimary).toBool();
}

} // namespace

AppStyle::AppStyle(const ColorTable &colors) : QProxyStyle(u"fusion"_s), m_colors(colors) {}

void AppStyle::drawBox(QPainter *painter, const QRect &rect, const QColor &fill,
                       const QColor &line) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(line.isValid() ? QPen(line, 1) : QPen(Qt::NoPen));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const QRectF box = line.isValid() ? QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5) : QRectF(rect);
    painter->drawRoundedRect(box, measure::kRadius, measure::kRadius);
    painter->restore();
}

void AppStyle::drawField(QPainter *painter, const QStyleOption *option) const
{
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool focus = option->state.testFlag(State_HasFocus);
    drawBox(painter, option->rect, color(enabled ? ColorToken::Base : ColorToken::Window),
            color(focus ? ColorToken::Accent : ColorToken::Line));
}

void AppStyle::drawPushButton(const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool over = option->state.testFlag(State_MouseOver) && enabled;
    const bool down = option->state.testAnyFlags(State_Sunken | State_On);
    const bool flat = button && button->features.testFlag(QStyleOptionButton::Flat);
    QColor fill = color(over || down ? ColorToken::ButtonHover : ColorToken::Button);
    QColor line = color(ColorToken::Line);
    if (isPrimary(widget) && enabled) {
        fill = color(ColorToken::Accent);
        if (down)
            fill = fill.darker(118);
        else if (over)
            fill = blend(color(ColorToken::OnAccent), fill, 0.10);
        line = fill;
    } else if (isPrimary(widget)) {
        fill = blend(color(ColorToken::Accent), color(ColorToken::Window), 0.5);
        line = fill;
    } else if (flat && !over && !down) {
        fill = QColor();
        line = QColor();
    } else if (!enabled) {
        fill = color(ColorToken::Window);
    } else if (down) {
        fill = blend(color(ColorToken::Text), color(ColorToken::Button), 0.12);
    }
    // The two halves of a split button meet without rounding.
    const QString joined = widget ? widget->property(kJoined).toString() : QString();
    QRect box = option->rect;
    if (joined == "left"_L1)
        box.adjust(0, 0, 2 * measure::kRadius, 0);
    else if (joined == "right"_L1)
        box.adjust(-2 * measure::kRadius, 0, 0, 0);
    painter->save();
    painter->setClipRect(option->rect, Qt::IntersectClip);
    drawBox(painter, box, fill, line);
    painter->restore();
    if (hasKeyboardFocus(option)) {
        const bool primary = isPrimary(widget);
        drawBox(painter, primary ? option->rect.adjusted(2, 2, -2, -2) : option->rect, QColor(),
                color(primary ? ColorToken::OnAccent : ColorToken::Accent));
    }
}

void AppStyle::drawPushButtonLabel(const QStyleOptionButton *option, QPainter *painter,
                                   const QWidget *widget) const
{
    QStyleOptionButton copy(*option);
    const bool menu = copy.features.testFlag(QStyleOptionButton::HasMenu);
    if (isPrimary(widget)) {
        const bool enabled = copy.state.testFlag(State_Enabled);
        const QColor ink = blend(color(ColorToken::OnAccent), color(ColorToken::Accent), 0.9);
        copy.palette.setColor(QPalette::ButtonText, enabled ? color(ColorToken::OnAccent) : ink);
    }
    copy.features &= ~QStyleOptionButton::HasMenu;
    if (menu)
        copy.rect.setRight(copy.rect.right() - (copy.text.isEmpty() ? 0 : 16));
    if (!menu || !copy.text.isEmpty())
        QProxyStyle::drawControl(CE_PushButtonLabel, &copy, painter, widget);
    if (!menu)
        return;
    const QRect whole = option->rect;
    const int x = copy.text.isEmpty() ? whole.center().x() - 8 : whole.right() - 26;
    drawArrow(painter, QRect(x, whole.top(), 16, whole.height()), Qt::DownArrow,
              copy.palette.color(QPalette::ButtonText));
}

void AppStyle::drawToolPanel(const QStyleOption *option, QPainter *painter) const
{
    const bool enabled = option->state.testFlag(State_Enabled);
    QColor fill;
    if (option->state.testFlag(State_On))
        fill = color(ColorToken::SelectedRow);
    else if (option->state.testFlag(State_Sunken))
        fill = blend(color(ColorToken::Text), color(ColorToken::Window), 0.14);
    else if (option->state.testFlag(State_MouseOver) && enabled)
        fill = blend(color(ColorToken::Text), color(ColorToken::Window), 0.07);
    if (fill.isValid())
        drawBox(painter, option->rect, fill, QColor());
    if (hasKeyboardFocus(option))
        drawBox(painter, option->rect, QColor(), color(ColorToken::Accent));
}

void AppStyle::drawCheckMark(const QStyleOption *option, QPainter *painter, bool round) const
{
    const bool on = option->state.testAnyFlags(State_On | State_NoChange);
    const bool enabled = option->state.testFlag(State_Enabled);
    const QRectF box = QRectF(option->rect).adjusted(1.5, 1.5, -1.5, -1.5);
    const double radius = round ? box.width() / 2 : 3;
    const QColor ink = enabled ? color(ColorToken::Accent) : color(ColorToken::Line);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor idle = blend(color(ColorToken::Dim), color(ColorToken::Line), 0.5);
    painter->setPen(QPen(on || hasKeyboardFocus(option) ? ink : idle, 1));
    painter->setBrush(on ? ink : color(enabled ? ColorToken::Base : ColorToken::Window));
    painter->drawRoundedRect(box, radius, radius);
    if (on) {
        painter->setPen(QPen(color(ColorToken::OnAccent), 1.8, Qt::SolidLine, Qt::RoundCap,
                             Qt::RoundJoin));
        const QPointF c = box.center();
        const double u = box.width() / 12;
        if (round) {
            painter->setBrush(color(ColorToken::OnAccent));
            painter->drawEllipse(c, 1.6 * u, 1.6 * u);
        } else if (option->state.testFlag(State_NoChange)) {
            painter->drawLine(c - QPointF(2.6 * u, 0), c + QPointF(2.6 * u, 0));
        } else {
            painter->drawPolyline(QPolygonF({c + QPointF(-2.8 * u, 0), c + QPointF(-0.8 * u, 2.1 * u),
                                             c + QPointF(2.9 * u, -2.2 * u)}));
        }
    }
    painter->restore();
}

void AppStyle::drawArrow(QPainter *painter, const QRect &rect, Qt::ArrowType arrow,
                         const QColor &ink) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(ink, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->translate(QRectF(rect).center());
    switch (arrow) {
    case Qt::UpArrow:
        painter->rotate(180);
        break;
    case Qt::LeftArrow:
        painter->rotate(90);
        break;
    case Qt::RightArrow:
        painter->rotate(-90);
        break;
    default:
        break;
    }
    painter->drawPolyline(QPolygonF({{-3.2, -1.6}, {0, 1.6}, {3.2, -1.6}}));
    painter->restore();
}

void AppStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                             QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_PanelLineEdit: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && frame->lineWidth > 0)
            drawField(painter, option);
        return;
    }
    case PE_FrameLineEdit:
    case PE_FrameGroupBox:
    case PE_FrameTabWidget:
    case PE_FrameStatusBarItem:
    case PE_FrameButtonBevel:
        return;
    case PE_PanelButtonCommand:
    case PE_PanelButtonBevel:
        drawPushButton(option, painter, widget);
        return;
    case PE_PanelButtonTool:
        drawToolPanel(option, painter);
        return;
    case PE_FrameFocusRect:
        if (!qobject_cast<const QAbstractItemView *>(widget))
            drawBox(painter, option->rect, QColor(), color(ColorToken::Accent));
        return;
    case PE_Frame:
    case PE_FrameDockWidget:
        painter->save();
        painter->setPen(color(option->state.testFlag(State_HasFocus) ? ColorToken::Accent
                                                                     : ColorToken::Line));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    case PE_FrameTabBarBase:
    case PE_PanelStatusBar: {
        const bool bottom = element == PE_FrameTabBarBase;
        const QRect &r = option->rect;
        painter->fillRect(r.left(), bottom ? r.bottom() : r.top(), r.width(), 1,
                          color(ColorToken::Line));
        return;
    }
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheckMark(option, painter, false);
        return;
    case PE_IndicatorRadioButton:
        drawCheckMark(option, painter, true);
        return;
    case PE_IndicatorArrowDown:
    case PE_IndicatorSpinDown:
    case PE_IndicatorButtonDropDown:
        drawArrow(painter, option->rect, Qt::DownArrow, option->palette.color(QPalette::ButtonText));
        return;
    case PE_IndicatorArrowUp:
    case PE_IndicatorSpinUp:
        drawArrow(painter, option->rect, Qt::UpArrow, option->palette.color(QPalette::ButtonText));
        return;
    case PE_IndicatorArrowLeft:
        drawArrow(painter, option->rect, Qt::LeftArrow, option->palette.color(QPalette::ButtonText));
        return;
    case PE_IndicatorArrowRight:
        drawArrow(painter, option->rect, Qt::RightArrow,
                  option->palette.color(QPalette::ButtonText));
        return;
    case PE_IndicatorHeaderArrow: {
        const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        if (header && header->sortIndicator != QStyleOptionHeader::None) {
            const bool up = header->sortIndicator == QStyleOptionHeader::SortUp;
            drawArrow(painter, option->rect, up ? Qt::UpArrow : Qt::DownArrow,
                      color(ColorToken::Dim));
        }
        return;
    }
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void AppStyle::drawTab(const QStyleOptionTab *option, QPainter *painter) const
{
    const QRect r = option->rect;
    const bool selected = option->state.testFlag(State_Selected);
    painter->fillRect(r.left(), r.bottom(), r.width(), 1, color(ColorToken::Line));
    if (selected)
        painter->fillRect(r.left(), r.bottom() - 1, r.width(), 2, color(ColorToken::Accent));
    else if (option->state.testFlag(State_MouseOver) && option->state.testFlag(State_Enabled))
        painter->fillRect(r.adjusted(0, 0, 0, -1),
                          blend(color(ColorToken::Text), color(ColorToken::Window), 0.05));
    painter->save();
    painter->setPen(color(selected ? ColorToken::Text : ColorToken::Dim));
    proxy()->drawItemText(painter, r, Qt::AlignCenter | Qt::TextShowMnemonic, option->palette,
                          option->state.testFlag(State_Enabled), option->text);
    painter->restore();
    if (hasKeyboardFocus(option) && selected)
        drawBox(painter, r.adjusted(2, 3, -2, -5), QColor(), color(ColorToken::Accent));
}

void AppStyle::drawHeaderSection(const QStyleOption *option, QPainter *painter) const
{
    const QRect r = option->rect;
    const bool over = option->state.testFlag(State_MouseOver) && option->state.testFlag(State_Enabled);
    painter->fillRect(r, over ? blend(color(ColorToken::Text), color(ColorToken::Window), 0.05)
                              : color(ColorToken::Window));
    painter->fillRect(r.left(), r.bottom(), r.width(), 1, color(ColorToken::Line));
}

void AppStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                           const QWidget *widget) const
{
    switch (element) {
    case CE_PushButtonBevel:
        drawPushButton(option, painter, widget);
        return;
    case CE_PushButton:
        // Focus is a part of the bevel here; the base would add a rectangle of its own.
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            proxy()->drawControl(CE_PushButtonBevel, button, painter, widget);
            proxy()->drawControl(CE_PushButtonLabel, button, painter, widget);
        }
        return;
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            drawPushButtonLabel(button, painter, widget);
        return;
    case CE_TabBarTab:
    case CE_TabBarTabShape:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            drawTab(tab, painter);
        return;
    case CE_TabBarTabLabel:
        return;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        drawHeaderSection(option, painter);
        return;
    case CE_HeaderLabel:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            QStyleOptionHeader copy(*header);
            copy.palette.setColor(QPalette::ButtonText, color(ColorToken::Dim));
            copy.state &= ~State_On; // no bold for the section of the current cell
            QProxyStyle::drawControl(element, &copy, painter, widget);
        }
        return;
    case CE_Splitter:
        painter->fillRect(option->rect, color(ColorToken::Line));
        return;
    case CE_ShapedFrame:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && (frame->frameShape == QFrame::HLine || frame->frameShape == QFrame::VLine)) {
            QRect line = option->rect;
            if (frame->frameShape == QFrame::HLine)
                line = QRect(line.left(), line.center().y(), line.width(), 1);
            else
                line = QRect(line.center().x(), line.top(), 1, line.height());
            painter->fillRect(line, color(ColorToken::Line));
            return;
        }
        break;
    case CE_ProgressBarGroove:
    case CE_ProgressBarLabel:
        return;
    case CE_ProgressBarContents:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option)) {
            const QRect r(bar->rect.left(), bar->rect.center().y() - 2, bar->rect.width(), 4);
            const int span = std::max(1, bar->maximum - bar->minimum);
            const bool busy = bar->maximum == bar->minimum;
            const int width = busy ? r.width() / 3
                                   : int(qint64(r.width()) * (bar->progress - bar->minimum) / span);
            painter->fillRect(r, color(ColorToken::Line));
            painter->fillRect(QRect(r.left(), r.top(), width, r.height()), color(ColorToken::Accent));
        }
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

} // namespace taskreel
