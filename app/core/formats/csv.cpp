// SPDX-License-Identifier: MIT
#include "core/formats/csv.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

static bool beginsFormula(const QString &text)
{
    if (text.isEmpty())
        return false;
    const QChar first = text.at(0);
    if (first == u'\t' || first == u'\r' || first == u'\n')
        return true;
    // Some programs trim a cell before they look at it.
    const auto sign = std::find_if_not(text.cbegin(), text.cend(), [](QChar c) {
        return c.isSpace() || !c.isPrint();
    });
    static const QString kSigns = u"=+-@\uff1d\uff0b\uff0d\uff20"_s; // the last four: wide forms
    return sign != text.cend() && kSigns.contains(*sign);
}

/// Needs no quotes, whichever separator the reader takes.
static bool isPlain(const QString &text)
{
    return std::all_of(text.cbegin(), text.cend(), [](QChar c) {
        return c.isLetterOrNumber() || u"-._:/ ?&%+="_s.contains(c);
    });
}

QString csvCell(const QString &text)
{
    QString cell = beginsFormula(text) ? u'\'' + text : text;
    cell.remove(QChar(u'\0')); // ends the text for some readers
    if (isPlain(cell))
        return cell;
    return u'"' + cell.replace(u'"', u"\"\""_s) + u'"';
}

QByteArray csvRecord(const QStringList &cells)
{
    QStringList written;
    written.reserve(cells.size());
    for (const QString &cell : cells)
        written.append(csvCell(cell));
    return written.join(u',').toUtf8() + "\r\n";
}

} // namespace taskreel
