// SPDX-License-Identifier: MIT
#include "ui/stage/frameconverter.h"

#include <QTransform>
#include <QVideoFrame>
#include <QVideoFrameFormat>
#include <algorithm>
#include <array>
#include <atomic>
#include <new>

extern "C" {
#include <libavutil/pixfmt.h>
#include <libswscale/swscale.h>
}

namespace taskreel {

namespace {

constexpr int kAlignment = 64; // the scaler's vector code writes whole blocks, also past a row's end
constexpr int kMostBuffers = 3;
constexpr int kMostSide = 16384;

std::atomic<int> s_liveContexts = 0;

AVPixelFormat pixelFormat(QVideoFrameFormat::PixelFormat format)
{
    switch (format) {
    case QVideoFrameFormat::Format_YUV420P:
        return AV_PIX_FMT_YUV420P;
    case QVideoFrameFormat::Format_YUV422P:
        return AV_PIX_FMT_YUV422P;
    case QVideoFrameFormat::Format_YUV420P10:
        return AV_PIX_FMT_YUV420P10;
    case QVideoFrameFormat::Format_NV12:
        return AV_PIX_FMT_NV12;
    case QVideoFrameFormat::Format_NV21:
        return AV_PIX_FMT_NV21;
    case QVideoFrameFormat::Format_P010:
        return AV_PIX_FMT_P010;
    case QVideoFrameFormat::Format_YUYV:
        return AV_PIX_FMT_YUYV422;
    case QVideoFrameFormat::Format_UYVY:
        return AV_PIX_FMT_UYVY422;
    case QVideoFrameFormat::Format_Y8:
        return AV_PIX_FMT_GRAY8;
    case QVideoFrameFormat::Format_ARGB8888:
    case QVideoFrameFormat::Format_XRGB8888:
        return AV_PIX_FMT_0RGB;
    case QVideoFrameFormat::Format_BGRA8888:
    case QVideoFrameFormat::Format_BGRX8888:
        return AV_PIX_FMT_BGR0;
    case QVideoFrameFormat::Format_RGBA8888:
    case QVideoFrameFormat::Format_RGBX8888:
        return AV_PIX_FMT_RGB0;
    default:
        return AV_PIX_FMT_NONE;
    }
}

int colorSpace(const QVideoFrameFormat &format)
{
    switch (format.colorSpace()) {
    case QVideoFrameFormat::ColorSpace_BT601:
        return SWS_CS_ITU601;
    case QVideoFrameFormat::ColorSpace_BT709:
        return SWS_CS_ITU709;
    case QVideoFrameFormat::ColorSpace_BT2020:
        return SWS_CS_BT2020;
    default: {
        const QSize size = format.frameSize();
        const bool highDefinition = std::max(size.width(), size.height()) >= 1280
            || std::min(size.width(), size.height()) >= 720;
        return highDefinition ? SWS_CS_ITU709 : SWS_CS_ITU601;
    }
    }
}

void freePixels(void *pixels)
{
    ::operator delete(pixels, std::align_val_t{kAlignment});
}

QImage makeBuffer(const QSize &size)
{
    const qsizetype stride = (qsizetype(size.width()) * 4 + kAlignment - 1) / kAlignment * kAlignment;
    const auto bytes = std::size_t(stride) * std::size_t(size.height()) + kAlignment;
    auto *pixels = static_cast<uchar *>(::operator new(bytes, std::align_val_t{kAlignment}));
    return QImage(pixels, size.width(), size.height(), stride, QImage::Format_RGB32, freePixels,
                  pixels);
}

} // namespace

struct FrameConverter::Setup
{
    QSize from;
    QSize to;
    AVPixelFormat format = AV_PIX_FMT_NONE;
    int space = SWS_CS_DEFAULT;
    bool fullRange = false;

    bool operator==(const Setup &) const = default;
};

void FrameConverter::ContextDeleter::operator()(SwsContext *context) const
{
    sws_freeContext(context);
    --s_liveContexts;
}

FrameConverter::FrameConverter() = default;
FrameConverter::~FrameConverter() = default;

int FrameConverter::liveContexts()
{
    return s_liveContexts;
}

bool FrameConverter::prepare(const Setup &setup)
{
    if (m_context && m_setup && *m_setup == setup)
        return true;
    m_context.reset(sws_getContext(setup.from.width(), setup.from.height(), setup.format,
                                   setup.to.width(), setup.to.height(), AV_PIX_FMT_RGB32,
                                   SWS_FAST_BILINEAR, nullptr, nullptr, nullptr));
    if (!m_context)
        return false;
    ++s_liveContexts;
    constexpr int kOne = 1 << 16;
    sws_setColorspaceDetails(m_context.get(), sws_getCoefficients(setup.space), setup.fullRange,
                             sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, kOne, kOne);
    m_setup = std::make_unique<Setup>(setup);
    return true;
}

QImage *FrameConverter::freeBuffer(const QSize &size)
{
    if (!m_buffers.isEmpty() && m_buffers.constFirst().size() != size)
        m_buffers.clear();
    const auto unused = std::find_if(m_buffers.begin(), m_buffers.end(),
                                     [](const QImage &image) { return image.isDetached(); });
    if (unused != m_buffers.end())
        return &*unused;
    if (m_buffers.size() >= kMostBuffers)
        m_buffers.removeFirst(); // held by somebody for long: theirs now
    m_buffers.append(makeBuffer(size));
    return &m_buffers.last();
}

QImage FrameConverter::convertUpright(const QVideoFrame &frame, const QSize &bound, Fit fit)
{
    const int turn = int(frame.rotationAngle());
    const QSize room = turn % 180 == 0 ? bound : bound.transposed();
    QSize size = frame.size();
    if (fit == Fit::Cover)
        size.scale(room, Qt::KeepAspectRatioByExpanding);
    else if (size.width() > room.width() || size.height() > room.height())
        size.scale(room, Qt::KeepAspectRatio);
    const QImage image = convert(frame, size.expandedTo({1, 1}));
    return turn == 0 || image.isNull() ? image : image.transformed(QTransform().rotate(turn));
}

QImage FrameConverter::convert(const QVideoFrame &frame, const QSize &size)
{
    if (!frame.isValid() || frame.size().isEmpty() || size.isEmpty() || size.width() > kMostSide
        || size.height() > kMostSide)
        return {};
    const QVideoFrameFormat format = frame.surfaceFormat();
    Setup setup{frame.size(), size, pixelFormat(format.pixelFormat()), colorSpace(format),
                      format.colorRange() == QVideoFrameFormat::ColorRange_Full};
    if (setup.format == AV_PIX_FMT_NONE)
        return frame.toImage()
            .scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
            .convertToFormat(QImage::Format_RGB32);
    QVideoFrame mapped = frame;
    if (!mapped.map(QVideoFrame::ReadOnly))
        return {};
    // Some buffers of odd height lack the last row of colour: reading it would leave the buffer.
    const int rows = setup.from.height();
    if (mapped.planeCount() > 1 && rows % 2 == 1 && rows > 1
        && mapped.mappedBytes(1) < mapped.bytesPerLine(1) * ((rows + 1) / 2))
        setup.from.setHeight(rows - 1);
    QImage result;
    if (prepare(setup)) {
        std::array<const uint8_t *, 4> planes{};
        std::array<int, 4> strides{};
        for (int plane = 0; plane < std::min(mapped.planeCount(), 4); ++plane) {
            planes[std::size_t(plane)] = mapped.bits(plane);
            strides[std::size_t(plane)] = mapped.bytesPerLine(plane);
        }
        QImage *buffer = freeBuffer(size);
        const std::array<uint8_t *, 4> to{buffer->bits()};
        const std::array<int, 4> toStrides{int(buffer->bytesPerLine())};
        if (sws_scale(m_context.get(), planes.data(), strides.data(), 0, setup.from.height(), to.data(),
                      toStrides.data())
            == size.height())
            result = *buffer;
    }
    mapped.unmap();
    return result;
}

} // namespace taskreel
