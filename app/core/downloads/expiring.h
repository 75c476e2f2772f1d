// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QStringList>

namespace taskreel {

class TaskRepository;

/// Results that are not saved, whose links say themselves that they end, and have not ended yet: what
/// ends soonest first. A link that says nothing is never guessed at.
struct Expiring
{
    QStringList ids;
    QDateTime first; ///< UTC: when the soonest ends; invalid if there is none
    bool operator==(const Expiring &) const = default;
};

[[nodiscard]] Expiring expiringResults(const TaskRepository &repository, const QDateTime &nowUtc);

} // namespace taskreel
