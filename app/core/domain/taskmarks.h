// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace taskreel {

/// What the user says of a task. The service never knows of it, and no answer changes it.
struct TaskMarks
{
    bool starred = false;
    bool rejected = false;
    QString note = {};
    QStringList tags = {}; ///< as tidyTags() leaves them

    bool operator==(const TaskMarks &) const = default;
};

/// Blanks trimmed and joined, empty ones and doubles (whatever their case) left out, sorted without
/// case; a comma parts two tags.
[[nodiscard]] QStringList tidyTags(const QStringList &tags);

} // namespace taskreel
