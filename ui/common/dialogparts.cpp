// SPDX-License-Identifier: MIT
#include "ui/common/dialogparts.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace taskreel {

static constexpr int kLineHeight = 6; // px

QPushButton *makeDialogButton(const QString &text, const QString &objectName, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setAccessibleName(text);
    button->setObjectName(objectName);
    button->setAutoDefault(false);
    return button;
}

void setUpSummary(QLabel *label, const QString &accessibleName, const QString &objectName)
{
    label->setObjectName(objectName);
    label->setAccessibleName(accessibleName);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
}

void setUpProgressLine(QProgressBar *line, const QString &accessibleName, const QString &objectName)
{
    line->setObjectName(objectName);
    line->setAccessibleName(accessibleName);
    line->setTextVisible(false);
    line->setFixedHeight(kLineHeight);
    QSizePolicy stays = line->sizePolicy();
    stays.setRetainSizeWhenHidden(true);
    line->setSizePolicy(stays);
}

} // namespace taskreel
