// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/assetfetcher.h"
#include "core/net/partwriter.h"

#include <QElapsedTimer>
#include <QObject>

namespace taskreel {

/// One part file on its way, from the network or from this machine. Transfer thread; owned by the
/// AssetFetchWorker. Ends in exactly one finished(); a part file that is not a complete, checked
/// medium, nor of use to a later transfer, is gone by then.
class AssetJob : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AssetJob)

public:
    AssetJob(const QString &partPath, MediaKind expected, QObject *parent);

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
    /// Syncs and checks what was written. @return why it is not the file, else std::nullopt
    [[nodiscard]] std::optional<Error> complete();
    void fail(const Error &error);
    /// Whether a later transfer could build on what is in the part file.
    [[nodiscard]] virtual bool isPartOfUse() const { return false; }
    /// Leaves the part file or takes it away. For destructors of those that have one to leave.
    void settlePart();

private:
    void report(const Result<FetchedAsset> &result);

    PartWriter m_part;
    MediaKind m_expected;
    QElapsedTimer m_lastTick;
    bool m_removePart = false; ///< it is not wanted any more
    bool m_reported = false;
};

} // namespace taskreel
