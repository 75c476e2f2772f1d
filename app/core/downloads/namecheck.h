// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"
#include "core/domain/variantchoice.h"
#include "core/formats/filenaming.h"

#include <QStringList>

#include <atomic>

namespace taskreel {

/// How many results a template would give a name that another has, too.
struct NameClashes
{
    int results = 0; ///< looked at
    int clashing = 0;
    QString example; ///< a name that several would get
    QStringList
        helps; ///< placeholders, without braces, that together tell them apart; empty: none does
    bool operator==(const NameClashes &) const = default;
};

/// What the results of a row are named by. By the summary alone, so that a list of any length can
/// be looked at: size and duration are the first result's, the seed is not known.
[[nodiscard]] QList<NameFields> resultNameFields(const TaskSummary &row, VariantWish wish);
/// Case and composition of letters do not count. Takes a while for thousands: meant for the pool.
/// Pure.
/// @param stop read now and then; what is returned then is of no use
[[nodiscard]] NameClashes nameClashes(const QString &nameTemplate, const QList<NameFields> &results,
                                      const std::atomic_bool &stop);

} // namespace taskreel
