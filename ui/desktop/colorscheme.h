// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QVariant>

namespace taskreel {

/// What the desktop prefers: `color-scheme` of org.freedesktop.appearance from the settings portal, followed
/// by its signal (Qt 6.5 brings QStyleHints::colorScheme). Asynchronous; silent where there is no portal.
class ColorScheme final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ColorScheme)

public:
    enum class Preference { None, Dark, Light };

    explicit ColorScheme(QObject *parent = nullptr);
    [[nodiscard]] Preference preference() const { return m_preference; }

Q_SIGNALS:
    void changed(taskreel::ColorScheme::Preference preference);

private:
    void take(const QVariant &value);

    Preference m_preference = Preference::None;
};

} // namespace taskreel
