// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/assetfetcher.h"
#include "core/net/filework.h"
#include "core/net/partwriter.h"

#include <QElapsedTimer>
#include <QObject>

#include <atomic>
#include <memory>
#include <utility>

namespace taskreel {

/// One part file on its way, from the network or from this machine. Transfer thread; owned by the
/// AssetFetchWorker. Ends in exactly one finished(); a part file that is not a complete, checked
/// medium, nor of use to a later transfer, is gone by then.
class AssetJob : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AssetJob)

public:
    /// @param files borrowed, of this thread
    AssetJob(const QString &partPath, MediaKind expected, FileWork *files, QObject *parent);
    ~AssetJob() override;

    virtual void start() = 0;
    void refuseExisting() { m_part.refuseExisting(); } ///< see PartWriter; before start()
    void cancel(PartFate fate);
    virtual void proceed() { } ///< see AssetFetcher::proceed()

Q_SIGNALS:
    void progress(qint64 received, qint64 total);
    void finished(const taskreel::Result<taskreel::FetchedAsset> &result);

protected:
    /// Lets go of the network and the timers; nothing may follow.
    virtual void stop() = 0;
    [[nodiscard]] PartWriter &part() { return m_part; }
    [[nodiscard]] MediaKind expected() const { return m_expected; }
    /// Announces progress, at most ten times a second.
    void tick(qint64 total);
    /// Has what was written synced and checked; checkFailed() may follow, later.
    void complete();
    /// What was written is not the file, or cannot be synced.
    virtual void checkFailed(const Error &error) = 0;
    /// Blocking `work` off this thread; `then` follows with its value unless the job has ended.
    /// `work` is given a flag that is set when nobody waits for it any more.
    template<typename Work, typename Then>
    void beside(Work work, Then then)
    {
        m_files->run(
            this, [work = std::move(work), stop = m_stop] { return work(*stop); },
            [this, then = std::move(then)](auto value) {
                if (!m_reported)
                    then(std::move(value));
            });
    }
    void fail(const Error &error);
    /// Whether a later transfer could build on what is in the part file.
    [[nodiscard]] virtual bool isPartOfUse() const { return false; }
    /// Leaves the part file or takes it away. For destructors of those that have one to leave.
    void settlePart();

private:
    void report(const Result<FetchedAsset> &result);

    PartWriter m_part;
    MediaKind m_expected;
    FileWork *m_files;
    std::shared_ptr<std::atomic_bool> m_stop = std::make_shared<std::atomic_bool>(false);
    QElapsedTimer m_lastTick;
    bool m_checking = false; ///< all bytes are here
    bool m_calledOff = false; ///< while it was being checked
    bool m_removePart = false; ///< it is not wanted any more
    bool m_reported = false;
};

} // namespace taskreel
