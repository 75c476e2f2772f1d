// SPDX-License-Identifier: MIT
#include "core/net/assetjob.h"

#include "core/net/assetrules.h"
#include "core/net/partfile.h"

#include <QFileInfo>

#include <cerrno>

namespace taskreel {

static constexpr qint64 kTickMs = 100;

AssetJob::AssetJob(const QString &partPath, MediaKind expected, QObject *parent)
    : QObject(parent), m_part(partPath), m_expected(expected)
{
}

void AssetJob::cancel(PartFate fate)
{
    m_removePart = fate == PartFate::Removed;
    fail(Error{ErrorKind::Cancelled, 0, {}, {}, -1});
}

void AssetJob::tick(qint64 total)
{
    if (m_lastTick.isValid() && m_lastTick.elapsed() < kTickMs)
        return;
    m_lastTick.start();
    Q_EMIT progress(m_part.bytes(), total);
}

std::optional<Error> AssetJob::complete()
{
    Q_EMIT progress(m_part.bytes(), m_part.bytes());
    if (const std::optional<Error> error = m_part.finish())
        return error;
    if (!QFileInfo::exists(m_part.path())) // its folder was removed meanwhile
        return writeError(m_part.path(), ENOENT);
    const MediaProbe probe = probeFile(m_part.path());
    if (const std::optional<Error> problem = contentProblem(probe, m_expected))
        return problem;
    report(FetchedAsset{m_part.path(), m_part.bytes(), m_part.sha256(), probe});
    return std::nullopt;
}

void AssetJob::fail(const Error &error)
{
    report(tl::unexpected<Error>(error));
}

void AssetJob::report(const Result<FetchedAsset> &result)
{
    if (m_reported)
        return;
    m_reported = true;
    stop();
    if (result)
        m_part.release();
    else
        settlePart();
    Q_EMIT finished(result);
}

void AssetJob::settlePart()
{
    if (!m_removePart && isPartOfUse())
        m_part.release();
    else
        m_part.discard();
}

} // namespace taskreel
