// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/assetid.h"
#include "core/domain/result.h"

#include <QCache>
#include <QElapsedTimer>
#include <QHash>
#include <QImage>
#include <QObject>
#include <QPixmap>
#include <QSet>
#include <QSize>
#include <functional>

namespace taskreel {

class MediaLibrary;
class TaskRepository;
struct LocalMedia;
struct Task;

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
    static constexpr qsizetype kMaxBytes = 32 * 1024 * 1024;

    /// @param library, repository borrowed, outlive this
    ThumbnailCache(MediaLibrary *library, TaskRepository *repository, QObject *parent = nullptr);
    ~ThumbnailCache() override;

    /// The cover if it is here, else null; nothing is started (delegates call it while painting).
    /// It may be of another size for a moment after a change of view: painters scale it.
    [[nodiscard]] QPixmap cover(const QString &taskId, const QSize &px) const;
    /// What the views show now: these are fetched and decoded, others given up.
    void setVisible(const QStringList &taskIds, const QSize &px);

Q_SIGNALS:
    void coverReady(const QString &taskId);

private:
    /// One task on its way: first its answer is read, then the file obtained, then decoded.
    struct Pending
    {
        AssetId asset; ///< null until the answer was read
        quint64 decode = 0; ///< number of the decode in flight; 0: none
    };

    void start(const QString &taskId);
    void begin(const Task &task);
    void giveUp(const QString &taskId);
    void decode(const QString &taskId, const QString &path);
    void takeFile(const AssetId &asset, const LocalMedia &file);
    void takeFailure(const AssetId &asset);
    void takeImage(const QString &taskId, quint64 number, const Result<QImage> &image);
    void startAgain(const QStringList &taskIds);
    void forget(const QStringList &taskIds);

    MediaLibrary *m_library;
    TaskRepository *m_repository;
    QCache<QString, QPixmap> m_covers;
    QHash<QString, Pending> m_pending;
    QHash<QString, qint64> m_failedAt; ///< ms of m_clock
    QSet<QString> m_visible;
    QSize m_px;
    QElapsedTimer m_clock;
    quint64 m_lastDecode = 0;
};

} // namespace taskreel
