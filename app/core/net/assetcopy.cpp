// SPDX-License-Identifier: MIT
#include "core/net/assetcopy.h"

#include "core/net/diskspace.h"

#include <QFileDevice>
#include <QFileInfo>

namespace taskreel {

static constexpr qint64 kStepBytes = 2 * 1024 * 1024;

AssetCopy::AssetCopy(std::unique_ptr<QIODevice> source, const QString &partPath, MediaKind expected,
                     FileWork *files, QObject *parent)
    : AssetJob(partPath, expected, files, parent), m_source(std::move(source))
{
}

AssetCopy::~AssetCopy() = default;

static Error readError(const QIODevice &device)
{
    const auto *file = qobject_cast<const QFileDevice *>(&device);
    return {ErrorKind::CannotRead, 0, device.errorString(), file ? file->fileName() : QString(),
            -1};
}

void AssetCopy::start()
{
    if (!m_source->open(QIODevice::ReadOnly))
        return fail(readError(*m_source));
    if (const Result<qint64> space =
            checkDiskSpace(QFileInfo(part().path()).path(), m_source->size());
        !space)
        return fail(space.error());
    if (const std::optional<Error> error = part().restart())
        return fail(*error);
    m_block.resize(kStepBytes);
    scheduleStep();
}

void AssetCopy::scheduleStep()
{
    QMetaObject::invokeMethod(this, &AssetCopy::step, Qt::QueuedConnection);
}

void AssetCopy::step()
{
    if (!m_source)
        return; // stopped meanwhile
    const qint64 size = m_source->read(m_block.data(), m_block.size());
    if (size < 0)
        return fail(readError(*m_source));
    if (size == 0)
        return complete();
    if (const std::optional<Error> error = part().write(m_block.constData(), size))
        return fail(*error);
    tick(m_source->size());
    scheduleStep();
}

void AssetCopy::stop()
{
    m_source.reset();
    m_block.clear();
}

} // namespace taskreel
