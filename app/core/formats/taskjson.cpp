// SPDX-License-Identifier: MIT
#include "core/formats/taskjson.h"

#include "core/formats/httpdates.h"
#include "core/formats/jsonread.h"
#include "core/formats/outputrules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

/// The texts of `logs`: strings, or objects that carry theirs under several names.
static QString logText(const QJsonValue &logs)
{
    constexpr qsizetype kMaxLines = 200;
    if (!logs.isArray())
        return jsonText(logs);
    QStringList lines;
    const QJsonArray array = logs.toArray();
    for (qsizetype i = 0; i < std::min(array.size(), kMaxLines); ++i) {
        QString line;
        const QJsonObject object = array.at(i).toObject();
        for (const QLatin1StringView name :
             {"msg"_L1, "message"_L1, "error"_L1, "text"_L1, "log"_L1}) {
            if (line.isEmpty())
                line = jsonText(object.value(name));
        }
        if (line.isEmpty())
            line = jsonText(array.at(i));
        if (!line.isEmpty())
            lines.append(line);
    }
    return lines.join(u'\n');
}

static QString promptOf(const QJsonValue &value)
{
    if (value.isString() && !looksLikeJson(value.toString()))
        return value.toString().trimmed();
    const QJsonObject input = jsonObject(value);
    if (const QString prompt = jsonText(input.value("prompt"_L1)); !prompt.isEmpty())
        return prompt;
    QStringList shots;
    const QJsonArray list = input.value("multi_shots"_L1).toArray();
    for (const QJsonValue &shot : list) {
        if (const QString text = jsonText(shot.toObject().value("prompt"_L1)); !text.isEmpty())
            shots.append(text);
    }
    if (!shots.isEmpty())
        return shots.join(u'\n');
    for (const QLatin1StringView name :
         {"tts_text"_L1, "gpt_description_prompt"_L1, "description"_L1, "text"_L1}) {
        if (const QString text = jsonText(input.value(name)); !text.isEmpty())
            return text;
    }
    return {};
}

/// What was asked for; -1 and less mean "any", so that what came of it counts.
static QString seedOf(const QJsonObject &input, const QJsonObject &output)
{
    for (const QJsonObject &place : {input, output}) {
        const QString seed = jsonText(place.value("seed"_L1));
        if (!seed.isEmpty() && !seed.startsWith(u'-'))
            return seed;
    }
    return {};
}

static void readInput(Task &task, const QJsonObject &object)
{
    const QJsonObject input = jsonObject(object.value("input"_L1));
    task.prompt = promptOf(object.value("input"_L1));
    task.negativePrompt = jsonText(input.value("negative_prompt"_L1));
    task.originTaskId = jsonText(input.value("origin_task_id"_L1));
    task.mode = jsonText(input.value("mode"_L1));
    task.version = jsonText(input.value("version"_L1));
    task.seed = seedOf(input, jsonObject(object.value("output"_L1)));
    task.serviceMode = jsonText(jsonObject(object.value("config"_L1)).value("service_mode"_L1));
}

static void readMeta(Task &task, const QJsonObject &object)
{
    const QJsonObject meta = jsonObject(object.value("meta"_L1));
    task.createdAt = apiTime(jsonText(meta.value("created_at"_L1)));
    task.startedAt = apiTime(jsonText(meta.value("started_at"_L1)));
    task.endedAt = apiTime(jsonText(meta.value("ended_at"_L1)));
    if (!task.endedAt.isValid())
        task.endedAt = apiTime(jsonText(meta.value("completed_at"_L1)));
    const QJsonObject usage = jsonObject(meta.value("usage"_L1));
    task.usageType = jsonText(usage.value("type"_L1));
    task.usageFrozen = jsonInteger(usage.value("frozen"_L1));
    task.usageConsumed = jsonInteger(usage.value("consume"_L1));
}

static std::optional<double> percentOf(const QJsonObject &object)
{
    const QJsonObject output = jsonObject(object.value("output"_L1));
    for (const QJsonObject &place : {output, object}) {
        for (const QLatin1StringView name : {"percent"_L1, "progress"_L1}) {
            if (const std::optional<double> number = jsonNumber(place.value(name)))
                return std::clamp(*number, 0.0, 100.0);
        }
    }
    return std::nullopt;
}

static void readFailure(Task &task, const QJsonObject &object, const QString &envelopeMessage)
{
    const QJsonObject error = jsonObject(object.value("error"_L1));
    task.errorCode = jsonInteger(error.value("code"_L1));
    QStringList words{jsonText(error.value("raw_message"_L1)), jsonText(error.value("message"_L1))};
    if (error.isEmpty())
        words = {jsonText(object.value("error"_L1))};
    const bool failed = task.status == TaskStatus::Failed || task.status == TaskStatus::Cancelled;
    const bool said = words.join(QString()).size() > 0;
    if (!failed && !said && task.errorCode == 0)
        return;
    words.append(logText(object.value("logs"_L1)));
    if (isFailureMessage(envelopeMessage))
        words.append(envelopeMessage);
    words.append(jsonText(error.value("detail"_L1)));
    words.append(jsonText(object.value("detail"_L1)));
    words.removeAll(QString());
    words.removeDuplicates();
    if (words.isEmpty())
        return;
    task.errorText = words.takeFirst();
    task.errorDetails = words.join(u'\n');
}

bool isTaskObject(const QJsonObject &object)
{
    if (jsonText(object.value("task_id"_L1)).isEmpty())
        return false;
    const bool historyRow = object.contains("task_model"_L1) && !object.contains("model"_L1);
    return !historyRow
        && (object.contains("status"_L1) || object.contains("output"_L1)
            || object.contains("task_type"_L1));
}

Task taskFromObject(const QJsonObject &object, const QString &envelopeMessage)
{
    Task task;
    task.id = jsonText(object.value("task_id"_L1));
    task.model = jsonText(object.value("model"_L1));
    task.taskType = jsonText(object.value("task_type"_L1));
    task.rawStatus = object.value("status"_L1).isString() ? object.value("status"_L1).toString()
                                                          : jsonText(object.value("status"_L1));
    task.status = taskStatusFromWord(task.rawStatus);
    readInput(task, object);
    readMeta(task, object);
    task.percent = percentOf(object);
    readFailure(task, object, envelopeMessage);
    task.works = worksOf(object.value("output"_L1), {task.model.toLower(), task.status});
    return task;
}

QString errorWords(const QJsonValue &error)
{
    const QJsonObject object = jsonObject(error);
    if (object.isEmpty())
        return jsonText(error);
    for (const QLatin1StringView name : {"raw_message"_L1, "message"_L1, "detail"_L1}) {
        if (const QString text = jsonText(object.value(name)); !text.isEmpty())
            return text;
    }
    return {};
}

bool isFailureMessage(const QString &envelopeMessage)
{
    const QString word = envelopeMessage.trimmed().toLower();
    return !word.isEmpty() && word != "success"_L1 && word != "ok"_L1;
}

} // namespace taskreel
