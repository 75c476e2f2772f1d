// SPDX-License-Identifier: MIT
#include "core/formats/safename.h"

#include <QRegularExpression>
#include <QStringList>
#include <QTextBoundaryFinder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr QLatin1StringView kNameless{"untitled"};
static constexpr qsizetype kAdditions = 255 - kLongestName;
static constexpr qsizetype kShortestPart = 24; ///< bytes; room for a date and a short id

#if defined(Q_OS_WIN)
static constexpr qsizetype kLongestPath = 259; // UTF-16 units, of which no text has more than bytes
#elif defined(Q_OS_MACOS)
static constexpr qsizetype kLongestPath = 1023;
#else
static constexpr qsizetype kLongestPath = 4095;
#endif

static bool isReserved(const QString &name)
{
    static const QRegularExpression reserved(
        u"\\A(con|prn|aux|nul|clock\\$|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\\s*(\\..*)?\\z"_s,
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

static void appendVisible(QString &result, char32_t point)
{
    if (QChar::isSpace(point))
        result.append(u' ');
    else if (QChar::isSurrogate(point))
        result.append(u'_'); // half of a character
    else if (isInvisible(point))
        return;
    else if (QChar::requiresSurrogates(point))
        result.append(QStringView(QChar::fromUcs4(point)));
    else
        result.append(safeCharacter(QChar(static_cast<char16_t>(point))));
}

QString visibleNameText(const QString &text)
{
    QString result;
    const QList<uint> points = text.normalized(QString::NormalizationForm_C).toUcs4();
    for (const uint point : points)
        appendVisible(result, point);
    // Once more: what was taken out may have stood between a letter and its accent.
    return result.simplified().normalized(QString::NormalizationForm_C);
}

static QString withoutEdges(const QString &text)
{
    const auto isEdge = [](QChar c) { return c == u'.' || c == u' '; };
    const auto start = std::find_if_not(text.cbegin(), text.cend(), isEdge);
    const auto end = std::find_if_not(text.crbegin(), std::make_reverse_iterator(start), isEdge);
    return text.mid(start - text.cbegin(), end.base() - start);
}

QString cutToBytes(const QString &text, qsizetype bytes)
{
    if (text.toUtf8().size() <= bytes)
        return text;
    const QString candidate =
        text.left(std::max<qsizetype>(0, bytes)); // a unit is at least one byte
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, candidate);
    finder.toEnd();
    qsizetype end = candidate.size();
    while (end > 0 && QStringView(candidate).left(end).toUtf8().size() > bytes)
        end = std::max<qsizetype>(0, finder.toPreviousBoundary());
    // A boundary at the end of the candidate may still part the halves of a character.
    if (end > 0 && candidate.at(end - 1).isHighSurrogate())
        --end;
    return candidate.left(end);
}

QString safeName(const QString &base, const QString &suffix, qsizetype bytes)
{
    const qsizetype room = bytes - suffix.toUtf8().size();
    QString name = withoutEdges(cutToBytes(withoutEdges(visibleNameText(base)), room));
    if (name.startsWith(u'-'))
        name[0] = u'_'; // a name that a program would take for an option
    // Only now: a cut may have made it one.
    if (isReserved(name))
        name = withoutEdges(cutToBytes(u'_' + name, room));
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
    // A cut or a dot that went may leave another extension: at most a few turns, each shortens it.
    QString clean = name;
    for (int turn = 0; turn < 8; ++turn) {
        const QString visible = withoutEdges(visibleNameText(clean));
        const QString suffix = suffixOf(visible);
        const QString next = safeName(visible.chopped(suffix.size()), suffix);
        if (next == clean)
            break;
        clean = next;
    }
    return clean;
}

QString numberedFileName(const QString &fileName, int number)
{
    const QString clean = withoutEdges(visibleNameText(fileName));
    const QString suffix = suffixOf(clean);
    return safeName(clean.chopped(suffix.size()), u" (%1)"_s.arg(number) + suffix,
                    kLongestNumberedName);
}

QString pathKey(const QString &path)
{
    return path.normalized(QString::NormalizationForm_C)
        .toCaseFolded()
        .normalized(QString::NormalizationForm_C);
}

qsizetype pathRoomIn(const QString &folder)
{
    const qsizetype left = kLongestPath - folder.toUtf8().size() - 1 - kAdditions;
    // A folder so deep that nothing fits: the system says so when the file is made.
    return std::max(left, kShortestPart);
}

static qsizetype bytesOf(const QStringList &parts)
{
    qsizetype bytes = parts.size() - 1;
    for (const QString &part : parts)
        bytes += part.toUtf8().size();
    return bytes;
}

static QStringList cutParts(const QStringList &parts, qsizetype each)
{
    QStringList result = parts;
    for (qsizetype i = 0; i < result.size(); ++i) {
        const QString suffix = i + 1 == result.size() ? suffixOf(result[i]) : QString();
        if (result[i].toUtf8().size() > each)
            result[i] = safeName(result[i].chopped(suffix.size()), suffix, each);
    }
    return result;
}

QString fittedPath(const QString &path, qsizetype room)
{
    QStringList parts = path.split(u'/');
    while (bytesOf(cutParts(parts, kShortestPart)) > room && parts.size() > 1)
        parts.removeFirst();
    if (bytesOf(parts) <= room)
        return parts.join(u'/');
    qsizetype fits = kShortestPart;
    for (qsizetype step = 128; step > 0; step /= 2) {
        if (bytesOf(cutParts(parts, fits + step)) <= room)
            fits += step;
    }
    return cutParts(parts, fits).join(u'/');
}

} // namespace taskreel
