// SPDX-License-Identifier: MIT
#include "core/text/tooltips.h"

namespace taskreel {

using namespace Qt::StringLiterals;

QString toolTipText(const QString &plain)
{
    if (plain.isEmpty())
        return {};
    // A tag of our own makes it rich text for certain: then the escapes are taken back, and lines
    // wrap.
    QString escaped = plain.toHtmlEscaped();
    return u"<p>"_s + escaped.replace(u'\n', u"<br>"_s) + u"</p>"_s;
}

} // namespace taskreel
