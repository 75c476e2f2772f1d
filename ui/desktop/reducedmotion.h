// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QVariant>

namespace taskreel {

/// Whether the desktop asks for less motion: `enable-animations` of org.gnome.desktop.interface from the
/// settings portal, followed by its signal, or a style that does not animate (KDE). Asynchronous; false
/// where there is no portal.
class ReducedMotion final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReducedMotion)

public:
    explicit ReducedMotion(QObject *parent = nullptr);
    [[nodiscard]] bool isReduced() const { return m_reduced; }

Q_SIGNALS:
    void changed(bool reduced);

private:
    void take(const QVariant &value);

    bool m_reduced = false;
};

} // namespace taskreel
