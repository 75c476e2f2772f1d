// SPDX-License-Identifier: MIT
#include "ui/common/imagedecode.h"

#include "ui/common/thumbnailcache.h"

#include <QFile>
#include <QFutureWatcher>
#include <QImageReader>
#include <QtConcurrentRun>

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
    if (fit == ImageFit::Fill && !boundPx.isEmpty() && image.size() != boundPx) {
        const QPoint corner((image.width() - boundPx.width()) / 2,
                            (image.height() - boundPx.height()) / 2);
        image = image.copy(QRect(corner, boundPx));
    }
    return image;
}

void decodeImageAs(const QString &path, const QSize &boundPx, ImageFit fit, QObject *context,
                   std::function<void(const Result<QImage> &)> done)
{
    auto *watcher = new QFutureWatcher<Result<QImage>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, done = std::move(done)] {
                         watcher->deleteLater();
                         done(watcher->result());
                     });
    watcher->setFuture(QtConcurrent::run(readImage, path, boundPx, fit));
}

void decodeImage(const QString &path, const QSize &boundPx, QObject *context,
                 std::function<void(const Result<QImage> &)> done)
{
    decodeImageAs(path, boundPx, ImageFit::Inside, context, std::move(done));
}

} // namespace taskreel
