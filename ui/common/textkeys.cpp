// SPDX-License-Identifier: MIT
#include "ui/common/textkeys.h"

#include <QKeyEvent>
#include <QWidget>

namespace taskreel {

namespace {

class TextKeys final : public QObject
{
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::ShortcutOverride) {
            auto *key = static_cast<QKeyEvent *>(event);
            if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll)
                || key->matches(QKeySequence::Delete)) {
                event->accept();
                return true;
            }
        }
        return QObject::eventFilter(watched, event);
    }
};

} // namespace

void keepTextKeys(QWidget *text)
{
    text->installEventFilter(new TextKeys(text));
}

} // namespace taskreel
