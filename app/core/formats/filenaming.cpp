// SPDX-License-Identifier: MIT
#include "core/formats/filenaming.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr qsizetype kMaxParts = 8;
static constexpr qsizetype kMaxFieldBytes = 120; // a prompt may be pages long
static constexpr QLatin1StringView kExtensionEnd{".{ext}"};

static QString safeExtension(const QString &extension)
{
    static const QRegularExpression plain(u"\\A[a-z0-9]{1,8}\\z"_s);
    const QString lower = extension.toLower();
    return plain.match(lower).hasMatch() ? lower : QString();
}

NameFields nameFields(const Task &task, int workIndex, const Media &media, Variant variant,
                      const QString &extension)
{
    NameFields fields;
    fields.model = task.model;
    fields.type = task.taskType;
    fields.created = task.createdAt;
    fields.taskId = task.id;
    fields.work = workIndex + 1;
    fields.works = static_cast<int>(task.works.size());
    fields.variant = variant;
    fields.size = media.size;
    fields.durationMs = media.durationMs;
    fields.prompt = task.prompt;
    fields.seed = task.seed;
    fields.extension = extension;
    return fields;
}

static QString localTime(const QDateTime &utc, const QString &format)
{
    return utc.isValid() ? utc.toLocalTime().toString(format) : QString();
}

static QString workNumber(const NameFields &fields)
{
    const int digits = static_cast<int>(QString::number(fields.works).size());
    return u"%1"_s.arg(fields.work, digits, 10, QChar(u'0'));
}

static QString numberOver0(qint64 number)
{
    return number > 0 ? QString::number(number) : QString();
}

static QString sizeOf(const NameFields &fields)
{
    return fields.size.isValid() ? u"%1x%2"_s.arg(fields.size.width()).arg(fields.size.height())
                                 : QString();
}

static QString secondsOf(const NameFields &fields)
{
    if (fields.durationMs <= 0)
        return {};
    return QString::number(qRound64(static_cast<double>(fields.durationMs) / 1000)) + u's';
}

using Value = QString (*)(const NameFields &);

static const QList<std::pair<QString, Value>> &placeholders()
{
    using F = NameFields;
    static const QList<std::pair<QString, Value>> all{
        {u"model"_s, [](const F &f) { return f.model; }},
        {u"type"_s, [](const F &f) { return f.type; }},
        {u"date"_s, [](const F &f) { return localTime(f.created, u"yyyy-MM-dd"_s); }},
        {u"time"_s, [](const F &f) { return localTime(f.created, u"HHmmss"_s); }},
        {u"id"_s, [](const F &f) { return f.taskId; }},
        {u"id8"_s, [](const F &f) { return f.taskId.left(8); }},
        {u"work"_s, &workNumber},
        {u"works"_s, [](const F &f) { return QString::number(f.works); }},
        {u"variant"_s,
         [](const F &f) {
             return f.variant == Variant::Unstated ? QString() : variantToken(f.variant);
         }},
        {u"size"_s, &sizeOf},
        {u"width"_s, [](const F &f) { return numberOver0(f.size.width()); }},
        {u"height"_s, [](const F &f) { return numberOver0(f.size.height()); }},
        {u"duration"_s, &secondsOf},
        {u"prompt"_s, [](const F &f) { return f.prompt; }},
        {u"seed"_s, [](const F &f) { return f.seed; }},
        {u"ext"_s, [](const F &f) { return safeExtension(f.extension); }},
    };
    return all;
}

static Value valueNamed(const QString &name)
{
    static const QHash<QString, Value> byName = [] {
        QHash<QString, Value> values;
        for (const auto &[placeholder, value] : placeholders())
            values.insert(placeholder, value);
        return values;
    }();
    return byName.value(name, nullptr);
}

QStringList namePlaceholders()
{
    QStringList names;
    for (const auto &[name, value] : placeholders())
        names.append(name);
    return names;
}

static QString valueOf(const QString &name, const NameFields &fields)
{
    const Value value = valueNamed(name);
    if (!value)
        return {};
    const QString visible = visibleNameText(value(fields).left(4 * kMaxFieldBytes));
    return cutToBytes(visible, kMaxFieldBytes);
}

static bool isSeparator(QChar c)
{
    return c == u'_' || c == u'-' || c == u' ';
}

static QString filled(const QString &part, const NameFields &fields)
{
    QString result;
    for (qsizetype i = 0; i < part.size(); ++i) {
        const qsizetype close = part[i] == u'{' ? part.indexOf(u'}', i) : -1;
        if (close < 0) {
            result.append(part[i]);
            continue;
        }
        const QString value = valueOf(part.mid(i + 1, close - i - 1), fields);
        result.append(value);
        i = close;
        if (value.isEmpty() && i + 1 < part.size() && isSeparator(part[i + 1]))
            ++i;
    }
    while (!result.isEmpty() && isSeparator(result.back()))
        result.chop(1);
    return result;
}

static QStringList partsOf(const QString &nameTemplate)
{
    static const QRegularExpression separator(u"[/\\\\]"_s);
    return nameTemplate.split(separator);
}

static QString withoutExtensionEnd(const QString &nameTemplate)
{
    return nameTemplate.endsWith(kExtensionEnd) ? nameTemplate.chopped(kExtensionEnd.size())
                                                : nameTemplate;
}

QString templateWith(const QString &nameTemplate, const QString &addition)
{
    return withoutExtensionEnd(nameTemplate) + addition;
}

QString relativeFilePath(const QString &nameTemplate, const NameFields &fields, qsizetype room)
{
    QStringList parts = partsOf(withoutExtensionEnd(nameTemplate.trimmed()));
    parts.removeIf([](const QString &part) {
        const QString trimmed = part.trimmed();
        return trimmed.isEmpty() || trimmed == "."_L1 || trimmed == ".."_L1;
    });
    if (parts.isEmpty())
        parts.append(kDefaultNameTemplate);
    while (parts.size() > kMaxParts)
        parts.removeFirst();
    const QString extension = safeExtension(fields.extension);
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const bool last = i + 1 == parts.size();
        const QString suffix = last && !extension.isEmpty() ? u'.' + extension : QString();
        parts[i] = safeName(filled(parts[i], fields), suffix);
    }
    return fittedPath(parts.join(u'/'), room);
}

/// A brace or a placeholder that is wrong; sets whether there is a placeholder at all.
static TemplateProblem placeholderProblem(const QString &nameTemplate, bool &some)
{
    using Fault = TemplateProblem::Fault;
    for (qsizetype i = 0; i < nameTemplate.size(); ++i) {
        if (nameTemplate[i] == u'}')
            return {Fault::StrayBrace, {}};
        if (nameTemplate[i] != u'{')
            continue;
        const qsizetype close = nameTemplate.indexOf(u'}', i);
        const qsizetype nextOpen = nameTemplate.indexOf(u'{', i + 1);
        if (close < 0 || (nextOpen > 0 && nextOpen < close))
            return {Fault::OpenBrace, nameTemplate.mid(i, nextOpen < 0 ? -1 : nextOpen - i)};
        if (!valueNamed(nameTemplate.mid(i + 1, close - i - 1)))
            return {Fault::UnknownPlaceholder, nameTemplate.mid(i, close - i + 1)};
        some = true;
        i = close;
    }
    return {};
}

TemplateProblem nameTemplateProblem(const QString &nameTemplate)
{
    using Fault = TemplateProblem::Fault;
    bool some = false;
    if (const TemplateProblem problem = placeholderProblem(nameTemplate, some); !problem.isNone())
        return problem;
    const QStringList parts = partsOf(nameTemplate);
    if (parts.contains(u".."_s))
        return {Fault::Upwards, {}};
    // What is left of the name once the extension, which comes by itself, is taken away.
    QString name = visibleNameText(parts.constLast());
    for (const QString &nothing : {u"{ext}"_s, u"."_s, u"_"_s, u"-"_s, u" "_s})
        name.remove(nothing);
    if (name.isEmpty())
        return {Fault::Empty, {}};
    const auto isFolder = [](const QString &part) { return !part.trimmed().isEmpty(); };
    if (std::count_if(parts.cbegin(), parts.cend(), isFolder) > kMaxParts)
        return {Fault::TooManyFolders, {}};
    return some ? TemplateProblem() : TemplateProblem{Fault::OneNameForAll, {}};
}

} // namespace taskreel
