// SPDX-License-Identifier: MIT
#pragma once

#include <QAccessible>
#include <QAccessibleInterface>
#include <QApplication>
#include <QWidget>

namespace taskreel::test {

/// The visible widget under `root` with that accessible name, by the contract of the window; null if there
/// is none. Header only, since it needs Widgets, which the other tests do not link.
template<typename Widget = QWidget>
[[nodiscard]] Widget *findByName(const QWidget *root, const QString &name)
{
    const QList<Widget *> all = root->findChildren<Widget *>();
    for (Widget *widget : all) {
        if (!widget->isVisible())
            continue;
        const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
        if (face && face->text(QAccessible::Name) == name)
            return widget;
    }
    return nullptr;
}

/// The accessible description, where messages and summaries carry their text.
[[nodiscard]] inline QString descriptionOf(QWidget *widget)
{
    const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
    return face ? face->text(QAccessible::Description) : QString();
}

} // namespace taskreel::test
