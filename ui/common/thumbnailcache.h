// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/assetid.h"
#include "core/domain/result.h"

#include <QImage>
#include <QObject>
#include <QPixmap>
#include <QSet>
#include <QSize>
#include <functional>

namespace taskreel {

class MediaLibrary;
class TaskRepository;

/// Decodes PNG, JPEG, WebP and GIF by signature, dimensions read and bounded before decoding, scaled while
/// decoding, on the pool. `done` comes on the GUI thread unless `context` is gone. WebP needs Qt's plugin.
void decodeImage(const QString &path, const QSize &boundPx, QObject *context,
                 std::function<void(const Result<QImage> &)> done);

/// Table-size covers of the tasks that are visible: fetched through the media library, decoded at size
/// off the GUI thread, bounded in memory (QPixmapCache-like, by bytes). GUI thread.
class ThumbnailCache final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ThumbnailCache)

public:
    /// @param library, repository borrowed, outlive this
    ThumbnailCache(MediaLibrary *library, TaskRepository *repository, QObject *parent = nullptr);
    ~ThumbnailCache() override;

    /// The cover if it is here, else null; nothing is started (delegates call it while painting).
    [[nodiscard]] QPixmap cover(const QString &taskId, const QSize &px) const;
    /// What the views show now: these are fetched and decoded, others given up.
    void setVisible(const QStringList &taskIds, const QSize &px);

Q_SIGNALS:
    void coverReady(const QString &taskId);
};

} // namespace taskreel
