// SPDX-License-Identifier: MIT
#pragma once

#include <QImage>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <QTimer>
#include <QVideoFrame>
#include <QWidget>
#include <memory>

class QPainter;

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
    /// @param theme borrowed, outlives this
    explicit VideoStage(Theme *theme, QWidget *parent = nullptr);
    ~VideoStage() override;

    void clear(); ///< another task: nothing of the old one stays
    void setCover(const QImage &cover); ///< not shown while video is; null: none
    void setFrame(const QVideoFrame &frame); ///< an invalid one is ignored
    /// Words in the middle when there is no picture: kind, size, what is going on. Plain text.
    void setPlaceholder(const QString &title, const QString &text);
    /// A sentence over the lower part of the picture: cannot be decoded, cannot be fetched. Empty: none.
    void setNotice(const QString &sentence);
    void setLabel(const QString &text); ///< `Without watermark`; empty: none
    void setProgress(qint64 received, qint64 total); ///< total -1: unknown; received -1: none
    /// Degrees clockwise on top of what the frames say; multiples of 90.
    void setRotation(int degrees);
    /// Takes over picture, words and label of another stage: full screen starts with what was there.
    void copyFrom(const VideoStage &other);
    [[nodiscard]] bool showsVideo() const { return m_frame.isValid(); }
    /// The picture as it is painted now at the view's size, without bars and words, for tests and
    /// snapshots. Null when there is none.
    [[nodiscard]] QImage picture() const;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void clicked(); ///< play or pause
    void fullScreenRequested();
    void dragRequested(); ///< the picture was drawn away

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] int rotation() const;
    [[nodiscard]] QSize fitted(const QSize &source) const;
    [[nodiscard]] QRectF pictureRect() const;
    void invalidatePicture();
    void preparePicture() const;
    [[nodiscard]] QImage videoPicture() const;
    [[nodiscard]] QImage coverPicture() const;
    void updateAccessible();
    void paintPlaceholder(QPainter &painter) const;
    void paintLabel(QPainter &painter) const;
    void paintNotice(QPainter &painter) const;
    void paintProgress(QPainter &painter) const;

    Theme *m_theme;
    std::unique_ptr<FrameConverter> m_converter;
    QVideoFrame m_frame;
    QImage m_cover;
    mutable QImage m_picture; ///< of the view's size in device px; made when it is first needed
    mutable bool m_pictureStale = false;
    QString m_placeholderTitle;
    QString m_placeholderText;
    QString m_notice;
    QString m_label;
    qint64 m_received = -1;
    qint64 m_total = -1;
    int m_rotation = 0;
    bool m_focusLine = false;
    bool m_pressed = false;
    QPoint m_pressedAt;
    QTimer m_clickTimer;
};

} // namespace taskreel
