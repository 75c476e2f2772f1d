// SPDX-License-Identifier: MIT
#include "core/downloads/downloadplace.h"

#include "core/net/diskspace.h"
#include "core/net/filehash.h"
#include "core/net/partfile.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace taskreel {

static bool isFileOf(const QString &path, qint64 bytes, const QByteArray &sha256,
                     const std::atomic_bool &stop)
{
    const QFileInfo file(path);
    return file.isFile() && file.size() == bytes
        && (sha256.isEmpty() || sha256Of(path, stop) == sha256);
}

bool isStillSaved(const StoredFile &file, const std::atomic_bool &stop)
{
    return isFileOf(file.path, file.bytes, file.sha256, stop);
}

static bool isInUse(const QString &path, const QSet<QString> &taken)
{
    const QFileInfo file(path);
    return taken.contains(path) || file.exists() || file.isSymLink();
}

static QString partOf(const QString &target)
{
    StoredDownload record;
    record.targetPath = target;
    return record.partPath();
}

/// A name whose part file is there as well is another download's, perhaps of another program.
static QString freeTarget(const QString &wanted, QSet<QString> taken)
{
    constexpr int kMostTries = 1'000;
    for (int i = 0; i < kMostTries; ++i) {
        const QString path = freePath(wanted, taken);
        if (!QFileInfo::exists(partOf(path)))
            return path;
        taken.insert(path);
    }
    return wanted; // the part file itself refuses to be made twice
}

Result<Place> choosePlace(const PlaceWish &wish)
{
    const QString folder = QFileInfo(wish.wanted).path();
    if (const Result<QString> made = makeFolder(folder); !made)
        return tl::unexpected<Error>(made.error());
    const bool inUse = isInUse(wish.wanted, {});
    if (inUse && wish.policy == ConflictPolicy::Ask)
        return Place{wish.wanted, false, true};
    if (const Result<qint64> space = checkDiskSpace(folder, wish.bytes); !space)
        return tl::unexpected<Error>(space.error());
    const bool replaces = inUse && wish.policy == ConflictPolicy::Overwrite
        && QFileInfo(wish.wanted).isFile() && !wish.taken.contains(wish.wanted)
        && !QFileInfo::exists(partOf(wish.wanted));
    if (replaces)
        return Place{wish.wanted, true, false};
    return Place{freeTarget(wish.wanted, wish.taken), false, false};
}

static QString withExtension(const QString &path, const QString &extension)
{
    const QFileInfo info(path);
    return info.path() + u'/' + info.completeBaseName() + u'.' + extension;
}

FinalName finalName(const QString &target, const FetchedAsset &file, bool replaces,
                    const QString &wished, const std::atomic_bool &stop)
{
    const QString path = withExtension(target, file.probe.extension);
    if (!wished.isEmpty()) {
        for (const QString &name : {withExtension(wished, file.probe.extension), path}) {
            if (isFileOf(name, file.bytes, file.sha256, stop))
                return {name, true, false};
        }
    }
    // With another extension than the decided name it is another file.
    if (replaces && path == target)
        return {path, false, true};
    return {freePath(path), false, false};
}

Result<QString> placeAt(const QString &partPath, const QString &path, bool replaces)
{
    return replaces ? placeReplacing(partPath, path) : placeExactly(partPath, path);
}

std::optional<Remains> findRemains(const StoredDownload &record, const std::atomic_bool &stop)
{
    const QString part = record.partPath();
    if (isFileOf(record.finalPath, record.total, record.sha256, stop)) {
        QFile::remove(part); // where a name is given by a second link, the first may be left
        return Remains{true, {}};
    }
    if (!isFileOf(part, record.total, record.sha256, stop))
        return std::nullopt;
    return Remains{false, {part, record.total, record.sha256, probeFile(part)}};
}

} // namespace taskreel
