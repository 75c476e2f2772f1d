// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <chrono>

namespace taskreel::demo {

/// A result of a demo task: which clip, and which of its variants the task offers.
struct DemoWork
{
    enum class Variants { Both, Marked, Plain, Same };
    QString clip;
    Variants variants = Variants::Both;
};

/// A task of the demo's account, as tasks.json tells it.
struct DemoTask
{
    enum class Place { List, History, Tests };
    enum class Shape { Works, Video, VideoUrl, ImageUrl };
    enum class Trouble { None, Gone, Cut };

    QString id;
    Place place = Place::List;
    QString model;
    QString type;
    QString outputType;
    QJsonObject input;
    Shape shape = Shape::Works;
    QList<DemoWork> works;
    Trouble trouble = Trouble::None; ///< with the files, not with the task
    QJsonObject error; ///< not empty: it ends as failed
    int envelopeCode = 200;
    qint64 usage = 0; ///< points
    qint64 frozen = 0;
    std::chrono::seconds ago{}; ///< when it was made, before the demo began
    std::chrono::seconds took{};
    // For those that run while one looks: from the first question on. Zero: ended already.
    std::chrono::milliseconds pending{};
    std::chrono::milliseconds processing{};

    [[nodiscard]] bool runs() const { return pending.count() + processing.count() > 0; }
};

/// Where a task stands when somebody asks.
struct DemoMoment
{
    enum class Phase { Pending, Processing, Completed, Failed, Cancelled };
    Phase phase = Phase::Completed;
    int percent = 0; ///< while processing
    QDateTime created;
    QDateTime started; ///< invalid: not yet
    QDateTime ended;
};

/// From the library's resources.
[[nodiscard]] QList<DemoTask> loadDemoTasks();

} // namespace taskreel::demo
