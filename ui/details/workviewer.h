// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/tasksummary.h"
#include "ui/details/cliploader.h"
#include "ui/details/showitem.h"
#include "ui/details/stagewords.h"

#include <QImage>
#include <QObject>
#include <QTimer>

namespace taskreel {

class AppSettings;
class MediaLibrary;
class TaskPoller;
class TaskRepository;
class ThumbnailCache;

/// What the pane does about one task: which work is shown, its cover at once, its clips a moment later,
/// the switch, and the words for every state. Knows no widget. Newer beats older: whatever arrives for
/// another task or work is dropped. GUI thread; owned by DetailPane.
class WorkViewer final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WorkViewer)

public:
    /// All borrowed, all outlive this.
    struct Services
    {
        TaskRepository *repository = nullptr;
        MediaLibrary *media = nullptr;
        AppSettings *settings = nullptr;
        PlaybackController *player = nullptr;
        ThumbnailCache *thumbnails = nullptr;
        TaskPoller *poller = nullptr;
    };
    explicit WorkViewer(const Services &services, QObject *parent = nullptr);
    ~WorkViewer() override;

    void showTask(const QString &id); ///< empty: none
    void showItem(int index);
    void tryAgain();
    void fetchLink(); ///< the user asked for a link's file

    [[nodiscard]] QString taskId() const { return m_id; }
    [[nodiscard]] const TaskSummary *row() const; ///< null: nothing is selected
    [[nodiscard]] const std::optional<Task> &task() const { return m_task; }
    [[nodiscard]] const QList<ShowItem> &items() const { return m_items; }
    [[nodiscard]] int index() const { return m_index; } ///< -1: nothing to show
    [[nodiscard]] const ShowItem *item() const;
    [[nodiscard]] const ClipLoader::Entry *shown() const; ///< source and file on the stage; null: none
    [[nodiscard]] bool isPlayable() const; ///< a clip or sound, as far as is known
    [[nodiscard]] const StageWords &words() const { return m_words; }

Q_SIGNALS:
    void cleared(); ///< another task or work: nothing of the old one stays on the stage
    void pictureReady(const QImage &picture); ///< the small stand-in, cover, then an image result
    void wordsChanged();
    void progressChanged(qint64 received, qint64 total); ///< received -1: nothing is on its way
    void taskChanged(); ///< the task, or what is known of it
    void itemsChanged(); ///< which works there are
    void itemChanged(); ///< which work, source or file is shown
    /// A link is dead: asking the task again may bring a fresh one. At most once for each showing.
    void freshLinkWanted(const QString &taskId);

private:
    void takeChange(const QStringList &ids);
    void takeTask(const Task &task);
    void present();
    void startItem();
    void obtainCover();
    void releaseCover();
    void takeCover(const AssetId &asset, const LocalMedia &file);
    void missCover(const AssetId &asset);
    /// @param slot whose image result it is; none: the cover
    void decode(const LocalMedia &file, std::optional<ClipSlot> slot);
    void showStandIn();
    [[nodiscard]] bool standsForTask() const;
    void takePicture(const Result<QImage> &picture, std::optional<ClipSlot> slot);
    void beginClips();
    void takeFile(ClipSlot slot);
    void takeFailure(ClipSlot slot);
    void takeDecodeFailure(ClipSlot slot, const Error &error);
    void takeFirstFrame();
    void applySwitch();
    void giveToStage(ClipSlot slot);
    void updateWords();
    [[nodiscard]] MediaKind kindIn(ClipSlot slot) const;

    Services m_services;
    ClipLoader m_loader;
    QTimer m_clipDelay;
    QTimer m_clock; ///< while a countdown is on the stage
    QString m_id;
    std::optional<Task> m_task;
    QList<ShowItem> m_items;
    int m_index = -1;
    quint64 m_generation = 0; ///< grows with each task or work shown
    AssetId m_coverAsset; ///< asked for, not here yet
    std::optional<ClipSlot> m_imageSlot; ///< an image result is on the stage, not only the cover
    ClipSlot m_pictureSlot = ClipSlot::Unwatermarked;
    bool m_hasPicture = false;
    bool m_standsIn = false; ///< and it is only the small one of the list
    bool m_hasVideo = false;
    bool m_linkAllowed = false;
    bool m_askedForFreshLink = false;
    StageWords m_words;
};

} // namespace taskreel
