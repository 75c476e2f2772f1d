// SPDX-License-Identifier: MIT
#pragma once

#include "core/formats/answerreader.h"
#include "core/formats/taskidscanner.h"

#include <QStringList>

#include <optional>

namespace taskreel {

/// One paste, drop, file list or command line, as it came.
struct IntakeRequest
{
    QString text;
    QStringList files;
    QStringList arguments;
    QStringList ids; ///< known to be task ids
};

/// What was found in it. Ids are each once, in order, the answers' among them.
struct IntakeFinds
{
    QStringList ids;
    QList<ReadAnswer> answers;
    QStringList offered;
    QStringList notUnderstood;
    QStringList unreadableFiles;
    bool operator==(const IntakeFinds &) const = default;
};

inline constexpr qint64 kLongestIntakeFile = 64LL * 1024 * 1024;

/// Any thread; blocking I/O when there are files or arguments.
[[nodiscard]] IntakeFinds readIntake(const IntakeRequest &request);
/// UTF-8, or UTF-16 with a byte order mark (or plainly without one). Bytes that are no UTF-8 become
/// replacement characters: ids are ASCII and survive. std::nullopt: not text.
[[nodiscard]] std::optional<QString> decodedText(const QByteArray &bytes);

} // namespace taskreel
