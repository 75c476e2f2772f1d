// SPDX-License-Identifier: MIT
#pragma once

#include <QSet>
#include <QString>

namespace taskreel {

class TaskRepository;

/// What some tasks come to. A sum covers those alone that say it, and tells how many they are.
struct SelectionTotals
{
    int tasks = 0; ///< that are in the list
    int costed = 0;
    double cost = 0; ///< approximate USD, of the costed ones
    int timed = 0;
    qint64 generationMs = 0; ///< from start to end, of the timed ones

    bool operator==(const SelectionTotals &) const = default;
};

[[nodiscard]] SelectionTotals selectionTotals(const TaskRepository &repository,
                                              const QSet<QString> &ids);

} // namespace taskreel
