// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/download.h"
#include "core/domain/result.h"
#include "core/domain/task.h"
#include "core/downloads/downloadplace.h"
#include "core/downloads/downloadservices.h"
#include "core/media/medialibrary.h"
#include "core/net/assetfetcher.h"
#include "core/store/store.h"

#include <QObject>
#include <QSet>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace taskreel {

/// One file on its way into the download folder: name, bytes, check, final name. Goes on where an
/// earlier job of the same record broke off. GUI thread, with its file work on the transfer thread;
/// owned by the DownloadQueue. Ends in exactly one finished(), never inside a call.
///
/// Each step that the disk will show goes on record before it is taken: the name before the part
/// file, the server's validator before its first byte, the final name and hash before the rename.
class DownloadJob final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DownloadJob)

public:
    struct Saved
    {
        QString path; ///< absolute
        qint64 bytes = 0;
        QByteArray sha256;
        bool wasThere = false; ///< saved earlier and still the same: nothing was done
        bool operator==(const Saved &) const = default;
    };
    /// What decides about the name.
    struct Wish
    {
        QString folder;
        QSet<QString> taken; ///< paths that other jobs have decided on
        std::optional<StoredFile> saved; ///< the record of an earlier saving, if it counts
        ConflictPolicy policy = ConflictPolicy::SkipIdentical;
        bool fromNetwork = false; ///< what is on this machine does not count
    };

    /// @param record written to the library by now
    DownloadJob(const StoredDownload &record, const DownloadServices &services, QObject *parent);
    /// The part file stays if it can be built on.
    ~DownloadJob() override;

    void start(const Wish &wish);
    void decide(const Wish &wish); ///< follows nameInUse()
    /// finished() follows with ErrorKind::Cancelled, or with the file where it is too late. A part
    /// file that can be built on stays if `fate` says so.
    void stop(PartFate fate);

    /// Its place in the queue has changed.
    void setPosition(qint64 position) { m_record.position = position; }
    [[nodiscard]] const StoredDownload &record() const { return m_record; }
    [[nodiscard]] QString targetPath() const { return m_target; } ///< empty until decided
    [[nodiscard]] qint64 received() const { return m_received; }
    [[nodiscard]] qint64 total() const { return m_total; } ///< -1: not known
    [[nodiscard]] bool isVerifying() const;

Q_SIGNALS:
    void prepared(); ///< the name is decided
    void nameInUse(const QString &path); ///< see decide()
    void progressed();
    void arrived(); ///< all bytes are here: the network is free for another job
    void finished(const taskreel::Result<taskreel::DownloadJob::Saved> &result);

private:
    enum class Stage {
        Preparing,
        Deciding,
        Joining,
        Copying,
        Renewing,
        Fetching,
        Placing,
        Stopping,
        Done
    };

    [[nodiscard]] QString wishedPath() const; ///< absolute, by the folder and the plan
    void choose();
    void chooseFreely(); ///< nothing of it is saved there
    /// Blocking `work` that is given a flag: set when nobody waits for it any more.
    template<typename Work, typename Then>
    void apart(Work work, Then then)
    {
        m_services.fetcher->runApart(
            this, [work = std::move(work), stop = m_stop] { return work(*stop); }, std::move(then));
    }
    void placeChosen(const Result<Place> &place);
    void remainsFound(const std::optional<Remains> &remains);
    void begin();
    void join();
    void joinObtained(const AssetId &asset, const LocalMedia &file);
    void joinFailed(const AssetId &asset);
    void copy(const LocalMedia &file);
    void fetch();
    void fetchNow();
    void headArrived(quint64 id, const AssetHead &head);
    void renew(const Error &why);
    void renewed(const QString &taskId, const Result<Task> &task);
    void noteProgress(qint64 received, qint64 total);
    void bytesHere(quint64 id, const Result<FetchedAsset> &result);
    void fetchFailed(const Error &error);
    void place(const FetchedAsset &fetched);
    void nameChosen(const FetchedAsset &fetched, const FinalName &name);
    void rename(const FetchedAsset &fetched, bool replaces);
    void forgetPart();
    /// Writes the record, then goes on, unless the job was stopped meanwhile.
    void onRecord(const std::function<void()> &next);
    void report(const Result<Saved> &result);

    static constexpr int kMostNamesTaken = 5; ///< by others, while it is being saved

    StoredDownload m_record;
    DownloadServices m_services;
    Wish m_wish;
    Stage m_stage = Stage::Preparing;
    QString m_target;
    bool m_replaces = false;
    bool m_partIsOurs = false; ///< it may be there, and then by us
    MediaPin m_copied; ///< while it is copied from
    bool m_renewed = false; ///< a fresh link was asked for
    Error m_deadError; ///< why
    int m_namesTaken = 0;
    std::shared_ptr<std::atomic_bool> m_stop = std::make_shared<std::atomic_bool>(false);
    quint64 m_fetchId = 0;
    qint64 m_received = 0;
    qint64 m_total = -1;
};

} // namespace taskreel
