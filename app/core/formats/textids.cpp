// SPDX-License-Identifier: MIT
#include "core/formats/textids.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr qsizetype kUuidLength = 36;

void IdCollector::add(QStringView text, QStringList &list, QSet<QString> &seen)
{
    const QString written = text.toString();
    const QString folded = written.toLower();
    if (seen.contains(folded))
        return;
    seen.insert(folded);
    list.append(written);
}

ScanResult IdCollector::take()
{
    m_result.offered.removeIf([this](const QString &id) { return m_ids.contains(id.toLower()); });
    return std::move(m_result);
}

bool isIdCharacter(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

static bool isHex(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

bool isUuid(QStringView text)
{
    if (text.size() != kUuidLength)
        return false;
    for (qsizetype i = 0; i < kUuidLength; ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != u'-' : !isHex(text[i]))
            return false;
    }
    return true;
}

bool isDamagedUuid(QStringView text)
{
    constexpr qsizetype kShortest = 30;
    constexpr qsizetype kLongest = 42;
    if (text.size() < kShortest || text.size() > kLongest || isUuid(text))
        return false;
    qsizetype dashes = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'-') {
            ++dashes;
            if (i == 0 || i + 1 == text.size() || text[i - 1] == u'-')
                return false;
        } else if (!isHex(text[i])) {
            return false;
        }
    }
    return dashes == 4 || (dashes == 0 && text.size() == 32);
}

/// An address ends where a blank or a character stands that no address holds. A list separator ends
/// it only when an id or another address follows.
static qsizetype endOfUrl(QStringView text, qsizetype from)
{
    static constexpr QStringView kEnds = u"\"<>`\\^{}|[]'";
    for (qsizetype i = from; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool wide = (c >= QChar(0x3000) && c <= QChar(0x303f))
            || (c >= QChar(0xff00) && c <= QChar(0xffef));
        if (c.isSpace() || c.unicode() < 0x20 || wide || kEnds.contains(c))
            return i;
        if (c == u',' || c == u';') {
            const QStringView next = text.mid(i + 1);
            if (isUuid(next.left(kUuidLength)) || next.startsWith("http"_L1, Qt::CaseInsensitive))
                return i;
        }
    }
    return text.size();
}

static bool endsWithTaskPath(QStringView before)
{
    return before.endsWith("/task/"_L1, Qt::CaseInsensitive)
        || before.endsWith("/tasks/"_L1, Qt::CaseInsensitive);
}

static bool endsWithIdKey(QStringView before)
{
    for (const QLatin1StringView key : {"task_id="_L1, "taskid="_L1, "id="_L1}) {
        if (!before.endsWith(key, Qt::CaseInsensitive) || before.size() == key.size())
            continue;
        const QChar separator = before[before.size() - key.size() - 1];
        if (separator == u'?' || separator == u'&' || separator == u'#' || separator == u';')
            return true;
    }
    return false;
}

static qsizetype endOfRun(QStringView text, qsizetype from)
{
    qsizetype end = from;
    while (end < text.size() && (isIdCharacter(text[end]) || text[end] == u'-'))
        ++end;
    return end;
}

void scanUrl(QStringView url, IdCollector &collector)
{
    for (qsizetype i = 0; i < url.size();) {
        if (!isIdCharacter(url[i])) {
            ++i;
            continue;
        }
        const qsizetype end = endOfRun(url, i);
        const QStringView run = url.mid(i, end - i);
        const QStringView before = url.left(i);
        if (endsWithTaskPath(before) || endsWithIdKey(before)) {
            if (isUuid(run))
                collector.addId(run);
            else if (isDamagedUuid(run))
                collector.addNotUnderstood(run);
        }
        i = end;
    }
}

namespace {

/// Any text: ids wherever they stand, addresses by their own rule, and scraps of JSON by theirs.
class ProseScan final
{
public:
    ProseScan(QStringView text, IdCollector &collector) : m_text(text), m_collector(collector) { }

    void run()
    {
        for (qsizetype i = 0; i < m_text.size();) {
            if (!isIdCharacter(m_text[i])) {
                ++i;
                continue;
            }
            const qsizetype end = endOfRun(m_text, i);
            if (isAddressStart(i, end)) {
                const qsizetype stop = endOfUrl(m_text, end);
                scanUrl(m_text.mid(i, stop - i), m_collector);
                i = std::max(stop, end);
            } else {
                takeRun(i, end);
                i = end;
            }
        }
    }

private:
    /// `scheme://`, or a host name with a path behind it.
    bool isAddressStart(qsizetype start, qsizetype end)
    {
        if (m_text.mid(end).startsWith("://"_L1))
            return true;
        if (start < m_hostCheckedTo || end >= m_text.size() || m_text[end] != u'.')
            return false;
        qsizetype stop = end;
        qsizetype lastDot = end;
        for (; stop < m_text.size(); ++stop) {
            const QChar c = m_text[stop];
            if (c == u'.')
                lastDot = stop;
            else if (!isIdCharacter(c) && c != u'-')
                break;
        }
        m_hostCheckedTo = stop;
        const QStringView top = m_text.mid(lastDot + 1, stop - lastDot - 1);
        const bool letters = top.size() >= 2
            && std::all_of(top.cbegin(), top.cend(), [](QChar c) { return c >= u'A'; });
        return letters && stop < m_text.size() && m_text[stop] == u'/';
    }

    void takeRun(qsizetype start, qsizetype end)
    {
        QStringView run = m_text.mid(start, end - start);
        while (run.endsWith(u'-'))
            run.chop(1);
        const bool whole = isUuid(run);
        if (!whole && !isDamagedUuid(run))
            return;
        const QStringView field = fieldOfString(start, start + run.size());
        if (field.isEmpty() || field == u"task_id" || field == u"taskId")
            whole ? m_collector.addId(run) : m_collector.addNotUnderstood(run);
        else if (whole && field == u"origin_task_id")
            m_collector.addOffered(run);
    }

    /// The name in `"name": "VALUE"` around the value, also with escaped or single quotes; empty
    /// when the value stands otherwise.
    QStringView fieldOfString(qsizetype start, qsizetype end) const
    {
        if (start == 0 || end >= m_text.size())
            return {};
        const QChar quote = m_text[start - 1];
        const bool closed = m_text[end] == quote || m_text[end] == u'\\';
        if (!closed || (quote != u'"' && quote != u'\''))
            return {};
        qsizetype i = back(start - 2, [](QChar c) { return c == u'\\'; });
        i = back(i, [](QChar c) { return c.isSpace(); });
        if (i < 0 || m_text[i] != u':')
            return {};
        i = back(i - 1, [](QChar c) { return c.isSpace(); });
        if (i < 0 || m_text[i] != quote)
            return {};
        const qsizetype stop = back(i - 1, [](QChar c) { return c == u'\\'; });
        const qsizetype before =
            back(stop, [](QChar c) { return isIdCharacter(c) || c == u'_' || c == u'-'; });
        return before >= 0 && m_text[before] == quote ? m_text.mid(before + 1, stop - before)
                                                      : QStringView();
    }

    /// A bounded look back keeps the scan linear.
    template<typename Skip>
    qsizetype back(qsizetype from, Skip skip) const
    {
        constexpr int kFarthest = 64;
        qsizetype i = from;
        for (int n = 0; i >= 0 && n < kFarthest && skip(m_text[i]); ++n)
            --i;
        return i;
    }

    QStringView m_text;
    IdCollector &m_collector;
    qsizetype m_hostCheckedTo = 0;
};

} // namespace

void scanProse(QStringView text, IdCollector &collector)
{
    ProseScan(text, collector).run();
}

} // namespace taskreel
