// SPDX-License-Identifier: MIT
#pragma once

#include "demo/demoservice.h"

#include <QStringList>
#include <QThread>
#include <QUrl>

namespace taskreel::test {

/// A DemoService on a thread of its own, so that the thread under test is measured alone. Answers every
/// task id with a finished classic Kling task after `delayMs`.
class ServiceThread final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ServiceThread)

public:
    explicit ServiceThread(int delayMs, QObject *parent = nullptr);
    ~ServiceThread() override;

    /// For what its class says may be called from any thread.
    [[nodiscard]] demo::DemoService &service() { return *m_service; }
    [[nodiscard]] QUrl baseUrl() const { return m_baseUrl; }
    /// Valid UUIDs that differ, the same in each run.
    [[nodiscard]] static QStringList taskIds(int count);
    [[nodiscard]] static QByteArray answer(const QByteArray &taskId);

private:
    QThread m_thread;
    demo::DemoService *m_service; ///< lives on m_thread
    QUrl m_baseUrl;
};

} // namespace taskreel::test
