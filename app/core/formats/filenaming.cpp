// SPDX-License-Identifier: MIT
#include "core/formats/filenaming.h"

#include <QRegularExpression>
#include <QSet>
#include <QStringList>
#include <QTextBoundaryFinder>

using namespace Qt::StringLiterals;

namespace taskreel {

// A file name has 255 bytes; five are kept for `.part` beside it.
static constexpr qsizetype kMaxNameBytes = 250;
static constexpr qsizetype kMaxFolders = 8;
static constexpr qsizetype kMaxFieldCharacters = 120; // a prompt may be pages long
static constexpr QLatin1StringView kNameless{"untitled"};

static bool isReserved(const QString &name)
{
    static const QRegularExpression reserved(
        u"\\A(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\\s*(\\..*)?\\z"_s,
        QRegularExpression::CaseInsensitiveOption);
    return reserved.match(name).hasMatch();
}

static QChar safeCharacter(QChar c)
{
    static constexpr QStringView kForbidden = u"/\\<>:\"|?*";
    return kForbidden.contains(c) || c == QChar::ReplacementCharacter ? QChar(u'_') : c;
}

static bool isInvisible(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return category == QChar::Other_Control || category == QChar::Other_Format
        || category == QChar::Other_NotAssigned || category == QChar::Other_PrivateUse;
}

static QString visibleText(const QString &text)
{
    QString result;
    const QList<uint> points = text.normalized(QString::NormalizationForm_C).toUcs4();
    for (const uint point : points) {
        if (QChar::isSpace(point))
            result.append(u' ');
        else if (point < 0x10000 && !isInvisible(point))
            result.append(QChar::isSurrogate(point)
                              ? QChar(u'_')
                              : safeCharacter(QChar(static_cast<char16_t>(point))));
        else if (point >= 0x10000 && !isInvisible(point))
            result.append(QStringView(QChar::fromUcs4(point)));
    }
    return result.simplified();
}

static QString withoutEdges(const QString &text)
{
    qsizetype start = 0;
    qsizetype end = text.size();
    while (start < end && (text[start] == u'.' || text[start] == u' '))
        ++start;
    while (end > start && (text[end - 1] == u'.' || text[end - 1] == u' '))
        --end;
    return text.mid(start, end - start);
}

/// At most so many bytes of UTF-8, cut between whole characters as people see them.
static QString cutToBytes(const QString &text, qsizetype bytes)
{
    if (text.toUtf8().size() <= bytes)
        return text;
    const QString candidate = text.left(bytes); // a UTF-16 unit is at least one byte
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, candidate);
    finder.toEnd();
    qsizetype end = candidate.size();
    while (end > 0 && QStringView(candidate).left(end).toUtf8().size() > bytes)
        end = std::max<qsizetype>(0, finder.toPreviousBoundary());
    return candidate.left(end);
}

static QString safeExtension(const QString &extension)
{
    static const QRegularExpression plain(u"\\A[a-z0-9]{1,8}\\z"_s);
    const QString lower = extension.toLower();
    return plain.match(lower).hasMatch() ? lower : QString();
}

static QString composed(const QString &base, const QString &suffix)
{
    QString name = withoutEdges(visibleText(base));
    if (isReserved(name))
        name.prepend(u'_');
    if (name.startsWith(u'-'))
        name[0] = u'_'; // a name that a program would take for an option
    name = withoutEdges(cutToBytes(name, kMaxNameBytes - suffix.toUtf8().size()));
    return (name.isEmpty() ? QString(kNameless) : name) + suffix;
}

/// The extension with its dot, when the name ends with one that is short and plain.
static QString suffixOf(const QString &name)
{
    const qsizetype dot = name.lastIndexOf(u'.');
    if (dot <= 0)
        return {};
    static const QRegularExpression plain(u"\\A\\.[A-Za-z0-9]{1,8}\\z"_s);
    const QString suffix = name.mid(dot);
    return plain.match(suffix).hasMatch() ? suffix : QString();
}

QString sanitisedFileName(const QString &name)
{
    const QString clean = withoutEdges(visibleText(name));
    const QString suffix = suffixOf(clean);
    return composed(clean.chopped(suffix.size()), suffix);
}

QString numberedFileName(const QString &fileName, int number)
{
    const QString clean = withoutEdges(visibleText(fileName));
    const QString suffix = suffixOf(clean);
    return composed(clean.chopped(suffix.size()), u" (%1)"_s.arg(number) + suffix);
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

static QString rawValue(const QString &name, const NameFields &fields)
{
    if (name == "date"_L1)
        return localTime(fields.created, u"yyyy-MM-dd"_s);
    if (name == "time"_L1)
        return localTime(fields.created, u"HHmmss"_s);
    if (name == "model"_L1)
        return fields.model;
    if (name == "type"_L1)
        return fields.type;
    if (name == "id"_L1)
        return fields.taskId;
    if (name == "id8"_L1)
        return fields.taskId.left(8);
    if (name == "work"_L1)
        return workNumber(fields);
    if (name == "variant"_L1)
        return fields.variant == Variant::Unstated ? QString() : variantToken(fields.variant);
    if (name == "size"_L1 && fields.size.isValid())
        return u"%1x%2"_s.arg(fields.size.width()).arg(fields.size.height());
    if (name == "duration"_L1 && fields.durationMs > 0)
        return QString::number(qRound64(static_cast<double>(fields.durationMs) / 1000)) + u's';
    return name == "prompt"_L1 ? fields.prompt : QString();
}

static const QSet<QString> &knownPlaceholders()
{
    static const QSet<QString> names{u"date"_s, u"time"_s,   u"model"_s,   u"type"_s,
                                     u"id"_s,   u"id8"_s,    u"work"_s,    u"variant"_s,
                                     u"size"_s, u"prompt"_s, u"duration"_s};
    return names;
}

static QString valueOf(const QString &name, const NameFields &fields)
{
    const QString value = visibleText(rawValue(name, fields).left(2 * kMaxFieldCharacters));
    return cutToBytes(value, kMaxFieldCharacters);
}

/// Fills one part of the path. A placeholder without a value takes one separator with it.
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
        const bool separated = i + 1 < part.size()
            && (part[i + 1] == u'_' || part[i + 1] == u'-' || part[i + 1] == u' ');
        if (value.isEmpty() && separated)
            ++i;
    }
    while (!result.isEmpty()
           && (result.back() == u'_' || result.back() == u'-' || result.back() == u' '))
        result.chop(1);
    return result;
}

QString relativeFilePath(const QString &nameTemplate, const NameFields &fields)
{
    const QString used =
        nameTemplate.trimmed().isEmpty() ? QString(kDefaultNameTemplate) : nameTemplate;
    QStringList parts = used.split(QRegularExpression(u"[/\\\\]"_s), Qt::SkipEmptyParts);
    parts.removeIf([](const QString &part) {
        const QString trimmed = part.trimmed();
        return trimmed.isEmpty() || trimmed == "."_L1 || trimmed == ".."_L1;
    });
    if (parts.isEmpty())
        parts.append(kDefaultNameTemplate);
    while (parts.size() > kMaxFolders)
        parts.removeFirst();
    const QString extension = safeExtension(fields.extension);
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const bool last = i + 1 == parts.size();
        const QString suffix = last && !extension.isEmpty() ? u'.' + extension : QString();
        parts[i] = composed(filled(parts[i], fields), suffix);
    }
    return parts.join(u'/');
}

QString nameTemplateProblem(const QString &nameTemplate)
{
    bool placeholder = false;
    for (qsizetype i = 0; i < nameTemplate.size(); ++i) {
        if (nameTemplate[i] == u'}')
            return u"}"_s;
        if (nameTemplate[i] != u'{')
            continue;
        const qsizetype close = nameTemplate.indexOf(u'}', i);
        if (close < 0)
            return nameTemplate.mid(i);
        if (!knownPlaceholders().contains(nameTemplate.mid(i + 1, close - i - 1)))
            return nameTemplate.mid(i, close - i + 1);
        placeholder = true;
        i = close;
    }
    const QStringList parts = nameTemplate.split(QRegularExpression(u"[/\\\\]"_s));
    if (parts.contains(u".."_s))
        return u".."_s;
    return placeholder ? QString() : u"{id8}"_s;
}

} // namespace taskreel
