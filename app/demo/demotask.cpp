// SPDX-License-Identifier: MIT
#include "demo/demotask.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace taskreel::demo {

namespace {

DemoWork::Variants variantsOf(const QString &word)
{
    if (word == "marked"_L1)
        return DemoWork::Variants::Marked;
    if (word == "plain"_L1)
        return DemoWork::Variants::Plain;
    return word == "same"_L1 ? DemoWork::Variants::Same : DemoWork::Variants::Both;
}

DemoTask::Place placeOf(const QString &word)
{
    if (word == "history"_L1)
        return DemoTask::Place::History;
    return word == "tests"_L1 ? DemoTask::Place::Tests : DemoTask::Place::List;
}

DemoTask::Shape shapeOf(const QString &word)
{
    if (word == "video"_L1)
        return DemoTask::Shape::Video;
    if (word == "video_url"_L1)
        return DemoTask::Shape::VideoUrl;
    return word == "image_url"_L1 ? DemoTask::Shape::ImageUrl : DemoTask::Shape::Works;
}

DemoTask::Trouble troubleOf(const QString &word)
{
    if (word == "gone"_L1)
        return DemoTask::Trouble::Gone;
    return word == "cut"_L1 ? DemoTask::Trouble::Cut : DemoTask::Trouble::None;
}

DemoTask taskOf(const QJsonObject &object)
{
    DemoTask task;
    task.id = object["id"_L1].toString();
    task.place = placeOf(object["place"_L1].toString());
    task.model = object["model"_L1].toString();
    task.type = object["type"_L1].toString();
    task.outputType = object["output_type"_L1].toString(u"m2v_txt2video"_s);
    task.input = object["input"_L1].toObject();
    task.shape = shapeOf(object["shape"_L1].toString());
    const QJsonArray works = object["works"_L1].toArray();
    for (const QJsonValue &work : works)
        task.works.append({work["clip"_L1].toString(), variantsOf(work["variants"_L1].toString())});
    task.trouble = troubleOf(object["trouble"_L1].toString());
    task.error = object["error"_L1].toObject();
    task.envelopeCode = object["envelope"_L1].toInt(200);
    task.usage = object["usage"_L1].toInteger();
    task.frozen = object["frozen"_L1].toInteger(task.usage);
    task.ago = std::chrono::seconds(object["ago"_L1].toInt());
    task.took = std::chrono::seconds(object["took"_L1].toInt());
    const QJsonArray run = object["run"_L1].toArray();
    task.pending = std::chrono::milliseconds(run.at(0).toInt());
    task.processing = std::chrono::milliseconds(run.at(1).toInt());
    return task;
}

} // namespace

QList<DemoTask> loadDemoTasks()
{
    QFile file(u":/demo/tasks.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<DemoTask> tasks;
    const QJsonArray array = QJsonDocument::fromJson(file.readAll()).array();
    for (const QJsonValue &value : array)
        tasks.append(taskOf(value.toObject()));
    return tasks;
}

} // namespace taskreel::demo
