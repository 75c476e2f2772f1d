// SPDX-License-Identifier: MIT
#include "core/net/assetjob.h"

#include "core/net/assetrules.h"
#include "core/net/partfile.h"

#include <QFileInfo>

#include <cerrno>

namespace taskreel {

static constexpr qint64 kTickMs = 100;

AssetJob::AssetJob(const QString &partPath, MediaKind expected, FileWork *files, QObject *parent)
    : QObject(parent), m_part(partPath), m_expected(expected), m_files(files)
{
}

AssetJob::~AssetJob()
{
    *m_stop = true;
}

void AssetJob::cancel(PartFate fate)
{
    if (m_checking && fate == PartFate::Kept) {
        m_calledOff = true; // nothing is left to load: the file follows if it is one
        return;
    }
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

static Result<MediaProbe> syncedAndChecked(const std::function<std::optional<Error>()> &sync,
                                           const QString &path, MediaKind expected)
{
    if (const std::optional<Error> error = sync())
        return tl::unexpected<Error>(*error);
    if (!QFileInfo::exists(path)) // its folder was removed meanwhile
        return tl::unexpected<Error>(writeError(path, ENOENT));
    const MediaProbe probe = probeFile(path);
    if (const std::optional<Error> problem = contentProblem(probe, expected))
        return tl::unexpected<Error>(*problem);
    return probe;
}

void AssetJob::complete()
{
    m_checking = true;
    Q_EMIT progress(m_part.bytes(), m_part.bytes());
    beside([sync = m_part.finish(), path = m_part.path(), expected = m_expected](
               const std::atomic_bool &) { return syncedAndChecked(sync, path, expected); },
           [this](const Result<MediaProbe> &probe) {
               m_checking = false;
               if (probe)
                   report(FetchedAsset{m_part.path(), m_part.bytes(), m_part.sha256(), *probe});
               else if (m_calledOff)
                   fail(Error{ErrorKind::Cancelled, 0, {}, {}, -1});
               else
                   checkFailed(probe.error());
           });
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
    *m_stop = true;
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
