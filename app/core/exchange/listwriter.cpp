// SPDX-License-Identifier: MIT
#include "core/exchange/listwriter.h"

#include "core/domain/variantchoice.h"
#include "core/formats/csv.h"
#include "core/formats/redaction.h"
#include "core/store/tokens.h"
#include "core/text/quantities.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("ListWriter", text);
}

QString isoTime(const QDateTime &utc)
{
    return utc.isValid() ? utc.toUTC().toString(Qt::ISODate) : QString();
}

QString decimal(double number, int digits)
{
    return QString::number(number, 'f', digits); // for programs: no locale
}

/// For people, but the same in every language.
QString statusWord(TaskStatus status)
{
    return token(status).replace(u'_', u' ');
}

QString variantWord(Variant variant)
{
    return variant == Variant::Unstated ? u"not stated"_s : variantToken(variant);
}

/// One line, whatever an id holds.
QString oneLine(QString text)
{
    text.removeIf([](QChar c) { return c.category() == QChar::Other_Control; });
    return text;
}

QJsonObject marksObject(const TaskMarks &marks)
{
    return {{u"starred"_s, marks.starred},
            {u"rejected"_s, marks.rejected},
            {u"tags"_s, QJsonArray::fromStringList(marks.tags)},
            {u"note"_s, marks.note}};
}

void addIfSaid(QJsonObject &object, const QString &name, const QString &value)
{
    if (!value.isEmpty())
        object.insert(name, value);
}

} // namespace

bool needsAnswers(ListFormat format)
{
    return format != ListFormat::Ids;
}

QByteArray printableLink(const QByteArray &url)
{
    const QByteArray trimmed = url.trimmed();
    const QByteArray scheme = trimmed.left(8).toLower();
    if (!scheme.startsWith("https://") && !scheme.startsWith("http://"))
        return {};
    QByteArray link;
    for (const char c : trimmed) {
        const auto byte = static_cast<unsigned char>(c);
        const bool breaks = byte <= 0x20 || byte == 0x7f || QByteArrayView("<>\"`|\\").contains(c);
        if (breaks)
            link += '%' + QByteArray(1, c).toHex().toUpper();
        else
            link += c;
    }
    return link;
}

QString markdownText(const QString &text)
{
    static const QString kSigns = u"\\`*_{}[]<>()#+-.!|~&$:@"_s;
    QString escaped;
    const QString line = text.simplified();
    for (const QChar c : line) {
        if (c.category() == QChar::Other_Control)
            continue;
        if (kSigns.contains(c))
            escaped += u'\\';
        escaped += c;
    }
    return escaped;
}

QList<ListWriter::Link> ListWriter::linksOf(const ListEntry &entry) const
{
    QList<Link> links;
    if (!entry.task)
        return links;
    int number = 0;
    for (const Work &work : entry.task->works) {
        const Media *main = work.mainMedia();
        if (!main || main->role != MediaRole::Result)
            continue;
        ++number;
        const Source *source = main->noLongerOffered ? nullptr : chooseSource(*main, m_withoutWatermark);
        const QByteArray url = source ? printableLink(source->url) : QByteArray();
        if (!url.isEmpty())
            links.append({number, source->variant, url, source->expiresAt});
    }
    return links;
}

QByteArray ListWriter::begin() const
{
    switch (m_format) {
    case ListFormat::Csv:
        return csvRecord({u"task_id"_s, u"status"_s, u"model"_s, u"type"_s, u"prompt"_s, u"created_utc"_s,
                          u"ended_utc"_s, u"generation_s"_s, u"duration_s"_s, u"width"_s, u"height"_s,
                          u"cost_usd"_s, u"results"_s, u"links"_s, u"links_end_utc"_s, u"starred"_s,
                          u"rejected"_s, u"tags"_s, u"note"_s, u"saved_as"_s, u"error"_s});
    case ListFormat::Json:
        return "[";
    case ListFormat::Markdown:
        return (u"| %1 | %2 | %3 | %4 | %5 | %6 |\n"
                "| --- | --- | --- | --- | --- | --- |\n"_s)
            .arg(say(QT_TRANSLATE_NOOP("ListWriter", "Prompt")),
                 say(QT_TRANSLATE_NOOP("ListWriter", "Status")),
                 say(QT_TRANSLATE_NOOP("ListWriter", "Model")),
                 say(QT_TRANSLATE_NOOP("ListWriter", "Created")),
                 say(QT_TRANSLATE_NOOP("ListWriter", "Results")),
                 say(QT_TRANSLATE_NOOP("ListWriter", "Task ID")))
            .toUtf8();
    case ListFormat::Ids:
    case ListFormat::Links:
        break;
    }
    return {};
}

QByteArray ListWriter::entry(const ListEntry &entry)
{
    const bool first = m_entries++ == 0;
    switch (m_format) {
    case ListFormat::Csv:
        return csv(entry);
    case ListFormat::Json:
        return (first ? "\n" : ",\n") + json(entry);
    case ListFormat::Markdown:
        return markdown(entry);
    case ListFormat::Ids:
        return oneLine(entry.row.id).toUtf8() + '\n';
    case ListFormat::Links:
        break;
    }
    QByteArray lines;
    const QList<Link> links = linksOf(entry);
    for (const Link &link : links)
        lines += link.url + '\n';
    return lines;
}

QByteArray ListWriter::end() const
{
    return m_format == ListFormat::Json ? QByteArray("\n]\n") : QByteArray();
}

QByteArray ListWriter::csv(const ListEntry &entry) const
{
    const TaskSummary &row = entry.row;
    QStringList urls;
    const QList<Link> links = linksOf(entry);
    for (const Link &link : links)
        urls.append(QString::fromUtf8(link.url));
    const bool timed = row.startedAt.isValid() && row.endedAt.isValid();
    const auto number = [](qint64 value) { return value > 0 ? QString::number(value) : QString(); };
    const auto flag = [](bool on) { return on ? u"yes"_s : QString(); };
    return csvRecord(
        {row.id, statusWord(row.status), row.model, row.taskType,
         entry.task ? entry.task->prompt : row.prompt, isoTime(row.createdAt), isoTime(row.endedAt),
         timed ? decimal(double(row.startedAt.msecsTo(row.endedAt)) / 1000, 1) : QString(),
         row.durationMs > 0 ? decimal(double(row.durationMs) / 1000, 1) : QString(),
         number(row.size.width()), number(row.size.height()),
         row.cost ? decimal(*row.cost, 4) : QString(), number(row.resultCount), urls.join(u' '),
         isoTime(row.expiresAt), flag(row.marks.starred), flag(row.marks.rejected),
         row.marks.tags.join(u", "_s), row.marks.note, row.savedPath, row.errorText});
}

QByteArray ListWriter::json(const ListEntry &entry) const
{
    const TaskSummary &row = entry.row;
    QJsonObject object{{u"task_id"_s, row.id}, {u"status"_s, statusWord(row.status)}};
    addIfSaid(object, u"model"_s, row.model);
    addIfSaid(object, u"type"_s, row.taskType);
    addIfSaid(object, u"prompt"_s, entry.task ? entry.task->prompt : row.prompt);
    addIfSaid(object, u"created"_s, isoTime(row.createdAt));
    addIfSaid(object, u"started"_s, isoTime(row.startedAt));
    addIfSaid(object, u"ended"_s, isoTime(row.endedAt));
    addIfSaid(object, u"error"_s, row.errorText);
    addIfSaid(object, u"saved_as"_s, row.savedPath);
    if (row.cost)
        object.insert(u"cost_usd"_s, *row.cost);
    object.insert(u"marks"_s, marksObject(row.marks));
    QJsonArray list;
    const QList<Link> links = linksOf(entry);
    for (const Link &link : links) {
        QJsonObject one{{u"work"_s, link.work},
                        {u"variant"_s, variantWord(link.variant)},
                        {u"url"_s, QString::fromUtf8(link.url)}};
        addIfSaid(one, u"ends"_s, isoTime(link.expiresAt));
        list.append(one);
    }
    object.insert(u"links"_s, list);
    // Kept answers are redacted; once more, since they may come from elsewhere.
    const QJsonObject answer = QJsonDocument::fromJson(entry.answer).object();
    if (!answer.isEmpty())
        object.insert(u"answer"_s, redactedTask(answer));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray ListWriter::markdown(const ListEntry &entry) const
{
    const TaskSummary &row = entry.row;
    QStringList results;
    const QList<Link> links = linksOf(entry);
    for (const Link &link : links)
        results.append(u"[%1](<%2>)"_s.arg(QString::number(link.work), QString::fromUtf8(link.url)));
    QString title = markdownText(row.prompt);
    if (row.marks.starred)
        title.prepend(u"★ "_s);
    // Each text on its own: none is searched for the place of another.
    const QStringList cells{title,
                            markdownText(statusText(row)),
                            markdownText(row.model),
                            isoTime(row.createdAt),
                            results.join(u' '),
                            markdownText(row.id)};
    return (u"| "_s + cells.join(u" | "_s) + u" |\n"_s).toUtf8();
}

} // namespace taskreel
