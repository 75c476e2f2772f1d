// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/endwatch.h"

#include <QObject>
#include <QStringList>

class QWidget;

namespace taskreel {

class AppSettings;
class DesktopNotifier;
class TaskRepository;

/// Tells the desktop of tasks that ended by themselves while nobody looked: one word for a batch, or one
/// for each, as the settings say. While nobody looks, a newer batch joins the former. GUI thread.
class EndNotices final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EndNotices)

public:
    /// All borrowed, all outlive this.
    /// @param window while it is active, nothing is said
    EndNotices(TaskRepository *repository, AppSettings *settings, QWidget *window,
               const EndWatch::Times &times = {});

    /// "28 ready, 2 failed"
    [[nodiscard]] static QString summary(int ready, int failed);

Q_SIGNALS:
    void showRequested(const QStringList &ids); ///< the window, and these selected

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void takeEnd(const QString &id);
    void takeBatch(const QStringList &ready, const QStringList &failed);
    void takeActivated(const QStringList &ids);
    void forget();
    [[nodiscard]] QString promptOf(const QString &id) const;

    TaskRepository *m_repository;
    AppSettings *m_settings;
    [[nodiscard]] bool isWatched() const;

    QWidget *m_window;
    EndWatch m_watch;
    DesktopNotifier *m_notifier;
    QStringList m_ready; ///< since somebody looked last
    QStringList m_failed;
};

} // namespace taskreel
