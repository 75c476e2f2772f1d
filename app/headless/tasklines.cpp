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

QString saveErrorOf(const FileOutcome &file)
{
    return errorSentence(file.error, Retry::ByHand);
}

QJsonArray filesArray(const QList<FileOutcome> &files)
{
    QJsonArray array;
    for (const FileOutcome &file : files) {
        QJsonObject object{{u"key"_s, file.asset.mediaKey},
                           {u"variant"_s, variantToken(file.asset.variant)}};
        if (file.isSaved()) {
            object[u"path"_s] = file.path;
            object[u"bytes"_s] = file.bytes;
            object[u"sha256"_s] = QString::fromLatin1(file.sha256.toHex());
        } else {
            object[u"error"_s] = saveErrorOf(file);
        }
        array.append(object);
    }
    return array;
}

} // namespace

QByteArray statusLine(const TaskSummary &row)
{
    QString error = errorOf(row);
    if (error.isEmpty() && row.status == TaskStatus::Completed)
        error = errorSentence({ErrorKind::NoMedia, 0, {}, {}, -1}, Retry::ByHand);
    QStringList parts{row.id, token(row.status)};
    if (!error.isEmpty())
        parts.append(oneLine(error));
    return parts.join(u'\t').toUtf8();
}

QByteArray fileLine(const QString &taskId, const FileOutcome &file)
{
    const QStringList parts = file.isSaved()
        ? QStringList{taskId, u"saved"_s, oneLine(file.path)}
        : QStringList{taskId, u"not saved"_s, oneLine(file.name), oneLine(saveErrorOf(file))};
    return parts.join(u'\t').toUtf8();
}

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

QByteArray jsonLine(const TaskSummary &row, const std::optional<Task> &task,
                    const std::optional<QList<FileOutcome>> &files)
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
    if (files)
        object[u"files"_s] = filesArray(*files);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace taskreel
