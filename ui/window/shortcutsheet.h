// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

class QMenu;
class QVBoxLayout;

namespace taskreel {

class ActionRegistry;
class Theme;

/// All keys on one sheet, by menu. GUI thread; deletes itself when closed.
class ShortcutSheet final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ShortcutSheet)

public:
    ShortcutSheet(const ActionRegistry &actions, const QList<QMenu *> &menus, Theme *theme,
                  QWidget *parent = nullptr);
};

} // namespace taskreel
