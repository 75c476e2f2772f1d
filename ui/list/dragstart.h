// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractItemView>
#include <QApplication>
#include <QMouseEvent>

#include <optional>

namespace taskreel {

/// Tells when the pointer draws what it pressed out of a list. A plain press on a task alone: with
/// a key held down, or beside the tasks, the pointer selects. GUI thread; owned by a view.
class DragStart final
{
public:
    void press(const QAbstractItemView &view, const QMouseEvent &event)
    {
        const QPoint at = event.position().toPoint();
        const bool plain = event.button() == Qt::LeftButton && event.modifiers() == Qt::NoModifier;
        m_from = plain && view.indexAt(at).isValid() ? std::optional(at) : std::nullopt;
    }
    void release() { m_from.reset(); }
    /// The pointer is on its way with something: the list must not select by it.
    [[nodiscard]] bool isHeld(const QMouseEvent &event) const
    {
        return m_from && event.buttons() == Qt::LeftButton;
    }
    /// True once, when it is far enough away for a drag.
    [[nodiscard]] bool begins(const QMouseEvent &event)
    {
        const bool far = isHeld(event)
            && (event.position().toPoint() - *m_from).manhattanLength()
                >= QApplication::startDragDistance();
        if (far)
            m_from.reset();
        return far;
    }

private:
    std::optional<QPoint> m_from;
};

} // namespace taskreel
