// SPDX-License-Identifier: MIT
#include "ui/common/smallpicture.h"

#include "ui/common/imagedecode.h"

namespace taskreel {

using Origin = ThumbnailFolder::Origin;

QImage storedPicture(ThumbnailFolder &folder, const QString &taskId, Origin origin, const QSize &px)
{
    const std::optional<QString> path = folder.find(taskId, origin);
    if (!path)
        return {};
    const Result<QImage> image = readImage(*path, px, ImageFit::Fill);
    if (!image)
        folder.remove(taskId, origin);
    return image.value_or(QImage());
}

QImage storedAnew(ThumbnailFolder &folder, const QString &taskId, Origin origin,
                  const QImage &small, const QSize &px)
{
    folder.write(taskId, origin, encodedSmall(small));
    return filled(small, px);
}

QImage smallPicture(const ThumbnailFolder &folder, const QString &taskId)
{
    for (const Origin origin : {Origin::Cover, Origin::Frame}) {
        const std::optional<QString> path = folder.find(taskId, origin);
        if (!path)
            continue;
        if (const Result<QImage> image = readImage(*path, kSmallPicture, ImageFit::Inside))
            return *image;
    }
    return {};
}

} // namespace taskreel
