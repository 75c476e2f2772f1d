// SPDX-License-Identifier: MIT
#include "core/formats/taskidscanner.h"

#include "core/formats/textids.h"

using namespace Qt::StringLiterals;

namespace taskreel {

/// Something that is no UUID may be an ID where nothing else can be meant.
static bool isToken(QStringView text)
{
    constexpr qsizetype kShortest = 8;
    constexpr qsizetype kLongest = 128;
    if (text.size() < kShortest || text.size() > kLongest)
        return false;
    bool digit = false;
    for (const QChar c : text) {
        if (!isIdCharacter(c) && c != u'-' && c != u'_')
            return false;
        digit = digit || (c >= u'0' && c <= u'9');
    }
    return digit;
}

/// Calls `take` for each line that is not empty until one returns false.
template<typename Take>
static bool eachLine(QStringView text, Take take)
{
    for (qsizetype start = 0; start < text.size();) {
        qsizetype end = start;
        while (end < text.size() && text[end] != u'\n' && text[end] != u'\r')
            ++end;
        const QStringView line = text.mid(start, end - start).trimmed();
        if (!line.isEmpty() && !take(line))
            return false;
        start = end + 1;
    }
    return true;
}

static void takeTokenLine(QStringView line, IdCollector &collector)
{
    constexpr qsizetype kUuidLength = 36;
    if (line.size() > kUuidLength) {
        IdCollector inner; // `task_UUID` names the UUID
        scanProse(line, inner);
        const ScanResult found = inner.take();
        for (const QString &id : found.ids)
            collector.addId(id);
        if (!found.ids.isEmpty())
            return;
    }
    if (isDamagedUuid(line))
        collector.addNotUnderstood(line);
    else
        collector.addId(line);
}

ScanResult scanTaskIds(const QString &text, ScanOrigin origin)
{
    const QStringView view = QStringView(text).trimmed();
    IdCollector collector;
    if (view.isEmpty())
        return {};
    if (origin == ScanOrigin::CommandLineArgument && isToken(view)) {
        collector.addId(view);
        return collector.take();
    }
    if (eachLine(view, isToken)) {
        eachLine(view, [&collector](QStringView line) {
            takeTokenLine(line, collector);
            return true;
        });
        return collector.take();
    }
    if (view.front() == u'{' || view.front() == u'[') {
        IdCollector json;
        if (scanJson(view, json))
            return json.take();
    }
    scanProse(view, collector);
    return collector.take();
}

} // namespace taskreel
