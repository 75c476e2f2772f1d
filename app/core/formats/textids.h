// SPDX-License-Identifier: MIT
#pragma once

#include "core/formats/taskidscanner.h"

#include <QSet>
#include <QStringView>

namespace taskreel {

// The parts of the task id scanner (taskidscanner.h). All linear in the text's length.

/// Collects each id once, compared without case, as written first.
class IdCollector final
{
public:
    void addId(QStringView id) { add(id, m_result.ids, m_ids); }
    void addOffered(QStringView id) { add(id, m_result.offered, m_offered); }
    void addNotUnderstood(QStringView text) { add(text, m_result.notUnderstood, m_misses); }
    [[nodiscard]] ScanResult take(); ///< what was offered is not among the ids

private:
    static void add(QStringView text, QStringList &list, QSet<QString> &seen);

    ScanResult m_result;
    QSet<QString> m_ids;
    QSet<QString> m_offered;
    QSet<QString> m_misses;
};

[[nodiscard]] bool isIdCharacter(QChar c); ///< ASCII letter or digit
[[nodiscard]] bool isUuid(QStringView text);
/// Five groups of hex digits with a wrong length, or 32 hex digits.
[[nodiscard]] bool isDamagedUuid(QStringView text);

/// False, with nothing promised about the collector, when the text is not JSON by its structure.
/// Cut JSON, and several values one after the other, are JSON too.
[[nodiscard]] bool scanJson(QStringView text, IdCollector &collector, int depth = 0);
void scanProse(QStringView text, IdCollector &collector);
void scanUrl(QStringView url, IdCollector &collector);

} // namespace taskreel
