// SPDX-License-Identifier: MIT
#pragma once

#include "core/exchange/exportworker.h"
#include "core/exchange/importworker.h"

#include <QObject>
#include <QThread>

namespace taskreel {

class DownloadQueue;
class MediaLibrary;

/// The whole library as one file, out and in. One thing at a time. GUI thread; files are read and
/// written on a thread of its own, and what is read comes in slices, so that the window stays fluid
/// and memory flat whatever the size.
class LibraryExchange final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LibraryExchange)

public:
    /// All borrowed, all outlive this.
    struct Services
    {
        Store *store;
        TaskRepository *repository;
        MediaLibrary *media;
        DownloadQueue *downloads;
    };
    explicit LibraryExchange(const Services &services, QObject *parent = nullptr);
    /// Stops what runs.
    ~LibraryExchange() override;

    [[nodiscard]] bool isBusy() const { return m_busy; }
    /// Writes `path` anew, or leaves what is there alone. Ends in exported() or failed().
    void exportTo(const QString &path, bool withClips);
    /// Merges an export into this library: nothing here is taken away. Ends in imported() or
    /// failed(); what had been taken over by then stays.
    void importFrom(const QString &path);
    void cancel();

Q_SIGNALS:
    void busyChanged();
    /// @param clips bytes of clips, else tasks
    void progress(bool clips, qint64 done, qint64 total);
    void exported(const taskreel::ExportReport &report);
    /// When all of it is on disk.
    void imported(const taskreel::ImportReport &report);
    void failed(const taskreel::Error &error);

private:
    void begin();
    void copyMade(const QString &partPath);
    void takeTasks(const QList<ForeignTask> &tasks);
    void takeSaved(const QList<StoredFile> &files);
    void finishImport(int clips, int damaged);
    void fail(const Error &error);
    [[nodiscard]] bool isOwnFile(const QString &path) const;
    void end();
    void readOn();

    Services m_services;
    std::shared_ptr<std::atomic_bool> m_stop; ///< read on the thread
    QThread m_thread;
    ExportWorker *m_export; ///< both live on m_thread, deleted when it ends
    ImportWorker *m_import;
    bool m_busy = false;
    QString m_target; ///< of the export that runs
    bool m_withClips = false;
    ImportReport m_report;
};

} // namespace taskreel
