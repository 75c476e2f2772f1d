// SPDX-License-Identifier: MIT
#include "ui/common/imagedecode.h"

#include "core/domain/onpool.h"

#include <QBuffer>
#include <QFile>
#include <QImageReader>

namespace taskreel {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxSide = 16384;
constexpr qint64 kMaxPixels = 100'000'000;

/// The reader to name: never one that Qt guesses, so that no other decoder sees foreign bytes.
QByteArray formatOf(const QByteArray &head)
{
    if (head.startsWith(QByteArrayView("\x89PNG\r\n\x1a\n", 8)))
        return "png";
    if (head.startsWith(QByteArrayView("\xff\xd8\xff", 3)))
        return "jpeg";
    if (head.startsWith("GIF87a") || head.startsWith("GIF89a"))
        return "gif";
    if (head.startsWith("RIFF") && head.mid(8, 4) == "WEBP")
        return "webp";
    return {};
}

QSize scaledSizeFor(const QSize &size, const QSize &bound, ImageFit fit)
{
    if (fit == ImageFit::Fill)
        return size.scaled(bound, Qt::KeepAspectRatioByExpanding);
    if (size.width() <= bound.width() && size.height() <= bound.height())
        return size;
    return size.scaled(bound, Qt::KeepAspectRatio);
}

} // namespace

Result<QImage> readImage(const QString &path, const QSize &boundPx, ImageFit fit)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::CannotRead, {}, u"%1: %2"_s.arg(path, file.errorString()));
    const QByteArray format = formatOf(file.peek(16));
    if (format.isEmpty())
        return failure(ErrorKind::CannotDecode, {}, u"not PNG, JPEG, WebP or GIF"_s);
    QImageReader reader(&file, format);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    // The scaled decode bypasses Qt's allocation limit, so the dimensions are checked here first.
    if (!size.isValid() || size.isEmpty())
        return failure(ErrorKind::CannotDecode, {}, reader.errorString());
    if (size.width() > kMaxSide || size.height() > kMaxSide
        || qint64(size.width()) * size.height() > kMaxPixels)
        return failure(ErrorKind::TooLarge, {}, u"%1 × %2"_s.arg(size.width()).arg(size.height()));
    const bool turned = reader.transformation().testFlag(QImageIOHandler::TransformationRotate90);
    const QSize bound = boundPx.isEmpty() ? size : (turned ? boundPx.transposed() : boundPx);
    const QSize scaled = scaledSizeFor(size, bound, fit).expandedTo(QSize(1, 1));
    if (scaled != size)
        reader.setScaledSize(scaled);
    QImage image = reader.read();
    if (image.isNull())
        return failure(ErrorKind::CannotDecode, {}, reader.errorString());
    return fit == ImageFit::Fill && !boundPx.isEmpty() ? filled(image, boundPx) : image;
}

QImage filled(const QImage &image, const QSize &px)
{
    if (image.size() == px || image.isNull())
        return image;
    const QSize size = image.size().scaled(px, Qt::KeepAspectRatioByExpanding);
    const QImage scaled = size == image.size()
            ? image
            : image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const QPoint corner((size.width() - px.width()) / 2, (size.height() - px.height()) / 2);
    return scaled.copy(QRect(corner, px));
}

QByteArray encodedSmall(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (image.hasAlphaChannel())
        image.save(&buffer, "png");
    else
        image.save(&buffer, "jpg", 85);
    return bytes;
}

void decodeImage(const QString &path, const QSize &boundPx, QObject *context,
                 std::function<void(const Result<QImage> &)> done)
{
    onPool(context, [path, boundPx] { return readImage(path, boundPx, ImageFit::Inside); },
           std::move(done));
}

} // namespace taskreel
