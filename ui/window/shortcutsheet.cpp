// SPDX-License-Identifier: MIT
#include "ui/window/shortcutsheet.h"

#include "ui/common/actionregistry.h"
#include "ui/theme/theme.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

QString plainTitle(QString text)
{
    return text.remove(u'&').remove(u'…');
}

QString keysOf(const QList<QKeySequence> &shortcuts)
{
    QStringList keys;
    for (const QKeySequence &shortcut : shortcuts)
        keys.append(shortcut.toString(QKeySequence::NativeText));
    return keys.join(u", "_s);
}

} // namespace

ShortcutSheet::ShortcutSheet(const ActionRegistry &actions, const QList<QMenu *> &menus, Theme *theme,
                             QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"shortcutSheet"_s);
    setWindowTitle(tr("Shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *content = new QWidget;
    auto *grid = new QGridLayout(content);
    grid->setContentsMargins(20, 16, 20, 16);
    grid->setHorizontalSpacing(32);
    grid->setVerticalSpacing(6);
    int line = 0;
    for (const QMenu *menu : menus) {
        bool titled = false;
        const QList<QAction *> entries = menu->actions();
        for (const QAction *action : entries) {
            const QString keys = keysOf(actions.shortcutsOf(action));
            if (action->isSeparator() || keys.isEmpty())
                continue;
            if (!titled) {
                auto *title = new QLabel(plainTitle(menu->title()));
                QFont font = title->font();
                font.setWeight(QFont::DemiBold);
                title->setFont(font);
                title->setContentsMargins(0, line == 0 ? 0 : 10, 0, 2);
                grid->addWidget(title, line++, 0, 1, 2);
                titled = true;
            }
            auto *keyLabel = new QLabel(keys);
            keyLabel->setForegroundRole(QPalette::PlaceholderText);
            grid->addWidget(new QLabel(plainTitle(action->text())), line, 0);
            grid->addWidget(keyLabel, line++, 1);
        }
    }
    auto *note = new QLabel(tr("Single keys act while the list or the picture has the focus."));
    note->setFont(theme->smallFont(note->font()));
    note->setForegroundRole(QPalette::PlaceholderText);
    auto *area = new QScrollArea;
    area->setObjectName(u"shortcuts"_s);
    area->setAccessibleName(windowTitle());
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton *close = buttons->button(QDialogButtonBox::Close);
    close->setObjectName(u"shortcutsClose"_s);
    close->setAccessibleName(tr("Close"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 16, 16);
    layout->addWidget(area, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(20, 0, 0, 0);
    foot->addWidget(note, 1);
    foot->addWidget(buttons);
    layout->addLayout(foot);
    resize(480, 560);
}

} // namespace taskreel
