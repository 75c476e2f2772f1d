// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/task.h"

#include <QString>

namespace taskreel {

inline constexpr QLatin1StringView kDefaultNameTemplate{"{date}_{model}_{id8}_{work}_{variant}"};

/// What a file name may be made of.
struct NameFields
{
    QString model;
    QString type;
    QDateTime created; ///< UTC; shown in local time
    QString taskId;
    int work = 1; ///< from 1
    int works = 1;
    Variant variant = Variant::Unstated;
    QSize size;
    qint64 durationMs = 0;
    QString prompt;
    QString extension; ///< without a dot
};

[[nodiscard]] NameFields nameFields(const Task &task, int workIndex, const Media &media,
                                    Variant variant, const QString &extension);
/// A relative path (folders of the template with `/`), each part valid on Linux, Windows and macOS:
/// no separators, control characters, reserved names, trailing dots or blanks, at most 255 UTF-8
/// bytes, never `.` or `..`. Pure.
[[nodiscard]] QString relativeFilePath(const QString &nameTemplate, const NameFields &fields);
[[nodiscard]] QString sanitisedFileName(const QString &name);
/// `name.mp4` → `name (2).mp4`, still within 255 bytes.
[[nodiscard]] QString numberedFileName(const QString &fileName, int number);
/// Empty when the template can be used, else the unknown placeholder or the missing part.
[[nodiscard]] QString nameTemplateProblem(const QString &nameTemplate);

} // namespace taskreel
