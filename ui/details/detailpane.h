// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/assetid.h"

#include <QPointer>
#include <QWidget>

class QPushButton;
class QVBoxLayout;
class QVideoFrame;

namespace taskreel {

class ActionRegistry;
class AppSettings;
class DetailTabs;
class FullScreenView;
class MarksEditor;
class MediaLibrary;
class PlaybackController;
class TaskPoller;
class TaskRepository;
class TaskSelection;
class Theme;
class ThumbnailCache;
class Transport;
class VideoStage;
class WorkViewer;
class WorksBar;
class WorksStrip;

/// The actions that the pane has buttons for, by their id in the registry. Whoever adds the actions
/// decides what they do; a button whose action is missing is hidden.
namespace paneaction {
inline constexpr QLatin1StringView kDownload{"work.download"}; ///< the current work
inline constexpr QLatin1StringView kCopyLink{"work.copyLink"}; ///< currentLink()
inline constexpr QLatin1StringView kShowInFolder{"work.showInFolder"}; ///< savedPath()
inline constexpr QLatin1StringView kOpenInBrowser{"work.openInBrowser"}; ///< in the `…` menu
inline constexpr QLatin1StringView kCopyId{"task.copyId"}; ///< in the `…` menu
inline constexpr QLatin1StringView kCheckNow{"task.checkNow"}; ///< in the `…` menu
inline constexpr QLatin1StringView kStar{"task.star"}; ///< checkable, of the selected tasks
inline constexpr QLatin1StringView kReject{"task.reject"}; ///< checkable, of the selected tasks
} // namespace paneaction

/// Everything about the selected task: stage, transport, works, actions, facts. Follows the selection
/// by itself. GUI thread. What is behind the picture is WorkViewer's.
class DetailPane final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DetailPane)

public:
    /// All borrowed, all outlive the pane.
    struct Services
    {
        Theme *theme = nullptr;
        TaskRepository *repository = nullptr;
        MediaLibrary *media = nullptr;
        AppSettings *settings = nullptr;
        TaskSelection *selection = nullptr;
        ActionRegistry *actions = nullptr;
        ThumbnailCache *thumbnails = nullptr;
        TaskPoller *poller = nullptr;
    };
    explicit DetailPane(const Services &services, QWidget *parent = nullptr);
    ~DetailPane() override;

    [[nodiscard]] QWidget *stage() const; ///< takes single-key shortcuts, beside the list
    [[nodiscard]] QString currentTaskId() const; ///< empty: nothing is selected
    [[nodiscard]] QString currentWorkKey() const; ///< `` also for flat outputs: see hasWork()
    [[nodiscard]] bool hasWork() const; ///< the task has a result that can be shown, saved or opened
    [[nodiscard]] QString currentLink() const; ///< the shown source's address as received; may be empty
    [[nodiscard]] AssetId currentAsset() const; ///< the one on the stage; null: none
    [[nodiscard]] QString localPath() const; ///< the shown file on this machine; may be empty
    [[nodiscard]] QString savedPath() const; ///< the newest saved file of the task; may be empty

public Q_SLOTS:
    void togglePlaying();
    void stepFrames(int count);
    void seekBy(qint64 ms);
    void seekToStart();
    void seekToEnd();
    void setSpeed(double rate);
    void speedUp();
    void slowDown();
    void nextWork();
    void previousWork();
    void toggleFullScreen();
    void showMarksLine();
    void tryAgain(); ///< fetches again what could not be fetched
    void editTags(); ///< of the selected tasks
    void editNote();

    /// A clip runs on the stage: others that decode keep quiet.
    [[nodiscard]] bool isPlaying() const;
    /// One of many more pixels than full HD, beside which nothing else is decoded at all.
    [[nodiscard]] bool isPlayingLarge() const;

Q_SIGNALS:
    /// Also when more is known of the clip that plays.
    void playbackChanged(bool playing);
    /// Another task, work or source is shown, or what is known of it changed: refresh the actions.
    void currentChanged();
    /// What was typed about the selected tasks; nothing is changed yet.
    void tagsEdited(const QStringList &ids, const QStringList &given, const QStringList &taken);
    void noteEdited(const QStringList &ids, const QString &note);
    void dragRequested(); ///< of currentAsset(), out of the stage
    void editingLeft(); ///< the keys go back to the list

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeStage();
    void layOut();
    void wireViewer();
    void wirePlayer();
    void takeWords();
    void takeItem();
    void takeItems();
    void pressOffer();
    void placeOffer();
    void takeBackStage();
    void announcePlayback();
    void offerFrame(const QVideoFrame &frame);

    Services m_services;
    PlaybackController *m_player;
    WorkViewer *m_viewer;
    VideoStage *m_stage;
    QPushButton *m_offer; ///< on the stage: try again, fetch a link
    Transport *m_transport;
    WorksStrip *m_strip;
    WorksBar *m_works;
    MarksEditor *m_marks;
    DetailTabs *m_tabs;
    QVBoxLayout *m_pictureLayout; ///< of stage and transport
    QPointer<FullScreenView> m_fullScreen;
    bool m_playbackAnnounced = false;
};

} // namespace taskreel
