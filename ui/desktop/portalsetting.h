// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusVariant>
#include <QObject>
#include <QString>

namespace taskreel {

/// One setting of the desktop, read from the settings portal and followed by its signal. Asynchronous;
/// silent where there is no portal.
class PortalSetting final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PortalSetting)

public:
    PortalSetting(const QString &group, const QString &key, QObject *parent);

Q_SIGNALS:
    void told(const QVariant &value); ///< once it is read, and with each change

private Q_SLOTS:
    void takeSetting(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void ask();
    void take(const QVariant &value);

    QString m_group;
    QString m_key;
};

} // namespace taskreel
