// SPDX-License-Identifier: MIT
#pragma once

#include <QImage>
#include <QString>
#include <QVideoFrame>
#include <QWidget>
#include <memory>

namespace taskreel {

class FrameConverter;
class Theme;

/// The picture: a cover, then video frames, scaled by libswscale to the view's size, with the right
/// aspect ratio and rotation; a placeholder (kind, size, progress) where there is no cover; one small
/// label; a thin progress line at the lower edge. Holds the last picture until the next one is there.
/// Accessible name `Cover` or `Video`. GUI thread. Double click asks for full screen.
class VideoStage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(VideoStage)

public:
    explicit VideoStage(Theme *theme, QWidget *parent = nullptr);
    ~VideoStage() override;

    void clear(); ///< another task: nothing of the old one stays
    void setCover(const QImage &cover);
    void setFrame(const QVideoFrame &frame);
    /// Words in the middle when there is no picture: kind, size, what is going on. Plain text.
    void setPlaceholder(const QString &title, const QString &text);
    /// A sentence over the lower part of the picture: cannot be decoded, cannot be fetched. Empty: none.
    void setNotice(const QString &sentence);
    void setLabel(const QString &text); ///< `Without watermark`; empty: none
    void setProgress(qint64 received, qint64 total); ///< total -1: unknown; received -1: none
    [[nodiscard]] bool showsVideo() const;
    /// What is painted now at the view's size, for tests and snapshots.
    [[nodiscard]] QImage picture() const;

Q_SIGNALS:
    void clicked(); ///< play or pause
    void fullScreenRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    Theme *m_theme;
    std::unique_ptr<FrameConverter> m_converter;
};

} // namespace taskreel
