// SPDX-License-Identifier: MIT
#pragma once

#include "core/media/localclip.h"

#include <QObject>
#include <QPointer>
#include <QSet>
#include <QString>
#include <QTimer>

class QAbstractItemView;

namespace taskreel {

class AppSettings;
class BackgroundClip;
class MediaLibrary;
class TaskFilter;
class TaskRepository;
class ThumbnailCache;
struct Task;

/// The cover under the resting pointer plays, small and silent, when its clip is on this machine; nothing is
/// fetched for it. One at a time. Ends when the pointer leaves, at a press, when the list scrolls or changes,
/// when the window is not the active one, and when somebody else needs the machine. GUI thread.
class HoverPlay final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HoverPlay)

public:
    /// All borrowed, all outlive this.
    struct Services
    {
        TaskFilter *filter = nullptr;
        TaskRepository *repository = nullptr;
        MediaLibrary *media = nullptr;
        AppSettings *settings = nullptr;
        ThumbnailCache *thumbnails = nullptr;
        BackgroundClip *clip = nullptr;
    };
    explicit HoverPlay(const Services &services, QObject *parent = nullptr);
    ~HoverPlay() override;

    /// @param coverColumn where the pointer has to be; -1: anywhere on the item
    void watch(QAbstractItemView *view, int coverColumn);
    void setHeld(bool held); ///< a large clip plays on the stage, which comes first
    void setMotionReduced(bool reduced);
    [[nodiscard]] QString playing() const { return m_playing; } ///< task id; empty: none

Q_SIGNALS:
    void playingChanged(bool playing);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void point(QAbstractItemView *view, const QPoint &position);
    [[nodiscard]] QString taskAt(QAbstractItemView *view, const QPoint &position) const;
    [[nodiscard]] bool mayPlay() const;
    void rested();
    void play(const Task &task);
    void stop();

    Services m_services;
    QList<QAbstractItemView *> m_views;
    QList<int> m_columns; ///< of each view
    QTimer m_rest;
    QPointer<QAbstractItemView> m_view; ///< the pointer is over it
    QString m_pointed; ///< task id
    QString m_playing;
    quint64 m_number = 0; ///< of the order to the clip
    QSet<QString> m_failed; ///< paths that gave no picture
    LocalClip m_clip; ///< the one that plays
    bool m_held = false;
    bool m_motionReduced = false;
};

} // namespace taskreel
