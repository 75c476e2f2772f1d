// SPDX-License-Identifier: MIT
#pragma once

#include "demo/demomedia.h"
#include "demo/demoservice.h"
#include "demo/demotask.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QStringList>

namespace taskreel::demo {

/// The demo's account: its key, its tasks and their media, put on a DemoService. Tasks move from
/// pending through processing to completed within seconds of the first question. Covers and clips
/// come from the library's own resources (`:/demo/…`). Made, used and destroyed on the service's
/// thread.
class DemoScript final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DemoScript)

public:
    /// @param service borrowed, outlives this
    explicit DemoScript(DemoService *service, QObject *parent = nullptr);
    ~DemoScript() override;

    static QString apiKey(); ///< the only key that the demo accepts
    [[nodiscard]] QStringList taskIds() const; ///< what the demo's list starts with
    [[nodiscard]] QStringList historyIds() const; ///< what only the account's history knows
    [[nodiscard]] QStringList extraTaskIds() const; ///< whose files go wrong: for tests
    /// Tasks that an earlier run of the demo saw end: they do not start over.
    void setEnded(const QStringList &ids);
    void setSpeed(
        double factor); ///< 1: as shown to people; 1000: everything ended at the first question

private:
    struct Progress
    {
        QElapsedTimer sinceAsked;
        QDateTime askedAt;
        bool cancelled = false;
    };

    [[nodiscard]] QStringList idsAt(DemoTask::Place place) const;
    [[nodiscard]] bool instant() const;
    [[nodiscard]] Response answerTask(const Request &request);
    [[nodiscard]] Response answerHistory(const Request &request) const;
    [[nodiscard]] Response cancel(const DemoTask &task);
    [[nodiscard]] DemoMoment momentOf(const DemoTask &task) const;
    [[nodiscard]] DemoMoment runningMoment(const DemoTask &task, const Progress &progress) const;

    DemoService *const m_service;
    const QDateTime m_begin; ///< the tasks' ages count from here
    QList<DemoTask> m_tasks;
    QHash<QString, qsizetype> m_places; ///< id -> place in m_tasks
    QSet<QString> m_ended;
    QHash<QString, Progress> m_progress; ///< of the tasks that were asked for
    DemoMedia m_media;
    double m_speed = 1.0;
};

} // namespace taskreel::demo
