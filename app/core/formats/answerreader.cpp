// SPDX-License-Identifier: MIT
#include "core/formats/answerreader.h"

#include "core/formats/answererror.h"
#include "core/formats/jsonread.h"
#include "core/formats/redaction.h"
#include "core/formats/taskjson.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr qsizetype kMaxBytes = 16 * 1024 * 1024;
static constexpr int kMaxNesting = 6; // envelope, list, data as a string, …

namespace {

struct FoundTask
{
    QJsonObject object;
    QString envelopeMessage;
};

} // namespace

static QJsonValue parsed(QByteArray bytes)
{
    if (bytes.startsWith("\xEF\xBB\xBF"))
        bytes.remove(0, 3);
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (document.isObject())
        return document.object();
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(QJsonValue::Undefined);
}

static void collectTasks(const QJsonValue &value, const QString &message, int depth,
                         QList<FoundTask> &found)
{
    if (depth > kMaxNesting)
        return;
    if (value.isString() && looksLikeJson(value.toString())) {
        collectTasks(parsed(value.toString().trimmed().toUtf8()), message, depth + 1, found);
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const QJsonValue &item : array)
            collectTasks(item, message, depth + 1, found);
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        if (isTaskObject(object))
            found.append({object, message});
        else if (object.contains("data"_L1))
            collectTasks(object.value("data"_L1), jsonText(object.value("message"_L1)), depth + 1,
                         found);
    }
}

static ReadAnswer readFound(const FoundTask &found)
{
    // Redacted together: the envelope's words may repeat the secret.
    const QJsonObject safe =
        withoutSecrets({{u"message"_s, found.envelopeMessage}, {u"data"_s, found.object}});
    const QJsonObject object = safe.value("data"_L1).toObject();
    const QString message = safe.value("message"_L1).toString();
    ReadAnswer answer;
    answer.task = taskFromObject(object, message);
    QJsonObject kept = withoutInlineData(object);
    // The words of a failure may be in the envelope alone: then the envelope is kept around the
    // task.
    if (isFailureMessage(message))
        kept = {{u"message"_s, message}, {u"data"_s, kept}};
    answer.json = QJsonDocument(kept).toJson(QJsonDocument::Compact);
    return answer;
}

static void appendAnswers(const QByteArray &json, QList<ReadAnswer> &answers)
{
    QList<FoundTask> found;
    collectTasks(parsed(json), {}, 0, found);
    for (const FoundTask &task : found)
        answers.append(readFound(task));
}

/// The end of the JSON value that starts at `start` (`{` or `[`), or -1: brackets outside strings.
static qsizetype endOfValue(const QByteArray &text, qsizetype start)
{
    int depth = 0;
    bool inString = false;
    for (qsizetype i = start; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return i + 1;
        }
    }
    return -1;
}

/// Values one after the other, each over several lines; anything between them but blanks and commas
/// means that the text is something else.
static QList<ReadAnswer> readSequence(const QByteArray &text)
{
    QList<ReadAnswer> answers;
    for (qsizetype i = 0; i < text.size();) {
        const char c = text[i];
        if (c == '{' || c == '[') {
            const qsizetype end = endOfValue(text, i);
            if (end < 0)
                break;
            if (end - i <= kMaxBytes)
                appendAnswers(text.mid(i, end - i), answers);
            i = end;
        } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',') {
            ++i;
        } else {
            return {};
        }
    }
    return answers;
}

static QList<ReadAnswer> readLines(const QByteArray &text)
{
    QList<ReadAnswer> answers;
    for (qsizetype start = 0; start < text.size();) {
        qsizetype end = text.indexOf('\n', start);
        if (end < 0)
            end = text.size();
        const QByteArray line = text.mid(start, end - start).trimmed();
        if ((line.startsWith('{') || line.startsWith('[')) && line.size() <= kMaxBytes)
            appendAnswers(line, answers);
        start = end + 1;
    }
    return answers;
}

Result<ReadAnswer> readAnswer(const QByteArray &body, int httpStatus)
{
    if (body.size() > kMaxBytes) {
        Error error = answerError({}, httpStatus);
        error.kind = ErrorKind::TooLarge;
        return tl::unexpected<Error>(error);
    }
    QList<FoundTask> found;
    collectTasks(parsed(body), {}, 0, found);
    if (!found.isEmpty())
        return readFound(found.constFirst());
    return tl::unexpected<Error>(answerError(body, httpStatus));
}

QList<ReadAnswer> readAnswersInText(const QByteArray &text)
{
    QByteArray trimmed = text.trimmed();
    if (trimmed.startsWith("\xEF\xBB\xBF"))
        trimmed = trimmed.mid(3).trimmed();
    if (!trimmed.startsWith('{') && !trimmed.startsWith('['))
        return {};
    QList<ReadAnswer> answers;
    if (trimmed.size() <= kMaxBytes)
        appendAnswers(trimmed, answers);
    if (answers.isEmpty())
        answers = readLines(trimmed);
    if (answers.isEmpty())
        answers = readSequence(trimmed);
    return answers;
}

Result<Task> taskFromKeptAnswer(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (isTaskObject(object))
        return taskFromObject(object, {});
    const QJsonObject inner = object.value("data"_L1).toObject();
    if (isTaskObject(inner))
        return taskFromObject(inner, jsonText(object.value("message"_L1)));
    return failure(ErrorKind::AnswerBroken);
}

} // namespace taskreel
