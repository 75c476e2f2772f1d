// SPDX-License-Identifier: MIT
#include "ui/window/welcome.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace taskreel {

using namespace Qt::StringLiterals;

Welcome::Welcome(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(tr("Paste task IDs here")))
    , m_enterKey(new QPushButton(tr("Enter API key")))
    , m_tryDemo(new QPushButton(tr("Try the demo")))
{
    m_title->setAlignment(Qt::AlignCenter);
    auto *words = new QLabel(tr("Any text will do: a list, a chat, links, a JSON answer. Or drop files "
                                "on the window."));
    words->setAlignment(Qt::AlignCenter);
    words->setWordWrap(true);
    words->setForegroundRole(QPalette::PlaceholderText);
    m_enterKey->setObjectName(u"enterKey"_s);
    m_enterKey->setAccessibleName(tr("Enter API key"));
    makePrimary(m_enterKey);
    m_tryDemo->setObjectName(u"tryDemo"_s);
    m_tryDemo->setAccessibleName(tr("Try the demo"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(measure::kGap);
    buttons->addStretch();
    buttons->addWidget(m_enterKey);
    buttons->addWidget(m_tryDemo);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 16, 24, 16);
    layout->addStretch(5);
    layout->addWidget(m_title);
    layout->addSpacing(measure::kMargin);
    layout->addWidget(words);
    layout->addSpacing(20);
    layout->addLayout(buttons);
    layout->addStretch(7);
    connect(m_enterKey, &QPushButton::clicked, this, &Welcome::enterKeyPressed);
    connect(m_tryDemo, &QPushButton::clicked, this, &Welcome::tryDemoPressed);
    setFonts();
}

void Welcome::setChoices(bool enterKey, bool tryDemo)
{
    m_enterKey->setVisible(enterKey);
    m_tryDemo->setVisible(tryDemo);
}

void Welcome::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && !m_settingFonts)
        setFonts();
}

void Welcome::setFonts()
{
    m_settingFonts = true;
    QFont title = font();
    if (title.pointSizeF() > 0)
        title.setPointSizeF(title.pointSizeF() * 1.8);
    else
        title.setPixelSize(title.pixelSize() * 9 / 5);
    title.setWeight(QFont::DemiBold);
    m_title->setFont(title);
    m_settingFonts = false;
}

} // namespace taskreel
