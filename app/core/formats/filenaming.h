// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/task.h"
#include "core/formats/safename.h"

#include <QString>
#include <QStringList>

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
    QString seed;
    QString extension; ///< without a dot
};

/// Why a template cannot be used. The words are in core/text/namingtext.
struct TemplateProblem
{
    enum class Fault {
        None,
        Empty, ///< there is no name, or none after the last folder
        UnknownPlaceholder,
        OpenBrace, ///< never closed
        StrayBrace, ///< closed, never opened
        OneNameForAll, ///< no placeholder
        Upwards, ///< a folder `..`
        TooManyFolders,
    };
    Fault fault = Fault::None;
    QString part; ///< of the template; for UnknownPlaceholder and OpenBrace
    bool operator==(const TemplateProblem &) const = default;
    [[nodiscard]] bool isNone() const { return fault == Fault::None; }
};

[[nodiscard]] NameFields nameFields(const Task &task, int workIndex, const Media &media,
                                    Variant variant, const QString &extension);
/// The placeholders without their braces, in the order in which they are offered.
[[nodiscard]] QStringList namePlaceholders();
/// A relative path (folders of the template with `/`), each part safe as safename says, never `.`
/// or
/// `..`, the whole of at most `room` bytes. The extension comes by itself: `.{ext}` at the end of a
/// template says the same. A placeholder without a value takes one separator with it. Pure.
[[nodiscard]] QString relativeFilePath(const QString &nameTemplate, const NameFields &fields,
                                       qsizetype room = kUsualPathRoom);
[[nodiscard]] TemplateProblem nameTemplateProblem(const QString &nameTemplate);
/// The template with more at the end of the name, before a `.{ext}`.
[[nodiscard]] QString templateWith(const QString &nameTemplate, const QString &addition);

} // namespace taskreel
