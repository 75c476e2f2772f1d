// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/result.h"
#include "core/downloads/downloadplan.h"
#include "core/media/medialibrary.h"
#include "core/net/assetfetcher.h"
#include "core/store/store.h"

#include <QObject>
#include <QSet>

#include <optional>

namespace taskreel {

/// One file on its way into the download folder: name, bytes, final name. GUI thread, with its file
/// work on the transfer thread; owned by the DownloadQueue. Ends in exactly one finished(), never
/// inside start() or cancel().
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

    /// @param library, fetcher borrowed, outlive this
    DownloadJob(const PlannedFile &file, MediaLibrary *library, AssetFetcher *fetcher,
                bool loopbackAllowed, QObject *parent);
    ~DownloadJob() override;

    /// @param taken paths that other jobs have decided on
    /// @param saved the record of an earlier saving, if any
    void start(const QString &folder, const QSet<QString> &taken,
               const std::optional<StoredFile> &saved);
    /// Too late once the file gets its final name.
    void cancel();

    [[nodiscard]] const PlannedFile &file() const { return m_file; }
    [[nodiscard]] QString targetPath() const { return m_target; } ///< empty until decided
    [[nodiscard]] qint64 received() const { return m_received; }
    [[nodiscard]] qint64 total() const { return m_total; } ///< -1: not known

Q_SIGNALS:
    void prepared(); ///< the name is decided
    void progressed();
    void finished(const taskreel::Result<taskreel::DownloadJob::Saved> &result);

private:
    enum class Stage { Preparing, Joining, Copying, Fetching, Placing, Done };
    struct Place
    {
        QString target;
        std::optional<StoredFile> wasThere;
    };

    [[nodiscard]] static Result<Place> choosePlace(const QString &wanted, qint64 bytes,
                                                   const QSet<QString> &taken,
                                                   const std::optional<StoredFile> &saved);
    void placeChosen(const Result<Place> &place);
    void begin();
    void join();
    void joinObtained(const AssetId &asset, const LocalMedia &file);
    void joinFailed(const AssetId &asset, const Error &error);
    void copy(const LocalMedia &file);
    void fetch();
    void noteProgress(qint64 received, qint64 total);
    void bytesHere(quint64 id, const Result<FetchedAsset> &result);
    void rename(const FetchedAsset &fetched);
    void report(const Result<Saved> &result);

    PlannedFile m_file;
    MediaLibrary *m_library;
    AssetFetcher *m_fetcher;
    bool m_loopbackAllowed;
    Stage m_stage = Stage::Preparing;
    bool m_cancelled = false;
    QString m_target;
    MediaPin m_copied; ///< while it is copied from
    quint64 m_fetchId = 0;
    qint64 m_received = 0;
    qint64 m_total = -1;
};

} // namespace taskreel
