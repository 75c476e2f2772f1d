// SPDX-License-Identifier: MIT
#include "ui/stage/videostage.h"

#include "ui/stage/frameconverter.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFontMetrics>
#include <QMouseEvent>
#include <QPainter>
#include <QTextLayout>
#include <QTransform>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

constexpr int kProgressHeight = 3;
constexpr int kFocusWidth = 2;
constexpr int kMostNoticeLines = 4;

// Wrapped lines of plain text; what does not fit is cut with an ellipsis.
QStringList wrappedLines(const QString &text, const QFont &font, int width, int mostLines)
{
    QStringList lines;
    QTextLayout layout(text, font);
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        if (lines.size() + 1 == mostLines) {
            lines << QFontMetrics(font).elidedText(text.mid(line.textStart()), Qt::ElideRight, width);
            break;
        }
        lines << text.mid(line.textStart(), line.textLength()).trimmed();
    }
    layout.endLayout();
    return lines;
}

} // namespace

VideoStage::VideoStage(Theme *theme, QWidget *parent) :
    QWidget(parent), m_theme(theme), m_converter(std::make_unique<FrameConverter>())
{
    setObjectName(u"stage"_s);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(160, 90);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_clickTimer.setSingleShot(true);
    connect(&m_clickTimer, &QTimer::timeout, this, &VideoStage::clicked);
    connect(m_theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    updateAccessible();
}

VideoStage::~VideoStage() = default;

QSize VideoStage::sizeHint() const
{
    return {640, 360};
}

void VideoStage::clear()
{
    m_frame = {};
    m_cover = {};
    m_rotation = 0;
    m_received = -1;
    m_total = -1;
    m_notice.clear();
    m_label.clear();
    m_placeholderTitle.clear();
    m_placeholderText.clear();
    invalidatePicture();
}

void VideoStage::setCover(const QImage &cover)
{
    m_cover = cover;
    if (!m_frame.isValid())
        invalidatePicture();
}

void VideoStage::setFrame(const QVideoFrame &frame)
{
    if (!frame.isValid())
        return;
    const bool isFirst = !m_frame.isValid();
    m_frame = frame;
    m_pictureStale = true;
    if (isFirst)
        updateAccessible();
    update();
}

void VideoStage::setPlaceholder(const QString &title, const QString &text)
{
    m_placeholderTitle = title;
    m_placeholderText = text;
    updateAccessible();
    update();
}

void VideoStage::setNotice(const QString &sentence)
{
    m_notice = sentence;
    updateAccessible();
    update();
}

void VideoStage::setLabel(const QString &text)
{
    m_label = text;
    updateAccessible();
    update();
}

void VideoStage::setProgress(qint64 received, qint64 total)
{
    m_received = received;
    m_total = total;
    update(0, height() - kProgressHeight, width(), kProgressHeight);
}

void VideoStage::setRotation(int degrees)
{
    m_rotation = degrees;
    invalidatePicture();
}

void VideoStage::copyFrom(const VideoStage &other)
{
    m_frame = other.m_frame;
    m_cover = other.m_cover;
    m_rotation = other.m_rotation;
    m_placeholderTitle = other.m_placeholderTitle;
    m_placeholderText = other.m_placeholderText;
    m_notice = other.m_notice;
    m_label = other.m_label;
    m_received = other.m_received;
    m_total = other.m_total;
    invalidatePicture();
}

QImage VideoStage::picture() const
{
    preparePicture();
    return m_picture;
}

int VideoStage::rotation() const
{
    return ((int(m_frame.rotationAngle()) + m_rotation) % 360 + 360) % 360;
}

QSize VideoStage::fitted(const QSize &source) const
{
    if (source.isEmpty())
        return {};
    const QSize view = (QSizeF(size()) * devicePixelRatioF()).toSize();
    return source.scaled(view, Qt::KeepAspectRatio).expandedTo({1, 1});
}

QRectF VideoStage::pictureRect() const
{
    const qreal ratio = devicePixelRatioF();
    const QSizeF shown = QSizeF(m_picture.size()) / ratio;
    // On whole device pixels, or the picture would be scaled once more.
    const auto edge = [ratio](qreal free) { return std::floor(free / 2 * ratio) / ratio; };
    return {QPointF(edge(width() - shown.width()), edge(height() - shown.height())), shown};
}

void VideoStage::invalidatePicture()
{
    m_pictureStale = true;
    updateAccessible();
    update();
}

void VideoStage::preparePicture() const
{
    if (!m_pictureStale)
        return;
    m_pictureStale = false;
    const QImage next = m_frame.isValid() ? videoPicture() : coverPicture();
    if (next.isNull() && m_frame.isValid())
        return; // the last picture is better than none
    m_picture = next;
    m_picture.setDevicePixelRatio(devicePixelRatioF());
}

QImage VideoStage::videoPicture() const
{
    const int turn = rotation();
    const bool across = turn == 90 || turn == 270;
    const QSize source = across ? m_frame.size().transposed() : m_frame.size();
    const QSize target = fitted(source);
    QImage image = m_converter->convert(m_frame, across ? target.transposed() : target);
    if (m_frame.mirrored())
        image = image.mirrored(true, false);
    return turn == 0 ? image : image.transformed(QTransform().rotate(turn));
}

QImage VideoStage::coverPicture() const
{
    if (m_cover.isNull())
        return {};
    const QImage scaled = m_cover.scaled(fitted(m_cover.size()), Qt::IgnoreAspectRatio,
                                         Qt::SmoothTransformation);
    if (!scaled.hasAlphaChannel())
        return scaled.convertToFormat(QImage::Format_RGB32);
    QImage opaque(scaled.size(), QImage::Format_RGB32);
    opaque.fill(m_theme->color(ColorToken::Stage));
    QPainter(&opaque).drawImage(0, 0, scaled);
    return opaque;
}

void VideoStage::updateAccessible()
{
    const QString name = showsVideo() ? tr("Video") : tr("Cover");
    if (name != accessibleName())
        setAccessibleName(name);
    QStringList words{m_label, m_notice};
    if (!showsVideo() && m_cover.isNull())
        words << m_placeholderTitle << m_placeholderText;
    words.removeAll(QString());
    const QString description = words.join(u"\n"_s);
    if (description != accessibleDescription())
        setAccessibleDescription(description);
}

bool VideoStage::event(QEvent *event)
{
    if (event->type() == QEvent::ScreenChangeInternal || event->type() == QEvent::Show)
        m_pictureStale = true; // the device pixel ratio may be another
    return QWidget::event(event);
}

void VideoStage::resizeEvent(QResizeEvent *event)
{
    m_pictureStale = true;
    QWidget::resizeEvent(event);
}

void VideoStage::focusInEvent(QFocusEvent *event)
{
    m_focusLine = event->reason() != Qt::MouseFocusReason;
    update();
}

void VideoStage::focusOutEvent(QFocusEvent *)
{
    m_focusLine = false;
    update();
}

void VideoStage::paintEvent(QPaintEvent *)
{
    preparePicture();
    QPainter painter(this);
    painter.fillRect(rect(), m_theme->color(ColorToken::Stage));
    if (!m_picture.isNull())
        painter.drawImage(pictureRect().topLeft(), m_picture);
    else
        paintPlaceholder(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    paintLabel(painter);
    paintNotice(painter);
    painter.setRenderHint(QPainter::Antialiasing, false);
    paintProgress(painter);
    if (m_focusLine) {
        painter.setBrush(Qt::NoBrush); // that of the labels would cover the picture
        painter.setPen(QPen(m_theme->color(ColorToken::Accent), kFocusWidth));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void VideoStage::paintPlaceholder(QPainter &painter) const
{
    QFont titleFont = font();
    titleFont.setWeight(QFont::DemiBold);
    const QFont textFont = m_theme->smallFont(font());
    const int wide = std::max(1, width() - 4 * measure::kMargin);
    const QStringList title = wrappedLines(m_placeholderTitle, titleFont, wide, 2);
    const QStringList text = wrappedLines(m_placeholderText, textFont, wide, 3);
    const int titleStep = QFontMetrics(titleFont).lineSpacing();
    const int textStep = QFontMetrics(textFont).lineSpacing();
    const qsizetype tall = title.size() * titleStep + text.size() * textStep + measure::kGrid;
    painter.setPen(m_theme->color(ColorToken::StageText));
    int top = std::max(0, (height() - int(tall)) / 2);
    const auto drawLines = [&](const QStringList &lines, const QFont &lineFont, int step) {
        painter.setFont(lineFont);
        for (const QString &line : lines) {
            painter.drawText(QRect(0, top, width(), step), Qt::AlignCenter | Qt::TextSingleLine, line);
            top += step;
        }
    };
    drawLines(title, titleFont, titleStep);
    top += measure::kGrid;
    painter.setOpacity(0.8);
    drawLines(text, textFont, textStep);
    painter.setOpacity(1);
}

void VideoStage::paintLabel(QPainter &painter) const
{
    if (m_label.isEmpty())
        return;
    const QFont labelFont = m_theme->smallFont(font());
    const QFontMetrics metrics(labelFont);
    const int wide = width() - 2 * measure::kMargin - 2 * measure::kGap;
    const QString words = metrics.elidedText(m_label, Qt::ElideRight, std::max(1, wide));
    const QRectF pill(measure::kMargin, measure::kMargin,
                      metrics.horizontalAdvance(words) + 2 * measure::kGap,
                      metrics.height() + measure::kGap);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme->color(ColorToken::StageLabel));
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    painter.setFont(labelFont);
    painter.setPen(m_theme->color(ColorToken::StageText));
    painter.drawText(pill, Qt::AlignCenter | Qt::TextSingleLine, words);
}

void VideoStage::paintNotice(QPainter &painter) const
{
    if (m_notice.isEmpty())
        return;
    const int wide = std::max(1, width() - 4 * measure::kMargin);
    const QStringList lines = wrappedLines(m_notice, font(), wide, kMostNoticeLines);
    const int step = fontMetrics().lineSpacing();
    const int tall = int(lines.size()) * step + 2 * measure::kGap;
    const QRect strip(measure::kMargin, height() - tall - measure::kMargin,
                      width() - 2 * measure::kMargin, tall);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme->color(ColorToken::StageLabel));
    painter.drawRoundedRect(strip, measure::kRadius, measure::kRadius);
    painter.setFont(font());
    painter.setPen(m_theme->color(ColorToken::StageText));
    int top = strip.top() + measure::kGap;
    for (const QString &line : lines) {
        painter.drawText(QRect(strip.left(), top, strip.width(), step),
                         Qt::AlignCenter | Qt::TextSingleLine, line);
        top += step;
    }
}

void VideoStage::paintProgress(QPainter &painter) const
{
    if (m_received < 0)
        return;
    const QRect track(0, height() - kProgressHeight, width(), kProgressHeight);
    painter.fillRect(track, m_theme->color(ColorToken::StageLabel));
    QRect done = track;
    if (m_total > 0)
        done.setWidth(int(std::clamp<qint64>(m_received * width() / m_total, 0, width())));
    else
        painter.setOpacity(0.5); // no end is known: the whole line, quietly
    painter.fillRect(done, m_theme->color(ColorToken::Accent));
    painter.setOpacity(1);
}

void VideoStage::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->button() == Qt::LeftButton;
    m_pressedAt = event->position().toPoint();
    event->setAccepted(m_pressed);
}

void VideoStage::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint way = event->position().toPoint() - m_pressedAt;
    if (!m_pressed || way.manhattanLength() < QApplication::startDragDistance())
        return;
    m_pressed = false; // no click any more
    Q_EMIT dragRequested();
}

void VideoStage::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !std::exchange(m_pressed, false))
        return;
    // Waits, since the first click of a double click must not stop the picture.
    if (rect().contains(event->position().toPoint()))
        m_clickTimer.start(QApplication::doubleClickInterval());
}

void VideoStage::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = false;
    m_clickTimer.stop();
    Q_EMIT fullScreenRequested();
}

} // namespace taskreel
