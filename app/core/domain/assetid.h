// SPDX-License-Identifier: MIT
#pragma once

#include <QHashFunctions>
#include <QMetaType>
#include <QString>

namespace taskreel {

/// Which version of a medium, by the field that names it. When both hold one URL, it is Unstated.
enum class Variant { Unstated, Watermarked, Unwatermarked };

/// The name of one file of one task, everywhere: cache, kept files, part files, saved files,
/// selection. Never a URL, since signed URLs change with each answer.
struct AssetId
{
    QString taskId;
    QString mediaKey; ///< the path inside `output` without the variant, as `works[1].video`
    Variant variant = Variant::Unstated;

    bool operator==(const AssetId &) const = default;
    [[nodiscard]] bool isNull() const { return taskId.isEmpty(); }
    /// A stable file-system-safe name (hex of a SHA-256), for kept and cached files.
    [[nodiscard]] QString fileKey() const;
    /// For logs and the store: `task/mediaKey/variant`.
    [[nodiscard]] QString toString() const;
};

[[nodiscard]] size_t qHash(const AssetId &id, size_t seed = 0) noexcept;
/// The words kept in the store and on the command line: `unstated`, `watermarked`, `unwatermarked`.
[[nodiscard]] QString variantToken(Variant variant);
[[nodiscard]] Variant variantFromToken(const QString &token);

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::AssetId)
