// SPDX-License-Identifier: MIT
#pragma once

#include "core/domain/download.h"
#include "core/domain/result.h"
#include "core/domain/tasksummary.h"

#include <QByteArrayList>
#include <QObject>
#include <QThread>

#include <memory>

namespace taskreel {

/// A file that Taskreel keeps or saved for an asset.
struct StoredFile
{
    AssetId asset;
    QString path; ///< kept: relative to the data folder; saved: absolute
    qint64 bytes = 0;
    QByteArray sha256; ///< raw 32 bytes
    QDateTime at; ///< UTC: when kept or saved
    QDateTime lastShownAt; ///< kept files: UTC of the last showing
    bool operator==(const StoredFile &) const = default;
};

/// Everything that is read at start. Answers are not: see Store::requestAnswer().
struct StoredLibrary
{
    QList<TaskSummary> tasks; ///< in order of sequence (slices: see Store::Rows), removed ones left out
    QList<TaskSummary> removed; ///< not purged yet: added again, they come back as they were
    QList<StoredFile> kept;
    QList<StoredFile> saved;
    qint64 lastSequence = 0; ///< the highest of all rows; each slice tells it
    QList<StoredDownload> downloads = {}; ///< in the queue's order
};

/// One batch of changes: committed as one transaction.
struct StoreBatch
{
    struct Answer
    {
        QString taskId;
        QByteArray json; ///< redacted; compressed by the store
        /// Older answers that still tell something the newest does not, in the order of their use.
        QByteArrayList earlier;
    };
    QList<TaskSummary> upserts;
    QList<Answer> answers;
    QStringList removals; ///< sets removed_at
    QStringList restorals; ///< clears removed_at
    QList<StoredFile> kept;
    QList<AssetId> forgottenKept;
    QList<StoredFile> saved;
    QList<StoredDownload> downloads = {};
    QList<AssetId> forgottenDownloads = {};

    [[nodiscard]] bool isEmpty() const;
};

class StoreWorker;

/// The library on disk: one SQLite connection on a thread of its own. This façade lives on the GUI
/// thread; only values cross. Batches are committed in the order given; committed() follows each.
/// A batch that the disk refused (full, read-only) is reported once by writeFailed(), stays first
/// in line and is tried again with the next batch and every few seconds: committed() follows then.
class Store final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Store)

public:
    /// How the rows of the library come. InSlices: newest batch first, as the list shows them, by
    /// sliceRead(); the first slice comes as soon as its few rows are read and brings everything that
    /// is kept and saved along; opened() then brings the rest. A small library has no slices.
    enum class Rows { AtOnce, InSlices };

    explicit Store(const QString &databasePath, QObject *parent = nullptr);
    /// Waits until every batch given so far is on disk.
    ~Store() override;

    /// Opens or makes the library, migrates it, purges rows removed over 30 days ago. Ends in
    /// opened() or openFailed(). A corrupt file is set aside under a new name (setAside() says
    /// which) and a new library is made; a newer one is refused and left alone. What slices brought
    /// before setAside() or openFailed() is void.
    void open(Rows rows = Rows::AtOnce);
    /// @return the batch's number, for committed()
    quint64 apply(const StoreBatch &batch);
    /// Ends in answerRead() (empty bytes: none is kept) or in answerReadFailed().
    void requestAnswer(const QString &taskId);
    /// Writes the library as it is after the batches given so far to a new file, which must not be
    /// there yet. Ends in copied() or copyFailed().
    void copyTo(const QString &path);

Q_SIGNALS:
    void sliceRead(const taskreel::StoredLibrary &slice);
    void opened(const taskreel::StoredLibrary &library);
    void openFailed(const taskreel::Error &error);
    void setAside(const QString &newPath);
    void committed(quint64 batch);
    void writeFailed(quint64 batch, const taskreel::Error &error);
    void answerRead(const QString &taskId, const QByteArray &json, const QByteArrayList &earlier);
    void answerReadFailed(const QString &taskId, const taskreel::Error &error);
    void copied(const QString &path);
    void copyFailed(const QString &path, const taskreel::Error &error);

private:
    QThread m_thread;
    std::unique_ptr<StoreWorker> m_worker; ///< works on m_thread, deleted after its end
    quint64 m_lastBatch = 0;
};

} // namespace taskreel

Q_DECLARE_METATYPE(taskreel::StoredFile)
Q_DECLARE_METATYPE(taskreel::StoredLibrary)
Q_DECLARE_METATYPE(taskreel::StoreBatch)
