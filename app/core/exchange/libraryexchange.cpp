// SPDX-License-Identifier: MIT
#include "core/exchange/libraryexchange.h"

#include "core/downloads/downloadqueue.h"
#include "core/media/medialibrary.h"
#include "core/tasks/taskrepository.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace taskreel {

LibraryExchange::LibraryExchange(const Services &services, QObject *parent)
    : QObject(parent), m_services(services), m_stop(std::make_shared<std::atomic_bool>(false)),
      m_export(new ExportWorker(m_stop)), m_import(new ImportWorker(m_stop))
{
    for (QObject *worker : {static_cast<QObject *>(m_export), static_cast<QObject *>(m_import)}) {
        worker->moveToThread(&m_thread);
        connect(&m_thread, &QThread::finished, worker, &QObject::deleteLater);
    }
    connect(services.store, &Store::copied, this, &LibraryExchange::copyMade);
    connect(services.store, &Store::copyFailed, this,
            [this](const QString &partPath, const Error &error) {
                QFile::remove(partPath);
                fail(error);
            });
    connect(m_export, &ExportWorker::progress, this,
            [this](qint64 done, qint64 total) { Q_EMIT progress(true, done, total); });
    connect(m_export, &ExportWorker::failed, this, &LibraryExchange::fail);
    connect(m_export, &ExportWorker::finished, this, [this](const ExportReport &report) {
        end();
        Q_EMIT exported(report);
    });
    connect(m_import, &ImportWorker::progress, this, &LibraryExchange::progress);
    connect(m_import, &ImportWorker::tasksRead, this, &LibraryExchange::takeTasks);
    connect(m_import, &ImportWorker::filesRead, this, &LibraryExchange::takeSaved);
    connect(m_import, &ImportWorker::clipTaken, services.media, &MediaLibrary::adoptKept);
    connect(m_import, &ImportWorker::clipTaken, this, [this] { ++m_report.clips; });
    connect(m_import, &ImportWorker::finished, this, &LibraryExchange::finishImport);
    connect(m_import, &ImportWorker::failed, this, [this](const Error &error) {
        if (error.kind != ErrorKind::Cancelled || m_report == ImportReport())
            return fail(error);
        m_report.cancelled = true;
        finishImport(m_report.clips, 0);
    });
    m_thread.setObjectName(u"exchange"_s);
    m_thread.start();
}

LibraryExchange::~LibraryExchange()
{
    *m_stop = true;
    m_thread.quit();
    m_thread.wait();
}

void LibraryExchange::begin()
{
    *m_stop = false;
    m_busy = true;
    Q_EMIT busyChanged();
}

void LibraryExchange::end()
{
    m_busy = false;
    Q_EMIT busyChanged();
}

void LibraryExchange::fail(const Error &error)
{
    end();
    Q_EMIT failed(error);
}

void LibraryExchange::cancel()
{
    *m_stop = true;
}

/// The library itself and what is kept for it: an export must not take their place.
bool LibraryExchange::isOwnFile(const QString &path) const
{
    const QFileInfo target(path);
    const QString kept = QFileInfo(m_services.media->keptFolder()).canonicalFilePath();
    const QString data =
        QFileInfo(QFileInfo(m_services.media->keptFolder()).path()).canonicalFilePath();
    const QString folder = QFileInfo(target.absolutePath()).canonicalFilePath();
    return (folder == data && target.fileName().startsWith("library.sqlite"_L1))
        || (!kept.isEmpty() && (folder == kept || folder.startsWith(kept + u'/')));
}

void LibraryExchange::exportTo(const QString &path, bool withClips)
{
    if (m_busy)
        return;
    begin();
    if (isOwnFile(path)) {
        const Error error{ErrorKind::CannotWrite, 0, {}, path, -1};
        QMetaObject::invokeMethod(
            this, [this, error] { fail(error); }, Qt::QueuedConnection);
        return;
    }
    m_target = path;
    m_withClips = withClips;
    const QString part = path + u".part"_s;
    m_services.repository->whenWritten(this, [this, part](bool written) {
        if (!written)
            return fail({ErrorKind::CannotWrite, 0, {}, m_target, -1});
        QFile::remove(part);
        m_services.media->writeRecords();
        m_services.store->copyTo(part);
    });
}

void LibraryExchange::copyMade(const QString &partPath)
{
    QList<ClipOnDisk> clips;
    if (m_withClips) {
        const QList<StoredFile> files = m_services.media->keptFiles();
        for (const StoredFile &file : files)
            clips.append(
                {file, m_services.media->keptPath(file), m_services.media->pin(file.asset)});
    }
    QMetaObject::invokeMethod(
        m_export,
        [worker = m_export, partPath, path = m_target, clips] {
            worker->finish(partPath, path, clips);
        },
        Qt::QueuedConnection);
}

void LibraryExchange::importFrom(const QString &path)
{
    if (m_busy)
        return;
    begin();
    m_report = {};
    ImportWorker::Request request;
    request.path = path;
    request.keptFolder = m_services.media->keptFolder();
    // A folder of our own: what lies beside the library may be the user's.
    request.workFolder = QFileInfo(request.keptFolder).path() + u"/import"_s;
    const QList<StoredFile> kept = m_services.media->keptFiles();
    for (const StoredFile &file : kept)
        request.keptHere.insert(file.asset);
    request.savedHere = m_services.downloads->savedAssets();
    QMetaObject::invokeMethod(
        m_import, [worker = m_import, request] { worker->begin(request); }, Qt::QueuedConnection);
}

/// The next slice comes when this one is on disk: neither memory nor the store's line grows.
void LibraryExchange::readOn()
{
    m_services.repository->whenWritten(this, [this](bool written) {
        if (!written)
            *m_stop = true; // storeFailed() has said why
        QMetaObject::invokeMethod(m_import, &ImportWorker::next, Qt::QueuedConnection);
    });
}

void LibraryExchange::takeTasks(const QList<ForeignTask> &tasks)
{
    for (const ForeignTask &task : tasks) {
        const bool isNew = m_services.repository->adopt(task);
        // What was removed there is not announced here.
        if (!task.removed)
            ++(isNew ? m_report.added : m_report.known);
    }
    readOn();
}

void LibraryExchange::takeSaved(const QList<StoredFile> &files)
{
    for (const StoredFile &file : files)
        m_services.downloads->adoptSaved(file);
    readOn();
}

void LibraryExchange::finishImport(int clips, int damaged)
{
    m_report.clips = clips;
    m_report.clipsDamaged = damaged;
    m_services.media->writeRecords();
    m_services.repository->whenWritten(this, [this](bool) {
        end();
        Q_EMIT imported(m_report);
    });
}

} // namespace taskreel
