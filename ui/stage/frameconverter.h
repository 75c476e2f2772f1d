// SPDX-License-Identifier: MIT
#pragma once

#include <QImage>
#include <QList>
#include <QSize>
#include <memory>

class QVideoFrame;
struct SwsContext;

namespace taskreel {

/// Video frames to pictures of the view's size, with the frame's own colour space, by libswscale into
/// buffers that are used again (fresh pages cost more than the conversion). One a view; any one thread.
class FrameConverter final
{
    Q_DISABLE_COPY_MOVE(FrameConverter)

public:
    FrameConverter();
    ~FrameConverter();

    /// @param size in device px, not rotated; the result is Format_RGB32 of just that size, or null for
    /// a frame that cannot be read. A result that somebody still holds is never written to again.
    [[nodiscard]] QImage convert(const QVideoFrame &frame, const QSize &size);

    /// The whole picture upright, as its rotation says: within the bound, or large enough to cover it.
    enum class Fit { Inside, Cover };
    [[nodiscard]] QImage convertUpright(const QVideoFrame &frame, const QSize &bound, Fit fit);

    [[nodiscard]] static int liveContexts(); ///< scalers not freed yet: leak suppressions would hide them

private:
    struct ContextDeleter
    {
        void operator()(SwsContext *context) const;
    };
    struct Setup; ///< what the context was made for

    [[nodiscard]] bool prepare(const Setup &setup);
    [[nodiscard]] QImage *freeBuffer(const QSize &size);

    std::unique_ptr<SwsContext, ContextDeleter> m_context;
    std::unique_ptr<Setup> m_setup;
    QList<QImage> m_buffers;
};

} // namespace taskreel
