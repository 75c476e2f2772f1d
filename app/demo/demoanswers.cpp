// SPDX-License-Identifier: MIT
#include "demo/demoanswers.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace taskreel::demo {

namespace {

const QLatin1String kNever = "0001-01-01T00:00:00Z"_L1;

/// The service writes up to nine fractional digits; the last six are the task's own.
QString timeText(const QDateTime &time, const DemoTask &task)
{
    if (!time.isValid())
        return kNever;
    bool ok = false;
    const uint digits = task.id.left(5).toUInt(&ok, 16) % 1'000'000;
    return time.toUTC().toString(u"yyyy-MM-ddTHH:mm:ss.zzz"_s)
        + u"%1Z"_s.arg(digits, 6, 10, QLatin1Char('0'));
}

QString statusWord(DemoMoment::Phase phase)
{
    switch (phase) {
    case DemoMoment::Phase::Pending:
        return u"pending"_s;
    case DemoMoment::Phase::Processing:
        return u"processing"_s;
    case DemoMoment::Phase::Completed:
        return u"completed"_s;
    case DemoMoment::Phase::Failed:
        return u"failed"_s;
    case DemoMoment::Phase::Cancelled:
        return u"cancelled"_s;
    }
    return {};
}

/// Paths to addresses of one service.
struct Addresses
{
    QString base;
    [[nodiscard]] QString of(const QString &path) const
    {
        return path.isEmpty() ? QString() : base + path;
    }
};

QJsonObject resourceObject(const QString &marked, const QString &plain, const DemoClip &clip,
                           int durationMs)
{
    return {{u"resource"_s, marked},
            {u"resource_without_watermark"_s, plain},
            {u"width"_s, clip.size.width()},
            {u"height"_s, clip.size.height()},
            {u"duration"_s, durationMs}};
}

QJsonObject workObject(const DemoTask &task, const DemoWork &work, const DemoClip &clip,
                       const Addresses &addresses)
{
    QString plain = addresses.of(DemoMedia::plainPath(clip, task.trouble));
    QString marked = addresses.of(DemoMedia::markedPath(clip, task.trouble));
    switch (work.variants) {
    case DemoWork::Variants::Both:
        break;
    case DemoWork::Variants::Marked:
        plain.clear();
        break;
    case DemoWork::Variants::Plain:
        marked.clear();
        break;
    case DemoWork::Variants::Same:
        marked = plain;
        break;
    }
    const QString kind = clip.isVideo ? u"video"_s : u"image"_s;
    return {
        {u"content_type"_s, kind},
        {u"status"_s, 99},
        {u"type"_s, task.outputType},
        {u"cover"_s, resourceObject(addresses.of(DemoMedia::coverPath(clip)), QString(), clip, 0)},
        {kind, resourceObject(marked, plain, clip, clip.durationMs)}};
}

QJsonObject worksOutput(const DemoTask &task, const DemoMedia &media, const Addresses &addresses)
{
    QJsonArray works;
    for (const DemoWork &work : task.works)
        works.append(workObject(task, work, media.clip(work.clip), addresses));
    QJsonObject output{{u"type"_s, task.outputType}, {u"status"_s, 99}, {u"works"_s, works}};
    const QString first = works.at(0)["video"_L1]["resource_without_watermark"_L1].toString();
    if (!first.isEmpty())
        output.insert(u"video_url"_s, first);
    return output;
}

QJsonValue completedOutput(const DemoTask &task, const DemoMedia &media, const Addresses &addresses)
{
    if (task.shape == DemoTask::Shape::Works)
        return worksOutput(task, media, addresses);
    const QString url =
        addresses.of(DemoMedia::plainPath(media.clip(task.works.at(0).clip), task.trouble));
    switch (task.shape) {
    case DemoTask::Shape::Works:
        break;
    case DemoTask::Shape::Video:
        return QJsonObject{{u"video"_s, url}};
    case DemoTask::Shape::VideoUrl:
        return QJsonObject{{u"video_url"_s, url}};
    case DemoTask::Shape::ImageUrl:
        return QJsonObject{{u"image_url"_s, url}, {u"image_base64"_s, QString()}};
    }
    return QJsonValue::Null;
}

QJsonValue outputOf(const DemoTask &task, const DemoMoment &moment, const DemoMedia &media,
                    const Addresses &addresses)
{
    switch (moment.phase) {
    case DemoMoment::Phase::Pending:
    case DemoMoment::Phase::Cancelled:
        return QJsonValue::Null;
    case DemoMoment::Phase::Processing:
        return QJsonObject{{u"type"_s, task.outputType},
                           {u"status"_s, 10},
                           {u"percent"_s, moment.percent},
                           {u"works"_s, QJsonArray()}};
    case DemoMoment::Phase::Failed:
        return QJsonObject{
            {u"type"_s, task.outputType}, {u"status"_s, 50}, {u"works"_s, QJsonValue::Null}};
    case DemoMoment::Phase::Completed:
        return completedOutput(task, media, addresses);
    }
    return QJsonValue::Null;
}

QJsonObject errorOf(const DemoTask &task, const DemoMoment &moment)
{
    QJsonObject error{{u"code"_s, 0},
                      {u"raw_message"_s, QString()},
                      {u"message"_s, QString()},
                      {u"detail"_s, QJsonValue::Null}};
    if (moment.phase == DemoMoment::Phase::Failed) {
        for (auto it = task.error.begin(); it != task.error.end(); ++it)
            error.insert(it.key(), it.value());
    }
    return error;
}

} // namespace

Response taskAnswer(const DemoTask &task, const DemoMoment &moment, const DemoMedia &media,
                    const QUrl &base)
{
    const bool completed = moment.phase == DemoMoment::Phase::Completed;
    const bool failed = moment.phase == DemoMoment::Phase::Failed;
    const Addresses addresses{base.toString()};
    const QJsonObject usage{{u"type"_s, u"point"_s},
                            {u"frozen"_s, task.frozen},
                            {u"consume"_s, completed ? task.usage : 0}};
    const QJsonObject meta{{u"created_at"_s, timeText(moment.created, task)},
                           {u"started_at"_s, timeText(moment.started, task)},
                           {u"ended_at"_s, timeText(moment.ended, task)},
                           {u"usage"_s, usage},
                           {u"is_using_private_pool"_s, false}};
    const QJsonObject config{
        {u"service_mode"_s, u"public"_s},
        {u"webhook_config"_s, QJsonObject{{u"endpoint"_s, QString()}, {u"secret"_s, QString()}}}};
    const QJsonObject data{{u"task_id"_s, task.id},
                           {u"model"_s, task.model},
                           {u"task_type"_s, task.type},
                           {u"status"_s, statusWord(moment.phase)},
                           {u"config"_s, config},
                           {u"input"_s, task.input},
                           {u"output"_s, outputOf(task, moment, media, addresses)},
                           {u"meta"_s, meta},
                           {u"detail"_s, QJsonValue::Null},
                           {u"logs"_s, QJsonArray()},
                           {u"error"_s, errorOf(task, moment)}};
    const bool refused = failed && task.envelopeCode != 200;
    return jsonResponse({{u"code"_s, refused ? task.envelopeCode : 200},
                         {u"data"_s, data},
                         {u"message"_s, refused ? task.error["message"_L1] : u"success"_s}});
}

QJsonObject historyRow(const DemoTask &task, const DemoMoment &moment, int number)
{
    const bool completed = moment.phase == DemoMoment::Phase::Completed;
    const QDateTime updated = moment.ended.isValid() ? moment.ended : moment.created;
    return {{u"id"_s, number},
            {u"account_id"_s, 1},
            {u"api_key_id"_s, 1},
            {u"task_id"_s, task.id},
            {u"task_model"_s, task.model},
            {u"action"_s, task.type},
            // The history has a word of its own for success.
            {u"status"_s, completed ? u"finished"_s : statusWord(moment.phase)},
            {u"service_mode"_s, u"public"_s},
            {u"usage"_s, completed ? task.usage : 0},
            {u"usage_type"_s, u"point"_s},
            {u"created_at"_s, moment.created.toUTC().toString(Qt::ISODate)},
            {u"updated_at"_s, updated.toUTC().toString(Qt::ISODate)},
            {u"deleted_at"_s, QJsonValue::Null}};
}

Response accountAnswer()
{
    const QJsonObject credits{{u"available_credits"_s, 6120},
                              {u"used_credits"_s, 3880},
                              {u"total_credits"_s, 10000},
                              {u"frozen_credits"_s, 0},
                              {u"expired_credits"_s, 0}};
    const QJsonObject data{
        {u"id"_s, 1},          {u"name"_s, u"Demo account"_s},   {u"plan"_s, u"creator"_s},
        {u"type"_s, u"ppu"_s}, {u"credit_pack_info"_s, credits}, {u"equivalent_in_usd"_s, 12.24}};
    return jsonResponse({{u"code"_s, 200}, {u"data"_s, data}, {u"message"_s, u"success"_s}});
}

Response plainAnswer(int code, const QString &message)
{
    return jsonResponse({{u"code"_s, code}, {u"data"_s, QJsonValue::Null}, {u"message"_s, message}},
                        code);
}

Response jsonResponse(const QJsonObject &object, int status)
{
    Response response;
    response.status = status;
    response.headers = {{"Content-Type", "application/json; charset=utf-8"}};
    response.body = QJsonDocument(object).toJson(QJsonDocument::Compact);
    response.ranges = false;
    return response;
}

} // namespace taskreel::demo
