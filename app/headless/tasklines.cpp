// SPDX-License-Identifier: MIT
#include "headless/tasklines.h"

#include "core/domain/variantchoice.h"
#include "core/store/tokens.h"
#include "core/text/errortext.h"
#include "core/text/quantities.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

/// One line stays one line, and a terminal is not steered by a server.
QString oneLine(QString text)
{
    for (QChar &c : text) {
        if (c.category() == QChar::Other_Control)
            c = u' ';
    }
    return text;
}

QString errorOf(const TaskSummary &row)
{
    return row.lastError.kind == ErrorKind::None ? row.errorText : errorSentence(row.lastError);
}

QJsonObject mediaObject(const Media &medium)
{
    QJsonObject object{{u"key"_s, medium.key}, {u"kind"_s, token(medium.kind)}};
    if (medium.size.isValid()) {
        object[u"width"_s] = medium.size.width();
        object[u"height"_s] = medium.size.height();
    }
    if (medium.durationMs > 0)
        object[u"duration_ms"_s] = medium.durationMs;
    if (!medium.text.isEmpty())
        object[u"text"_s] = medium.text;
    for (const Source &source : medium.sources)
        object[variantToken(source.variant)] = QString::fromUtf8(source.url);
    return object;
}

QJsonArray worksArray(const Task &task)
{
    QJsonArray works;
    for (const Work &work : task.works) {
        QJsonArray media;
        for (const Media &medium : work.media)
            media.append(mediaObject(medium));
        works.append(QJsonObject{{u"key"_s, work.key}, {u"media"_s, media}});
    }
    return works;
}

QJsonValue timeValue(const QDateTime &utc)
{
    return utc.isValid() ? QJsonValue(utc.toString(Qt::ISODateWithMs)) : QJsonValue();
}

} // namespace

QByteArray textLine(const TaskSummary &row, const std::optional<Task> &task, bool withoutWatermark)
{
    QStringList parts{row.id, token(row.status)};
    if (task) {
        for (const Work &work : task->works) {
            const Media *medium = work.mainMedia();
            const Source *source = medium ? chooseSource(*medium, withoutWatermark) : nullptr;
            if (source && !source->url.isEmpty())
                parts.append(oneLine(QString::fromUtf8(source->url)));
        }
    }
    if (const QString error = errorOf(row); !error.isEmpty())
        parts.append(oneLine(error));
    return parts.join(u'\t').toUtf8();
}

QByteArray jsonLine(const TaskSummary &row, const std::optional<Task> &task)
{
    QJsonObject object{
        {u"id"_s, row.id},
        {u"status"_s, token(row.status)},
        {u"raw_status"_s, row.rawStatus},
        {u"model"_s, row.model},
        {u"task_type"_s, row.taskType},
        {u"prompt"_s, task ? task->prompt : row.prompt},
        {u"created_at"_s, timeValue(row.createdAt)},
        {u"ended_at"_s, timeValue(row.endedAt)},
        {u"works"_s, task ? worksArray(*task) : QJsonArray()},
    };
    const QString error = errorOf(row);
    object[u"error"_s] = error.isEmpty() ? QJsonValue() : QJsonValue(error);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace taskreel
