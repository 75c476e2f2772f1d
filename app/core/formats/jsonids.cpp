// SPDX-License-Identifier: MIT
#include "core/formats/textids.h"

#include <QList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

static constexpr int kMaxStrings = 4; // JSON in a string in JSON …

static QString unescaped(QStringView string)
{
    QString text;
    text.reserve(string.size());
    for (qsizetype i = 0; i < string.size(); ++i) {
        if (string[i] == u'\\' && i + 1 < string.size()) {
            ++i;
            text.append(string[i] == u'n' || string[i] == u'r' || string[i] == u't' ? QChar(u' ')
                                                                                    : string[i]);
        } else {
            text.append(string[i]);
        }
    }
    return text;
}

namespace {

/// Walks over JSON without building it, so that order is kept and a cut text still gives what is
/// whole in it.
class JsonScan final
{
public:
    JsonScan(QStringView text, IdCollector &collector, int depth)
        : m_text(text), m_collector(collector), m_depth(depth)
    {
    }

    bool run()
    {
        for (qsizetype i = 0; i < m_text.size(); ++i) {
            const QChar c = m_text[i];
            if (c == u'"') {
                if (m_open.isEmpty())
                    return false;
                const qsizetype end = endOfString(i + 1);
                takeString(m_text.mid(i + 1, end - i - 1));
                i = end;
            } else if (!takeMark(c)) {
                return false;
            }
        }
        return true;
    }

private:
    qsizetype endOfString(qsizetype from) const
    {
        qsizetype i = from;
        while (i < m_text.size() && m_text[i] != u'"')
            i += m_text[i] == u'\\' ? 2 : 1;
        return std::min(i, m_text.size());
    }

    bool takeMark(QChar c)
    {
        static constexpr QStringView kScalars = u"0123456789+-.eEtrufalsn";
        if (c == u'{' || c == u'[') {
            m_open.append(c);
            m_afterColon = false;
        } else if (c == u'}' || c == u']') {
            if (m_open.isEmpty() || m_open.takeLast() != (c == u'}' ? u'{' : u'['))
                return false;
            m_afterColon = false;
        } else if (c == u':') {
            m_afterColon = true;
        } else if (c == u',') {
            m_afterColon = false;
        } else {
            return c.isSpace() || (!m_open.isEmpty() && kScalars.contains(c));
        }
        return true;
    }

    void takeString(QStringView string)
    {
        const bool inObject = m_open.constLast() == u'{';
        if (inObject && !m_afterColon) {
            m_field = string;
            return;
        }
        m_afterColon = false;
        takeValue(string.trimmed(), inObject ? m_field : QStringView());
    }

    void takeValue(QStringView value, QStringView field)
    {
        if (field.isEmpty() || field == u"task_id" || field == u"taskId") {
            if (isUuid(value))
                m_collector.addId(value);
            else if (isDamagedUuid(value))
                m_collector.addNotUnderstood(value);
            else if (field.isEmpty() && value.startsWith("http"_L1))
                scanUrl(unescaped(value), m_collector);
        } else if (field == u"origin_task_id" && isUuid(value)) {
            m_collector.addOffered(value);
        }
        const bool json = value.startsWith(u'{') || value.startsWith(u'[');
        if (json && m_depth < kMaxStrings)
            takeInner(unescaped(value));
    }

    void takeInner(const QString &text)
    {
        IdCollector inner;
        if (!scanJson(text, inner, m_depth + 1))
            return;
        const ScanResult result = inner.take();
        for (const QString &id : result.ids)
            m_collector.addId(id);
        for (const QString &id : result.offered)
            m_collector.addOffered(id);
        for (const QString &miss : result.notUnderstood)
            m_collector.addNotUnderstood(miss);
    }

    QStringView m_text;
    IdCollector &m_collector;
    int m_depth;
    QList<QChar> m_open;
    QStringView m_field;
    bool m_afterColon = false;
};

} // namespace

bool scanJson(QStringView text, IdCollector &collector, int depth)
{
    return JsonScan(text, collector, depth).run();
}

} // namespace taskreel
