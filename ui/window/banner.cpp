// SPDX-License-Identifier: MIT
#include "ui/window/banner.h"

#include "ui/common/elidedlabel.h"
#include "ui/theme/statusglyphs.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSign = 16;
constexpr int kMostButtons = 3;
constexpr int kHeight = 26; ///< of one line, which is the rule: rows matter in small windows

StatusGlyph glyphOf(Notice::Level level)
{
    switch (level) {
    case Notice::Level::Success:
        return StatusGlyph::Check;
    case Notice::Level::Information:
    case Notice::Level::Warning:
    case Notice::Level::Error:
        break;
    }
    return StatusGlyph::Exclamation;
}

} // namespace

Banner::Banner(Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_sign(new QWidget)
    , m_text(new ElidedLabel)
    , m_close(new QToolButton)
{
    setObjectName(u"banner"_s);
    m_sign->setFixedSize(kSign, kSign);
    m_text->setObjectName(u"message"_s);
    m_text->setAccessibleName(tr("Message"));
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_text->setMostLines(2);
    m_close->setObjectName(u"closeMessage"_s);
    m_close->setAccessibleName(tr("Close message"));
    m_close->setToolTip(tr("Close"));
    m_close->setText(u"×"_s);
    QFont font = m_close->font();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    m_close->setFont(font);
    m_close->setAutoRaise(true);
    m_close->setFixedSize(kHeight, kHeight);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(measure::kMargin, 4, measure::kGap, 5);
    layout->setSpacing(measure::kGap);
    layout->addWidget(m_sign);
    layout->addWidget(m_text, 1);
    for (int i = 0; i < kMostButtons; ++i) {
        auto *button = new QPushButton;
        button->setObjectName(u"messageButton%1"_s.arg(i));
        button->setFixedHeight(kHeight);
        connect(button, &QPushButton::clicked, this, [this, i] { press(i); });
        layout->addWidget(button);
        m_buttons.append(button);
    }
    layout->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &Banner::closed);
    hide();
}

void Banner::showNotice(const Notice &notice)
{
    m_notice = notice;
    m_text->setWords(notice.text);
    for (int i = 0; i < m_buttons.size(); ++i) {
        const bool used = i < notice.buttons.size();
        m_buttons[i]->setVisible(used);
        m_buttons[i]->setText(used ? notice.buttons[i].text : QString());
    }
    m_close->setVisible(notice.closable);
    show();
    update();
    QAccessibleEvent event(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void Banner::showText(const QString &text)
{
    m_notice.text = text;
    m_text->setWords(text);
}

QString Banner::text() const
{
    return m_text->words();
}

void Banner::press(int button)
{
    // The notice may be replaced by what the button does.
    const Notice notice = m_notice;
    if (button < notice.buttons.size())
        notice.buttons[button].pressed();
}

QColor Banner::ink() const
{
    switch (m_notice.level) {
    case Notice::Level::Information:
        return m_theme->color(ColorToken::Running);
    case Notice::Level::Success:
        return m_theme->color(ColorToken::Completed);
    case Notice::Level::Warning:
        return m_theme->color(ColorToken::Pending);
    case Notice::Level::Error:
        return m_theme->color(ColorToken::Failed);
    }
    return {};
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QColor wash = ink();
    wash.setAlphaF(0.09F);
    painter.fillRect(rect(), m_theme->color(ColorToken::Base));
    painter.fillRect(rect(), wash);
    painter.fillRect(0, height() - 1, width(), 1, m_theme->color(ColorToken::Line));
    paintStatusGlyph(&painter, m_sign->geometry(), glyphOf(m_notice.level), ink());
}

} // namespace taskreel
